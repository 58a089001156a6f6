// What can be told of a person at a glance: the state of their access and their outlets.
import type { ReactNode } from "react";
import type { peopleCalls } from "../../../contract/index.ts";
import type { ItemOf } from "../../api.ts";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";

/** A person as the list gives them. */
export type Person = ItemOf<typeof peopleCalls.listPeople>;

/** Works, is invited, or is blocked. */
export function PersonState({ person }: { readonly person: Person }): ReactNode {
  const { say } = useReader();
  if (person.isBlocked) return <StateBadge tone="bad">{say("people.blocked")}</StateBadge>;
  if (!person.hasPassword) return <StateBadge tone="warn">{say("people.invited")}</StateBadge>;
  return <StateBadge tone="good">{say("people.active")}</StateBadge>;
}

/** All outlets, or how many. */
export function PersonOutlets({ outlets }: { readonly outlets: readonly string[] | null }): ReactNode {
  const { say } = useReader();
  return outlets === null ? say("people.allOutlets") : say("people.someOutlets", { count: outlets.length });
}
