// Ready-made answers with places to fill in.

/** What templates can have filled in. */
export const TEMPLATE_VARIABLES = ["name", "branch", "dish", "promo"] as const;

/** One of TEMPLATE_VARIABLES: the customer's name, the outlet's, a dish of the order, the promo code's percent. */
export type TemplateVariable = (typeof TEMPLATE_VARIABLES)[number];

/** Languages of templates. */
export const TEMPLATE_LANGUAGES = ["ru", "en"] as const;

/** One of TEMPLATE_LANGUAGES. */
export type TemplateLanguage = (typeof TEMPLATE_LANGUAGES)[number];

/** A ready-made answer. */
export interface AnswerTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: TemplateLanguage;
  /** With variables in braces, such as {name}. */
  readonly text: string;
  /** Stars that it suits, both included. */
  readonly starsFrom: number;
  readonly starsTo: number;
  /** Topics that it suits; none: every one. */
  readonly topics: readonly string[];
}

/** What is known of a feedback for filling in; null: nothing. */
export type TemplateValues = Readonly<Record<TemplateVariable, string | null>>;

const PLACE = /\{\s*([a-z]+)\s*\}/g;

/** Fills the text in. A variable without a value stays as it stands, so that a check finds it. */
export function renderTemplate(text: string, values: TemplateValues): string {
  return text.replaceAll(PLACE, (place, name: string) => {
    const value = isVariable(name) ? values[name] : null;
    return value === null || value.trim() === "" ? place : value.trim();
  });
}

/** Names in braces that are left in a text, each once. */
export function unfilledVariables(text: string): string[] {
  return [...new Set([...text.matchAll(PLACE)].map((match) => match[1] as string))];
}

/** Names in braces of a template that nothing can fill. */
export function unknownVariables(text: string): string[] {
  return unfilledVariables(text).filter((name) => !isVariable(name));
}

/** Whether the template suits a feedback. */
export function suits(
  template: AnswerTemplate,
  feedback: { readonly stars: number | null; readonly topics: readonly string[] },
): boolean {
  const { starsFrom, starsTo, topics } = template;
  const { stars } = feedback;
  if (stars === null || stars < starsFrom || stars > starsTo) return false;
  return topics.length === 0 || topics.some((topic) => feedback.topics.includes(topic));
}

/** The percent as the customer reads it. */
export function promoText(percent: number | null): string | null {
  return percent === null ? null : `${percent}%`;
}

function isVariable(name: string): name is TemplateVariable {
  return (TEMPLATE_VARIABLES as readonly string[]).includes(name);
}
