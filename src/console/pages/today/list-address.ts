// Where the list behind a number of the front page is: the server names a call, the console knows the page that shows it.
import { useContext } from "react";
import { BuiltPages } from "../../layout/places.ts";
import { mayOpen, useMe } from "../../session.tsx";
import { type PageId, pageRow } from "../registry.ts";

/** What the server names: a call with its parts. */
export interface NamedCall {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Pages by the call whose list they show; parts of the path are named as in the call. */
const PAGE_OF: Readonly<Record<string, PageId>> = {
  listCalculations: "calculations",
  listOrders: "orders",
  listLedgerEntries: "loyalty",
  listWaitingCorrections: "loyalty",
  listDeskItems: "desk",
  listAnswers: "desk",
  listUnusableDeliveries: "channels",
  listDeskAlarms: "alerts",
  getWebhook: "webhook",
  getPromotion: "promotion",
  getPromotionUses: "promotion",
  getCodeBatch: "codeBatch",
  getImport: "catalogueImport",
  listImports: "catalogue",
  getSystem: "system",
  listBackups: "system",
};

/** The page and its address for a call; null: no page shows it. */
export function addressOfCall(call: NamedCall): { readonly page: PageId; readonly path: string } | null {
  const page = PAGE_OF[call.operation];
  if (page === undefined) return null;
  const path = pageRow(page).path.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(call.params[name] ?? ""),
  );
  const query = new URLSearchParams(call.query).toString();
  return { page, path: query === "" ? path : `${path}?${query}` };
}

/** Gives the address of a call's list; null where the page is not there or not this person's: then a number is only a number. */
export function useListAddress(): (call: NamedCall) => string | null {
  const built = useContext(BuiltPages);
  const person = useMe();
  return (call) => {
    const found = addressOfCall(call);
    const mayGo = found !== null && built.has(found.page) && mayOpen(person, pageRow(found.page));
    return mayGo ? found.path : null;
  };
}
