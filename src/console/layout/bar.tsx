// The bar above every page: search, language, theme, the person.
import { ActionIcon, Kbd, Menu, UnstyledButton } from "@mantine/core";
import {
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconSearch,
  IconSun,
  IconUserCircle,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useReader, useTheme } from "../reader.tsx";
import { useKeepChoice, useMe, useSession } from "../session.tsx";
import { LANGUAGES } from "../words.ts";
import classes from "./layout.module.css";

const THEMES = ["light", "dark", "system"] as const;
const THEME_ICONS = { light: IconSun, dark: IconMoon, system: IconDeviceDesktop } as const;

/** What the bar can open. */
export interface BarProps {
  readonly isNarrow: boolean;
  readonly onMenu: () => void;
  readonly onPalette: () => void;
  readonly onSheet: () => void;
}

/** The bar. */
export function Bar({ isNarrow, onMenu, onPalette, onSheet }: BarProps): ReactNode {
  const { say } = useReader();
  return (
    <header className={classes.bar}>
      {isNarrow && (
        <ActionIcon size="lg" onClick={onMenu} aria-label={say("shell.openMenu")}>
          <IconMenu2 size={20} />
        </ActionIcon>
      )}
      <button type="button" className={classes.search} onClick={onPalette}>
        <IconSearch size={16} aria-hidden />
        <span>{say("shell.search")}</span>
        {!isNarrow && <Kbd size="xs">{say("shell.paletteKeys")}</Kbd>}
      </button>
      <div className={classes.space} />
      <LanguageSwitch />
      <ThemeSwitch />
      <PersonMenu isNarrow={isNarrow} onSheet={onSheet} />
    </header>
  );
}

function LanguageSwitch(): ReactNode {
  const { language, say, setLanguage } = useReader();
  const keepChoice = useKeepChoice();
  const other = LANGUAGES.find((one) => one !== language) ?? "en";
  return (
    <ActionIcon
      size="lg"
      aria-label={say("shell.otherLanguage")}
      title={say("shell.otherLanguage")}
      onClick={() => {
        setLanguage(other);
        keepChoice({ language: other });
      }}
    >
      <span className="language-mark">{say("shell.otherLanguageMark")}</span>
    </ActionIcon>
  );
}

function ThemeSwitch(): ReactNode {
  const { say } = useReader();
  const { theme, setTheme } = useTheme();
  const keepChoice = useKeepChoice();
  const Icon = THEME_ICONS[theme];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="lg" aria-label={say("shell.theme.name")} title={say("shell.theme.name")}>
          <Icon size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {THEMES.map((one) => (
          <Menu.Item
            key={one}
            rightSection={one === theme ? <IconCheck size={16} aria-hidden /> : null}
            onClick={() => {
              setTheme(one);
              keepChoice({ theme: one });
            }}
          >
            {say(`shell.theme.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** First letters of the first two words of a name. */
function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();
}

function PersonMenu({
  isNarrow,
  onSheet,
}: {
  readonly isNarrow: boolean;
  readonly onSheet: () => void;
}): ReactNode {
  const { say } = useReader();
  const { signOut } = useSession();
  const person = useMe();
  const [, go] = useLocation();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <span className={classes.initials} data-initials={initialsOf(person.name)} aria-hidden />
          <span className="visually-hidden">{say("shell.personMenu")} </span>
          <span className={isNarrow ? "visually-hidden" : ""} translate="no">
            {person.name}
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label translate="no">{person.login}</Menu.Label>
        <Menu.Item leftSection={<IconUserCircle size={16} />} onClick={() => go("/account")}>
          {say("pages.account")}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onSheet}>
          {say("shell.keys.title")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {say("shell.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
