// What differs between two rule sets, promotion by promotion and field by field, in the words of the form.
import type { ReactNode } from "react";
import type { promotionDraftCalls } from "../../../contract/index.ts";
import type { AnswerOf } from "../../calls.ts";
import { Diff } from "../../parts/diff.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./promotions.module.css";

/** The difference as drafts and changes of rules tell it. */
export type RulesDifference = AnswerOf<typeof promotionDraftCalls.getPromotionDraft>["difference"];

type Field = RulesDifference["settings"][number];

/** The two sides of fields, each under its own path. */
export function sidesOf(
  fields: readonly Field[],
): readonly [Record<string, unknown>, Record<string, unknown>] {
  const side = (of: "before" | "after"): Record<string, unknown> =>
    Object.fromEntries(
      fields.flatMap((field) => {
        const text = field[of];
        return text === null ? [] : [[field.path, readJson(text)]];
      }),
    );
  return [side("before"), side("after")];
}

/** A value as people read it: texts without quotes, the rest as JSON. */
function readJson(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** The difference. */
export function Difference({ difference }: { readonly difference: RulesDifference }): ReactNode {
  const { say } = useReader();
  const { added, removed, changed, settings, isReordered } = difference;
  const isNothing = added.length + removed.length + changed.length + settings.length === 0 && !isReordered;
  if (isNothing) return <p className="soft">{say("promotions.draft.nothing")}</p>;
  return (
    <div className={classes.difference}>
      {(["added", "removed"] as const).map((kind) =>
        difference[kind].map(({ id, name }) => (
          <h3 key={id}>
            <span translate="no">{name}</span>{" "}
            <StateBadge tone={kind === "added" ? "good" : "bad"}>
              {say(`promotions.draft.mark.${kind}`)}
            </StateBadge>
          </h3>
        )),
      )}
      {changed.map(({ id, name, fields }) => (
        <div key={id}>
          <h3>
            <span translate="no">{name}</span>{" "}
            <StateBadge tone="calm">{say("promotions.draft.mark.changed")}</StateBadge>
          </h3>
          <Fields fields={fields} />
        </div>
      ))}
      {settings.length > 0 && (
        <div>
          <h3>{say("promotions.draft.settings")}</h3>
          <Fields fields={settings} />
        </div>
      )}
      {isReordered && <p>{say("promotions.draft.reordered")}</p>}
    </div>
  );
}

function Fields({ fields }: { readonly fields: readonly Field[] }): ReactNode {
  const words = useFieldWords();
  const [before, after] = sidesOf(fields);
  return <Diff before={before} after={after} nameOf={words.place} />;
}
