// Names behind ids on the desk: outlets and colleagues, read once and kept.
import { useMemo } from "react";
import { catalogueCalls, peopleCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { useSay } from "../../reader.tsx";
import { useMay, useMe } from "../../session.tsx";

/** Most outlets that are named; of a longer network the rest go by their ids. */
const MOST_OUTLETS = 100;

/** An outlet as the desk calls it. */
export interface Branch {
  readonly id: string;
  readonly name: string;
}

/** Outlets that the person works for, and the name of any. */
export function useBranches(): {
  readonly branches: readonly Branch[];
  readonly branchName: (id: string | null) => string;
} {
  const say = useSay();
  const { outlets } = useMe();
  const { data } = useCall(
    catalogueCalls.listOutlets,
    { query: { limit: MOST_OUTLETS } },
    { isOn: useMay("catalogue:read") },
  );
  return useMemo(() => {
    const known = new Map((data?.items ?? []).map(({ id, name }) => [id, name ?? id]));
    const branches = [...known]
      .map(([id, name]) => ({ id, name }))
      .filter(({ id }) => outlets === null || outlets.includes(id));
    const branchName = (id: string | null): string =>
      id === null ? say("desk.noBranch") : (known.get(id) ?? id);
    return { branches, branchName };
  }, [data, outlets, say]);
}

/** A colleague. */
export interface Colleague {
  readonly id: string;
  readonly name: string;
}

/** Colleagues who can be given work, and the name of whoever did something; null is the server itself. */
export function useColleagues(): {
  readonly colleagues: readonly Colleague[];
  readonly nameOf: (id: string | null) => string;
} {
  const say = useSay();
  const { data } = useCall(peopleCalls.listPeopleNames, {});
  return useMemo(() => {
    const people = data?.people ?? [];
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const nameOf = (id: string | null): string => {
      if (id === null) return say("desk.theServer");
      return names.get(id) ?? say("desk.aProgram");
    };
    return { colleagues: people.filter(({ isBlocked }) => !isBlocked), nameOf };
  }, [data, say]);
}

/** First letters of a name, for its round mark. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}
