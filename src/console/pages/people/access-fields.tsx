// Role and outlets of a person: the same fields for an invitation and for a change.
import { MultiSelect, Select } from "@mantine/core";
import type { ReactNode } from "react";
import { catalogueCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { useReader } from "../../reader.tsx";
import type { Person } from "./person-state.tsx";

/** The roles, from the least to the most. */
const ROLES = ["viewer", "agent", "branch_manager", "marketer", "loyalty_manager", "administrator"] as const;

/** What the fields hold. */
export interface Access {
  readonly role: Person["role"];
  readonly outlets: readonly string[] | null;
}

/** The fields. An administrator has all outlets, so that there is nothing to choose. */
export function AccessFields(props: {
  readonly access: Access;
  readonly onChange: (access: Access) => void;
  readonly isReadOnly?: boolean;
}): ReactNode {
  const { say } = useReader();
  const { access, onChange } = props;
  const outlets = useCall(catalogueCalls.listOutlets, { query: { limit: 100 } });
  const known = (outlets.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name || id }));
  const missing = (access.outlets ?? [])
    .filter((id) => !known.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: id }));
  return (
    <>
      <Select
        label={say("people.roleName")}
        description={say(`people.roleAbout.${access.role}`)}
        data={ROLES.map((role) => ({ value: role, label: say(`people.role.${role}`) }))}
        value={access.role}
        disabled={props.isReadOnly}
        onChange={(role) => {
          const next = ROLES.find((one) => one === role) ?? access.role;
          onChange({ role: next, outlets: next === "administrator" ? null : access.outlets });
        }}
      />
      {access.role !== "administrator" && (
        <MultiSelect
          label={say("people.outlets")}
          description={say("people.outletsText")}
          data={[...known, ...missing]}
          value={[...(access.outlets ?? [])]}
          disabled={props.isReadOnly}
          searchable
          clearable
          clearButtonProps={{ "aria-label": say("parts.table.clear") }}
          onChange={(ids) => onChange({ ...access, outlets: ids.length === 0 ? null : ids })}
        />
      )}
    </>
  );
}
