// The rules of answers: ceilings of promo codes by role, the second person, and how heavy each remark weighs.
import { NumberInput, Select, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { answerRuleCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import type { AnswerOf } from "../../calls.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { FormError } from "../../parts/form-error.tsx";
import { Section } from "../../parts/page-header.tsx";
import { ListSkeleton } from "../../parts/skeletons.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import { SaveLine } from "./settings-save.tsx";
import { spanText } from "./spans.ts";

type Rules = AnswerOf<typeof answerRuleCalls.getAnswerPolicy>;

const NUMBERS = [
  { name: "textLimit", min: 1, max: 10_000 },
  { name: "sameTextLast", min: 0, max: 100 },
  { name: "coolDownDays", min: 0, max: 3650 },
  { name: "fourEyesAbove", min: 0, max: 100 },
] as const;

const ROLES = ["agent", "branch_manager", "network_manager", "admin"] as const;

const CHECKS = ["too_long", "other_name", "phone", "link", "profanity", "promise", "same_text"] as const;

const LEVELS = ["block", "warn", "off"] as const;

/** The part. */
export function RuleSettings(): ReactNode {
  const { data, error, refetch } = useCall(answerRuleCalls.getAnswerPolicy, {});
  if (data === undefined)
    return error === null ? <ListSkeleton /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  return <RuleForm rules={data} />;
}

function RuleForm({ rules }: { readonly rules: Rules }): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("answer-rules:write");
  const { tell } = useToasts();
  const [draft, setDraft] = useState(rules);
  const [words, setWords] = useState(rules.profanity.join("\n"));
  const save = useChange(answerRuleCalls.putAnswerPolicy, {
    touches: [answerRuleCalls.getAnswerPolicy, answerRuleCalls.listAnswerBudgets],
    onDone: () => tell(say("deskSettings.saved")),
  });
  const submit = (): void => {
    const profanity = [...new Set(words.split("\n").map((word) => word.trim()))].filter(
      (word) => word.length >= 2,
    );
    save.mutate({ body: { ...draft, profanity } });
  };
  return (
    <fieldset disabled={!mayWrite} className={classes.bare}>
      <TextRules draft={draft} onChange={setDraft} />
      <Ceilings draft={draft} onChange={setDraft} />
      <Levels draft={draft} onChange={setDraft} />
      <Textarea
        mt="md"
        label={say("deskSettings.rules.profanity")}
        rows={3}
        resize="vertical"
        value={words}
        translate="no"
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Deadline />
      <FormError error={save.error} />
      <SaveLine mayWrite={mayWrite} isSaving={save.isPending} onSave={submit} />
    </fieldset>
  );
}

/** A part of the form. */
interface Part {
  readonly draft: Rules;
  readonly onChange: (draft: Rules) => void;
}

/** Limits of texts and pauses. */
function TextRules({ draft, onChange }: Part): ReactNode {
  const { say } = useReader();
  return (
    <Section title={say("deskSettings.rules.texts")}>
      <div className={classes.fields}>
        {NUMBERS.map(({ name, min, max }) => (
          <NumberInput
            key={name}
            label={say(`deskSettings.rules.${name}`)}
            min={min}
            max={max}
            value={draft[name]}
            onChange={(value) => onChange({ ...draft, [name]: Math.round(Number(value) || min) })}
          />
        ))}
      </div>
    </Section>
  );
}

/** Up to which percent a role gives a code alone. */
function Ceilings({ draft, onChange }: Part): ReactNode {
  const { say } = useReader();
  return (
    <Section title={say("deskSettings.rules.ceilings")}>
      <div className={classes.fields}>
        {ROLES.map((role) => (
          <NumberInput
            key={role}
            label={say(`deskSettings.rules.ceiling.${role}`)}
            min={0}
            max={100}
            suffix="%"
            value={draft.ceilings[role]}
            onChange={(value) =>
              onChange({
                ...draft,
                ceilings: { ...draft.ceilings, [role]: Math.round(Number(value) || 0) },
              })
            }
          />
        ))}
      </div>
    </Section>
  );
}

/** How heavy each remark weighs. */
function Levels({ draft, onChange }: Part): ReactNode {
  const { say } = useReader();
  return (
    <Section title={say("deskSettings.rules.levels")}>
      <div className={classes.fields}>
        {CHECKS.map((check) => (
          <Select
            key={check}
            label={say(`deskSettings.rules.check.${check}`)}
            value={draft.levels[check]}
            data={LEVELS.map((level) => ({
              value: level,
              label: say(`deskSettings.rules.level.${level}`),
            }))}
            onChange={(value) => {
              const level = LEVELS.find((one) => one === value) ?? "warn";
              onChange({ ...draft, levels: { ...draft.levels, [check]: level } });
            }}
          />
        ))}
      </div>
    </Section>
  );
}

/** How old a feedback may be, as far as its marketplace's own outcomes tell. */
function Deadline(): ReactNode {
  const { say } = useReader();
  const learned = useCall(answerRuleCalls.getAnswerDeadline, {}).data;
  if (learned === undefined) return null;
  const { ageSeconds, fromSeconds, toSeconds, outcomes: count } = learned;
  const span = (seconds: number | null): string => spanText((seconds ?? 0) * 1000, say);
  return (
    <Section title={say("deskSettings.deadline.title")}>
      <p className="soft">
        {ageSeconds === null
          ? say("deskSettings.deadline.unknown", { count })
          : say("deskSettings.deadline.learned", {
              time: span(ageSeconds),
              from: span(fromSeconds),
              to: span(toSeconds),
              count,
            })}
      </p>
    </Section>
  );
}
