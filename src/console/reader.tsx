// Who reads: the language, the theme and the shop's time zone, for every text, number and date on the screen.
import { useMantineColorScheme } from "@mantine/core";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { LANGUAGES, type Language, loadLanguage, type Say } from "./words.ts";

/** What the whole console needs to know of its reader. */
export interface Reader {
  readonly language: Language;
  /** The shop's IANA zone: dates and times are shown in it, wherever the reader sits. */
  readonly zone: string;
  /** The text of a key. */
  readonly say: Say;
  /** Changes the language of this browser; the account keeps its own copy. */
  setLanguage(language: Language): void;
}

const Context = createContext<Reader | null>(null);

/** Where the browser keeps the language between visits. */
const KEPT = "prilavok.language";

/** The reader; only below `ReaderProvider`. */
export function useReader(): Reader {
  const reader = useContext(Context);
  if (reader === null) throw new Error("there is no reader above");
  return reader;
}

/** Short for `useReader().say`. */
export function useSay(): Say {
  return useReader().say;
}

/** The language kept here, else the browser's, else Russian. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(KEPT);
  const wanted = [kept ?? "", ...navigator.languages].map((one) => one.slice(0, 2));
  return LANGUAGES.find((language) => language === wanted.find((one) => isLanguage(one))) ?? "ru";
}

function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** The value of a meta tag that the server wrote into the page. */
export function pageMeta(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? "";
}

/** The shop's zone from the page; the browser's own when the page does not say. */
function shopZone(): string {
  const told = pageMeta("shop-zone");
  return /^[A-Za-z_+\-/0-9]+$/.test(told) && !told.startsWith("__")
    ? told
    : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Gives everything below its reader, starting with a language that is already loaded. */
export function ReaderProvider(props: {
  readonly language: Language;
  readonly say: Say;
  readonly children: ReactNode;
}): ReactNode {
  const [spoken, setSpoken] = useState({ language: props.language, say: props.say });
  const setLanguage = useCallback((language: Language) => {
    localStorage.setItem(KEPT, language);
    void loadLanguage(language).then((say) => setSpoken({ language, say }));
  }, []);
  useEffect(() => {
    document.documentElement.lang = spoken.language;
  }, [spoken.language]);
  const reader = useMemo(() => ({ ...spoken, zone: shopZone(), setLanguage }), [spoken, setLanguage]);
  return <Context.Provider value={reader}>{props.children}</Context.Provider>;
}

/** The theme word of the account in the component library's own: `system` is its `auto`. */
export function useTheme(): {
  readonly theme: "light" | "dark" | "system";
  readonly setTheme: (theme: "light" | "dark" | "system") => void;
} {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return {
    theme: colorScheme === "auto" ? "system" : colorScheme,
    setTheme: (theme) => setColorScheme(theme === "system" ? "auto" : theme),
  };
}
