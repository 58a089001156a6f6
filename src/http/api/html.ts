// HTML made safely: every value is text unless it was made here.

/** A piece of HTML. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand between tags. */
export type HtmlPart = Html | string | number | null | readonly HtmlPart[];

/** A template whose values are escaped, pieces of HTML excepted; lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  const parts = strings.map(
    (string, index) => string + (index < values.length ? partText(values[index] ?? null) : ""),
  );
  return new Html(parts.join(""));
}

function partText(part: HtmlPart): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(partText).join("");
  return escapeHtml(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** The little Markdown of descriptions: paragraphs, lists of dashes, `code` and **strong**. */
export function prose(text: string): Html {
  const blocks = text.split("\n\n").map((block) => {
    const lines = block.split("\n");
    return lines.every((line) => line.startsWith("- "))
      ? html`<ul>${lines.map((line) => html`<li>${spans(line.slice(2))}</li>`)}</ul>`
      : html`<p>${spans(block)}</p>`;
  });
  return html`${blocks}`;
}

/** The same within one line. */
export function spans(text: string): Html {
  const made = escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, "<code>$1</code>")
    .replaceAll(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>");
  return new Html(made);
}
