// The commonest fault of feeds: `&` written as it is. Put right before the parser, which would swallow tags up to the next `;`.

const STRAY = /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\w.-]{0,31});)/i;
const STRAY_OR_SECTION = /<!\[CDATA\[|\]\]>|&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\w.-]{0,31});)/gi;

/** Longest beginning of an entity or a section mark that may be cut by the end of a piece. */
const HELD_BACK = 40;

/** Escapes stray ampersands of a text that comes in pieces; CDATA sections are left as they are. */
export class AmpersandRepair {
  #rest = "";
  #isInSection = false;
  readonly #onRepair: (linesBefore: number) => void;

  /** `onRepair` is told how many line ends of the piece stand before the fault. */
  constructor(onRepair: (linesBefore: number) => void) {
    this.#onRepair = onRepair;
  }

  /** The text that can be given on; a doubtful tail waits for the next piece. */
  write(piece: string): string {
    const text = this.#rest + piece;
    const cut = safeEnd(text);
    this.#rest = text.slice(cut);
    return this.#repair(text.slice(0, cut));
  }

  /** What is left at the end of the file. */
  end(): string {
    const text = this.#rest;
    this.#rest = "";
    return this.#repair(text);
  }

  #repair(text: string): string {
    if (!STRAY.test(text)) {
      this.#follow(text);
      return text;
    }
    return text.replace(STRAY_OR_SECTION, (found, offset: number) => {
      if (found !== "&") {
        this.#isInSection = found !== "]]>";
        return found;
      }
      if (this.#isInSection) return found;
      this.#onRepair(countLines(text, offset));
      return "&amp;";
    });
  }

  #follow(text: string): void {
    const opened = text.lastIndexOf("<![CDATA[");
    const closed = text.lastIndexOf("]]>");
    if (opened !== closed) this.#isInSection = opened > closed;
  }
}

/** Where the text may be cut without splitting an entity or a section mark. */
function safeEnd(text: string): number {
  const from = Math.max(0, text.length - HELD_BACK);
  const tail = text.slice(from);
  const found = /[&<\]][^&<\];>]*$|\]\]$/.exec(tail);
  return found === null ? text.length : from + found.index;
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
