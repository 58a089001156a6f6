// The palette, opened by Ctrl+K: every page, where one has been lately, and whatever pages offer to search in.
import "@mantine/spotlight/styles.css";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "wouter";
import { type PageId, pageRow } from "../pages/registry.ts";
import { useReader } from "../reader.tsx";
import { PageIcon } from "./icons.tsx";
import { type Found, recentPlaces, searchAll } from "./palette-search.ts";
import { usePlaces } from "./places.ts";

const [store, spotlight] = createSpotlight();

/** Waiting after the last key before pages are asked, ms. */
const PAUSE_MS = 180;

/** What pages find for a text, a moment after the person stopped typing. */
function useFound(text: string): readonly Found[] {
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === "") {
      setFound([]);
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      void searchAll(wanted, stop.signal).then((all) => {
        if (!stop.signal.aborted) setFound(all);
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return found;
}

/** The palette. */
export default function Palette(props: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState("");
  const places = usePlaces();
  const found = useFound(text);
  useEffect(() => {
    if (props.isOpen) spotlight.open();
    else spotlight.close();
  }, [props.isOpen]);
  const folded = text.trim().toLowerCase();
  const pages = places
    .map((id) => ({ id, path: pageRow(id).path, title: say(`pages.${id}`) }))
    .filter(({ title }) => title.toLowerCase().includes(folded));
  const recent = folded === "" ? recentPlaces() : [];
  const isNothing = pages.length + found.length + recent.length === 0;
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      onSpotlightClose={props.onClose}
      aria-label={say("shell.palette.title")}
    >
      <Spotlight.Search
        placeholder={say("shell.palette.placeholder")}
        aria-label={say("shell.palette.placeholder")}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        <Lines label={say("shell.palette.recent")} lines={recent} />
        <Lines label={say("shell.palette.found")} lines={found} />
        <Lines label={say("shell.pages")} lines={pages} />
        {isNothing && <Spotlight.Empty>{say("shell.palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** One group of the list; nothing when it is empty. */
function Lines(props: {
  readonly label: string;
  readonly lines: readonly { path: string; title: string; about?: string; id?: PageId }[];
}): ReactNode {
  const [, go] = useLocation();
  if (props.lines.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={props.label}>
      {props.lines.map((one) => (
        <Spotlight.Action
          key={one.path}
          label={one.title}
          description={one.about}
          leftSection={one.id === undefined ? null : <PageIcon id={one.id} />}
          onClick={() => go(one.path)}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}
