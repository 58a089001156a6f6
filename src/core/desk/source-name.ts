// Sources of feedback as people call them, for texts that go out.
import type { TemplateLanguage } from "./answer-template.ts";

const NAMES: Readonly<Record<TemplateLanguage, Readonly<Record<string, string>>>> = {
  ru: { app: "Приложение", "yandex-eats": "Яндекс Еда" },
  en: { app: "App", "yandex-eats": "Yandex Eats" },
};

/** The name of a source; one that has none keeps its id. */
export function sourceName(source: string, language: TemplateLanguage): string {
  return NAMES[language][source] ?? source;
}
