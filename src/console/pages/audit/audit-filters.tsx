// Filters of the log: who, what kind of thing, which thing, which days.
import { Button, Select, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { SearchField } from "../../parts/search-field.tsx";
import { useSay } from "../../reader.tsx";
import { type ActorNames, OF_SERVER } from "./actors.tsx";
import { AUDIT_NAMES, type AuditValues, isFiltered } from "./audit-query.ts";

/** Nouns that actions begin with. */
export const GROUPS = [
  "promotions",
  "catalogue",
  "orders",
  "customers",
  "loyalty",
  "feedback",
  "desk",
  "answers",
  "answer-rules",
  "erasures",
  "channels",
  "events",
  "people",
  "person",
  "tokens",
  "system",
] as const;

/** The filters. */
export function AuditFilters(props: {
  readonly values: AuditValues;
  readonly names: ActorNames;
  readonly onChange: (change: Partial<AuditValues>) => void;
}): ReactNode {
  const say = useSay();
  const { values, names, onChange } = props;
  const isGroup = values.action === "" || GROUPS.some((group) => `${group}.` === values.action);
  const known = new Map([
    ...OF_SERVER.map((id) => [id as string, say(`audit.actors.${id}`)] as const),
    ...names,
  ]);
  const actors = [...known].map(([value, label]) => ({ value, label }));
  const isKnown = values.actor === "" || known.has(values.actor);
  return (
    <>
      <SearchField
        label={say("audit.findSubject")}
        value={values.subject}
        width={220}
        onChange={(subject) => onChange({ subject })}
      />
      <Select
        aria-label={say("audit.actor")}
        w={160}
        searchable
        data={[
          { value: "", label: say("audit.anyActor") },
          ...actors,
          ...(isKnown ? [] : [{ value: values.actor, label: values.actor }]),
        ]}
        value={values.actor}
        onChange={(actor) => onChange({ actor: actor ?? "" })}
      />
      <Select
        aria-label={say("audit.action")}
        w={180}
        data={[
          { value: "", label: say("audit.anyAction") },
          ...GROUPS.map((group) => ({ value: `${group}.`, label: say(`audit.group.${group}`) })),
          ...(isGroup ? [] : [{ value: values.action, label: values.action }]),
        ]}
        value={values.action}
        onChange={(action) => onChange({ action: action ?? "" })}
      />
      <Days values={values} onChange={onChange} />
      {isFiltered(values) && (
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => onChange(Object.fromEntries(AUDIT_NAMES.map((name) => [name, ""])))}
        >
          {say("audit.clear")}
        </Button>
      )}
    </>
  );
}

/** The days, both within. */
function Days(props: {
  readonly values: AuditValues;
  readonly onChange: (change: Partial<AuditValues>) => void;
}): ReactNode {
  const say = useSay();
  return (["from", "until"] as const).map((name) => (
    <TextInput
      key={name}
      type="date"
      aria-label={say(`audit.${name}`)}
      title={say(`audit.${name}`)}
      w={140}
      value={props.values[name]}
      onChange={(event) => props.onChange({ [name]: event.currentTarget.value })}
    />
  ));
}
