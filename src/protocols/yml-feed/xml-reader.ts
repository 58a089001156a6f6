// XML as a stream of elements with line numbers: what the feed and the stock file have in common.
import { SaxesParser } from "saxes";
import { fileText, type OnBytes, Unreadable } from "./file-text.ts";
import { AmpersandRepair } from "./stray-ampersands.ts";

/** What a file's reader wants to hear. `depth` is 1 for the root. */
export interface ElementListener {
  open(name: string, attributes: Readonly<Record<string, string>>, line: number, depth: number): void;
  /** `text` is all text directly inside, sections included; tags in between do not cut it. */
  close(name: string, text: string, depth: number): void;
  /** A fault that the parser can live with; true from the listener: it stays inside one entry. */
  fault(message: string, line: number): boolean;
}

/** Stops the reading at a line, with a reason for the operator. */
export class BrokenFile extends Error {
  override readonly name = "BrokenFile";
  readonly line: number;

  constructor(reason: string, line: number) {
    super(reason);
    this.line = line;
  }
}

/** Deeper than any feed; a file that nests further is broken or hostile. */
const MAX_DEPTH = 64;

/** An element without end for this long is broken or hostile; descriptions stay far below. */
const MAX_SILENT_CHARACTERS = 8 * 1024 ** 2;

/** Faults of characters, not of structure: the text is usable all the same. */
const HARMLESS =
  /undefined entity|malformed character entity|disallowed character\.|disallowed character in entity name|empty entity name|duplicate attribute|malformed comment|string "\]\]>" is disallowed/;

/** Entities of HTML that feeds use without declaring them. */
const ENTITIES: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  laquo: "«",
  raquo: "»",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  ndash: "–",
  mdash: "—",
  minus: "−",
  hellip: "…",
  deg: "°",
  times: "×",
  copy: "©",
  reg: "®",
  trade: "™",
  euro: "€",
  numero: "№",
  frac12: "½",
  sup2: "²",
  sup3: "³",
  plusmn: "±",
  middot: "·",
  bull: "•",
  shy: "",
});

/**
 * Feeds the file to `listener`; yields after each piece, so that the caller can hand on what was found. Throws BrokenFile
 * where the structure is broken outside an entry, the file is cut short, or its bytes are no text.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  listener: ElementListener,
  onBytes?: OnBytes,
): AsyncGenerator<void> {
  const run = new XmlRun(listener);
  try {
    for await (const text of fileText(bytes, onBytes)) {
      run.write(text);
      yield;
    }
  } catch (error) {
    if (error instanceof Unreadable) throw new BrokenFile(error.message, run.line);
    throw error;
  }
  run.end();
  yield;
}

/** One file on its way through the parser. */
class XmlRun {
  readonly #listener: ElementListener;
  readonly #parser = new SaxesParser();
  readonly #repair: AmpersandRepair;
  readonly #texts: string[] = [];
  #silence = 0;
  #isEnding = false;

  constructor(listener: ElementListener) {
    this.#listener = listener;
    const parser = this.#parser;
    parser.ENTITIES = ENTITIES as Record<string, string>;
    this.#repair = new AmpersandRepair((lines) => {
      listener.fault("an & not written as &amp;", parser.line + lines);
    });
    let startLine = 1;
    parser.on("opentagstart", () => {
      // The parser has taken the character after the name already; a line end there belongs to the next line.
      startLine = parser.column === 0 ? parser.line - 1 : parser.line;
    });
    parser.on("opentag", (tag) => {
      this.#silence = 0;
      const depth = this.#texts.push("");
      if (depth > MAX_DEPTH) throw new BrokenFile(`elements nest deeper than ${MAX_DEPTH}`, parser.line);
      listener.open(tag.name, tag.attributes, startLine, depth);
    });
    const take = (text: string): void => {
      const last = this.#texts.length - 1;
      // White space between the entries of a long list would pile up until the list ends.
      if (last < 0 || (this.#texts[last] === "" && text.trim() === "")) return;
      this.#texts[last] += text;
    };
    parser.on("text", take);
    parser.on("cdata", take);
    parser.on("closetag", (tag) => {
      this.#silence = 0;
      const depth = this.#texts.length;
      listener.close(tag.name, this.#texts.pop() ?? "", depth);
    });
    parser.on("error", (error) => this.#fault(error.message.replace(/^(?:\d+:\d+|undefined:\d+:\d+): /, "")));
  }

  get line(): number {
    return this.#parser.line;
  }

  write(text: string): void {
    this.#silence += text.length;
    if (this.#silence > MAX_SILENT_CHARACTERS) {
      throw new BrokenFile("no element ends for 8 MiB", this.#parser.line);
    }
    this.#parser.write(this.#repair.write(text));
  }

  end(): void {
    this.#parser.write(this.#repair.end());
    this.#isEnding = true;
    this.#parser.close();
  }

  #fault(message: string): void {
    const { line } = this.#parser;
    const isInEntry = this.#listener.fault(message.replace(/\.$/, ""), line);
    // What is still open at the end was cut off: a download that broke must not pass for a short feed.
    if ((this.#isEnding || !isInEntry) && !HARMLESS.test(message))
      throw new BrokenFile(message.replace(/\.$/, ""), line);
  }
}

/** True for a fault after which an entry's own content may be misplaced. */
export function isStructural(message: string): boolean {
  return !HARMLESS.test(`${message}.`) && !message.startsWith("an & ");
}
