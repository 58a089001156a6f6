// YAML or JSON text to a plain value, with the way back from a path in it to the line where that stands.
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** Longest text that is read, characters: some 50,000 promotions. */
export const DOCUMENT_LIMIT = 32 * 1024 * 1024;

/** Most aliases a document may expand to, so that a small file cannot become a huge value. */
const ALIAS_LIMIT = 100;

/** A value that was read; `lineOf` gives the line, from 1, of a path such as promotions[2].then[0], or of its nearest ancestor. */
export interface DocumentRead {
  readonly kind: "read";
  readonly value: unknown;
  lineOf(path: string): number | null;
}

/** A text that is no YAML or JSON. */
export interface DocumentBroken {
  readonly kind: "broken";
  readonly line: number | null;
  readonly message: string;
}

/** Reads `text`. */
export function readDocument(text: string): DocumentRead | DocumentBroken {
  if (text.length > DOCUMENT_LIMIT) {
    return { kind: "broken", line: null, message: `the file is larger than ${DOCUMENT_LIMIT} characters` };
  }
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ""), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    return { kind: "broken", line: lines.linePos(error.pos[0]).line, message: error.message };
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: ALIAS_LIMIT });
    return { kind: "read", value, lineOf: (path) => lineAt(document.contents, lines, path) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { kind: "broken", line: null, message: error.message };
  }
}

const STEP = /\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\.?([^.[\]]+)/gu;

function lineAt(contents: Node | null, lines: LineCounter, path: string): number | null {
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? null;
  for (const [, index, quoted, name] of path.matchAll(STEP)) {
    if (isSeq(node) && index !== undefined) {
      node = node.items[Number(index)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else if (isMap(node)) {
      const key = quoted === undefined ? (name ?? index) : (JSON.parse(`"${quoted}"`) as string);
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else break;
  }
  return offset === null ? null : lines.linePos(offset).line;
}
