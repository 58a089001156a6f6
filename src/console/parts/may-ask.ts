// Whether a person may make one call: apart from the session, since the table of all calls is no part of the first paint.
import { keepingOf, type Operation } from "../../contract/index.ts";
import { useMay, useMe } from "../session.tsx";

/** Whether the call is open: of a noun some may be open to people of some outlets, and some not. */
export function useMayAsk({ id, scope }: Pick<Operation, "id" | "scope">): boolean {
  const { outlets } = useMe();
  return useMay(scope) && (outlets === null || keepingOf(id) !== "refused");
}
