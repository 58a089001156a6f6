// Settings of the desk, part by part; the part that is open stands in the address.
import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { PageHeader } from "../../parts/page-header.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./desk.module.css";
import { BudgetSettings } from "./settings-budgets.tsx";
import { PlaceSettings } from "./settings-places.tsx";
import { PolicySettings } from "./settings-policy.tsx";
import { RuleSettings } from "./settings-rules.tsx";
import { TemplateSettings } from "./settings-templates.tsx";
import { ViewSettings, WordSettings } from "./settings-views.tsx";

const PARTS = [
  { id: "policy", scope: "feedback:read", part: PolicySettings },
  { id: "templates", scope: "answers:read", part: TemplateSettings },
  { id: "rules", scope: "answer-rules:read", part: RuleSettings },
  { id: "budgets", scope: "answers:read", part: BudgetSettings },
  { id: "places", scope: "answers:read", part: PlaceSettings },
  { id: "views", scope: "feedback:read", part: ViewSettings },
  { id: "words", scope: "feedback:read", part: WordSettings },
] as const;

/** The page. */
export default function DeskSettingsPage(): ReactNode {
  const { say } = useReader();
  const [{ tab }, setValues] = useUrlState(["tab"]);
  const may = {
    "feedback:read": useMay("feedback:read"),
    "answers:read": useMay("answers:read"),
    "answer-rules:read": useMay("answer-rules:read"),
  };
  const parts = PARTS.filter(({ scope }) => may[scope]);
  const open = parts.find(({ id }) => id === tab) ?? parts[0];
  return (
    <>
      <PageHeader
        title={say("pages.deskSettings")}
        about={say("deskSettings.about")}
        back={{ path: "/desk", title: say("pages.desk") }}
      />
      <Tabs
        value={open?.id ?? null}
        onChange={(value) => setValues({ tab: value ?? "" }, true)}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {parts.map(({ id }) => (
            <Tabs.Tab key={id} value={id}>
              {say(`deskSettings.tab.${id}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map(({ id, part: Part }) => (
          <Tabs.Panel key={id} value={id} className={classes.settings}>
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
