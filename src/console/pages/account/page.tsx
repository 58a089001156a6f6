// One's own account: language and look, password, second step, sessions.
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { useReader, useTheme } from "../../reader.tsx";
import { useKeepChoice, useMe } from "../../session.tsx";
import { LANGUAGES, type Language } from "../../words.ts";
import classes from "./account.module.css";
import { PasswordSection } from "./password.tsx";
import { SecondFactorSection } from "./second-factor.tsx";
import { SessionsSection } from "./sessions.tsx";

const THEMES = ["light", "dark", "system"] as const;

/** The page. */
export default function AccountPage(): ReactNode {
  const { say } = useReader();
  const person = useMe();
  const role = say(`people.role.${person.role}`);
  return (
    <>
      <PageHeader
        title={person.name}
        about={
          <>
            {say("account.login")} <span translate="no">{person.login}</span> · {role}
          </>
        }
      />
      <ChoicesSection />
      <PasswordSection />
      <SecondFactorSection />
      <SessionsSection />
    </>
  );
}

function ChoicesSection(): ReactNode {
  const { say, language, setLanguage } = useReader();
  const { theme, setTheme } = useTheme();
  const keepChoice = useKeepChoice();
  return (
    <Section title={say("account.choices.title")}>
      <div className={classes.choices}>
        <div>
          <p className={classes.label} id="choice-language">
            {say("account.choices.language")}
          </p>
          <SegmentedControl
            aria-labelledby="choice-language"
            value={language}
            data={LANGUAGES.map((one) => ({ value: one, label: say(`account.choices.${one}`) }))}
            onChange={(value) => {
              setLanguage(value as Language);
              keepChoice({ language: value as Language });
            }}
          />
        </div>
        <div>
          <p className={classes.label} id="choice-theme">
            {say("account.choices.theme")}
          </p>
          <SegmentedControl
            aria-labelledby="choice-theme"
            value={theme}
            data={THEMES.map((one) => ({ value: one, label: say(`shell.theme.${one}`) }))}
            onChange={(value) => {
              setTheme(value as (typeof THEMES)[number]);
              keepChoice({ theme: value as (typeof THEMES)[number] });
            }}
          />
        </div>
      </div>
    </Section>
  );
}
