// The smallest value of a schema: what stands in a form before somebody writes into it. Empty texts are refused until then.
import { kindOf, resolved, type Schema } from "./schema.ts";

/** The value. */
export function blankOf(schema: Schema): unknown {
  const it = resolved(schema);
  switch (kindOf(schema)) {
    case "choice":
      return it.enum?.[0] ?? "";
    case "number":
      return Math.max(1, it.minimum ?? 0);
    case "roubles":
      return 100;
    case "switch":
      return true;
    case "line":
      return "";
    case "text":
      return { ru: "" };
    case "group":
      return Object.fromEntries(
        (it.required ?? []).map((name) => [name, blankOf(it.properties?.[name] ?? {})]),
      );
    case "standing":
      return "all";
    case "goods":
    case "record":
      return {};
    case "condition":
      return { sum: { atLeast: 1000 } };
    case "effect":
      return { percent: 10 };
    default:
      return [];
  }
}
