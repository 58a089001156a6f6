// Who acts: the log names people and tokens by id, the page by name, as far as the reader may see them.
import { type ReactNode, useMemo } from "react";
import { peopleCalls, tokenCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { useSay } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./audit.module.css";

/** Names by id. */
export type ActorNames = ReadonlyMap<string, string>;

/** Names of people and tokens; empty for who may not read them. */
export function useActorNames(): ActorNames {
  const people = usePages(peopleCalls.listPeople, { query: {} }, { isOn: useMay("people:read") });
  const tokens = usePages(tokenCalls.listTokens, { query: {} }, { isOn: useMay("tokens:read") });
  return useMemo(
    () =>
      new Map([
        ...tokens.rows.map(({ id, label }) => [id, label] as const),
        ...people.rows.map(({ id, name }) => [id, name] as const),
      ]),
    [people.rows, tokens.rows],
  );
}

/** Words that stand in the log where nobody signed in: the token of the settings, commands, the server itself. */
export const OF_SERVER = ["setting", "cli"] as const;

/** A name, or the id that stands in the log. */
export function Actor({ id, names }: { readonly id: string; readonly names: ActorNames }): ReactNode {
  const say = useSay();
  const name = names.get(id);
  const known = OF_SERVER.find((one) => one === id);
  if (known !== undefined) return say(`audit.actors.${known}`);
  return name === undefined ? (
    <span className="mono">{id}</span>
  ) : (
    <span translate="no" title={id} className={classes.name}>
      {name}
    </span>
  );
}
