// Which rules to price with: those in force, an old version, or a draft.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { promotionCalls, promotionDraftCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { momentText } from "../../parts/amounts.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";

/** The rules of a choice as calls take them: `current`, `v12` or `d<id of a draft>`. */
export function rulesOf(choice: string): { version?: number; draftId?: string } {
  if (choice.startsWith("v")) return { version: Number(choice.slice(1)) };
  return choice.startsWith("d") ? { draftId: choice.slice(1) } : {};
}

/** The field; `none`: what stands for no rules at all, where they may be left out. */
export function RulesChoice(props: {
  readonly value: string;
  readonly onChange: (choice: string) => void;
  readonly label?: string;
  readonly none?: string;
}): ReactNode {
  const { say } = useReader();
  const choices = useRulesChoices();
  const data = props.none === undefined ? choices : [{ value: "", label: props.none }, ...choices];
  return (
    <Select
      label={props.label ?? say("calculations.withRules")}
      data={data}
      value={props.value}
      onChange={(value) => value !== null && props.onChange(value)}
    />
  );
}

/** Rules that there are to choose from, with their names. */
export function useRulesChoices(): readonly { readonly value: string; readonly label: string }[] {
  const { say, language, zone } = useReader();
  const isOn = useMay("promotions:read");
  const versions = useCall(promotionCalls.listPromotionVersions, { query: { limit: 30 } }, { isOn });
  const drafts = useCall(promotionDraftCalls.listPromotionDrafts, { query: { limit: 30 } }, { isOn });
  return [
    { value: "current", label: say("calculations.current") },
    ...(drafts.data?.items ?? [])
      .filter(({ publishedVersion }) => publishedVersion === null)
      .map(({ id, name }) => ({ value: `d${id}`, label: say("calculations.draft", { name }) })),
    ...(versions.data?.items ?? []).map(({ version, createdAt }) => ({
      value: `v${version}`,
      label: `${say("calculations.version", { version })}, ${momentText(createdAt, language, zone, "day")}`,
    })),
  ];
}
