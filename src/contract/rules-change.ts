// What an apply of rules changed, or would change, promotion by promotion and field by field.
import { Type } from "typebox";
import { count, nullable, oneOf, output } from "./shape.ts";

const named = output({ id: Type.String(), name: Type.String() }, { title: "NamedPromotion" });
const field = output(
  {
    path: Type.String({ description: "Where." }),
    before: nullable(Type.String(), "As JSON; null: was not there."),
    after: nullable(Type.String(), "As JSON; null: is gone."),
  },
  { title: "FieldChange" },
);

/** What differs between two rule sets. */
export const RulesDifference = output(
  {
    added: Type.Array(named),
    removed: Type.Array(named),
    changed: Type.Array(output({ id: Type.String(), name: Type.String(), fields: Type.Array(field) })),
    settings: Type.Array(field, { description: "Fields of the set itself and of the programme." }),
    isReordered: Type.Boolean({ description: "Promotions that stay stand in another order." }),
  },
  { title: "RulesDifference" },
);

/** What an apply changed, or would change. */
export const RulesChange = output(
  {
    kind: oneOf(["applied", "planned", "unchanged"], "planned: only compared, as asked for by dryRun."),
    version: nullable(count("Version."), "The version in force; null when only compared."),
    difference: nullable(RulesDifference, "Null when nothing changes."),
  },
  { title: "RulesChange" },
);
