// One of the shop's outlets, or none of them.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { catalogueCalls } from "../../contract/index.ts";
import { useCall } from "../api.ts";
import { useReader } from "../reader.tsx";
import { useMay } from "../session.tsx";

/** The field; nothing where the shop has no outlets, or the person may not see them. An empty text: none is chosen. */
export function OutletSelect(props: {
  readonly value: string;
  readonly onChange: (id: string) => void;
  /** Stands above the field; left out: only listeners hear it. */
  readonly label?: string;
  readonly w?: number;
}): ReactNode {
  const { say } = useReader();
  const isOn = useMay("catalogue:read");
  const outlets = useCall(catalogueCalls.listOutlets, { query: { limit: 100 } }, { isOn });
  if (!isOn || (outlets.data?.items.length ?? 0) === 0) return null;
  return (
    <Select
      label={props.label}
      aria-label={props.label === undefined ? say("calculations.outlet") : undefined}
      placeholder={say("calculations.anyOutlet")}
      data={(outlets.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name ?? id }))}
      value={props.value === "" ? null : props.value}
      onChange={(value) => props.onChange(value ?? "")}
      searchable
      clearable
      allowDeselect
      w={props.w}
    />
  );
}
