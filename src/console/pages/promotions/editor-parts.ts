// The parts of the editor: which fields of a promotion stand together, in the order in which one thinks of them.

/** A part of the form. */
export interface EditorPart {
  readonly id:
    | "main"
    | "effect"
    | "goods"
    | "conditions"
    | "schedule"
    | "entry"
    | "combining"
    | "limits"
    | "texts";
  /** Names of the promotion's own fields. */
  readonly fields: readonly string[];
}

/** The parts. Every field of the schema stands in exactly one. */
export const EDITOR_PARTS: readonly EditorPart[] = [
  { id: "main", fields: ["id", "name", "status"] },
  { id: "effect", fields: ["then"] },
  { id: "goods", fields: ["scope"] },
  { id: "conditions", fields: ["when", "audience"] },
  { id: "schedule", fields: ["schedule"] },
  { id: "entry", fields: ["codes", "choice"] },
  { id: "combining", fields: ["combining", "priority", "worth"] },
  { id: "limits", fields: ["limits", "caps", "floor", "rounding"] },
  { id: "texts", fields: ["texts"] },
];
