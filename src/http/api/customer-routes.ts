// Customers: found by their names, written, merged.
import { customerCalls } from "../../contract/index.ts";
import {
  type CustomerNames,
  type CustomerView,
  exportCustomer,
  findCustomers,
  findMerges,
  type House,
  mergeCustomers,
  type Secrets,
  viewCustomer,
  writeCustomer,
  writeIdentities,
} from "../../flows/index.ts";
import type { CustomerMerge } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";

const [MONTH, YEAR] = [30, 365];

const listCustomers = route(customerCalls.listCustomers, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const prefix = query.query ?? null;
  const found = await findCustomers(house, { prefix, after: wish.after, limit: wish.limit + 1 });
  return pageOf(
    found,
    wish.limit,
    ({ id }) => id,
    ({ id, segments, tier, orderCount, balance }) => ({
      id,
      segments: [...segments],
      tier,
      orderCount,
      balancePoints: balance,
    }),
  );
});

const getCustomer = route(customerCalls.getCustomer, async ({ house, secrets, params }) =>
  viewed(house, secrets, named(params.customerId)),
);

const findCustomer = route(customerCalls.findCustomer, async ({ house, secrets, body }) =>
  viewed(house, secrets, {
    externalUserId: body.customerId ?? null,
    loyaltyCard: body.card ?? null,
    phone: body.phone ?? null,
  }),
);

const putCustomer = route(customerCalls.putCustomer, async ({ house, secrets, params, body }) => {
  const written = await writeCustomer(house, {
    id: params.customerId,
    segments: [...new Set(body.segments ?? [])],
    tier: body.tier ?? null,
    birthday: body.birthday ?? null,
    orderCount: body.orderCount ?? null,
  });
  if (written.kind === "written") return viewed(house, secrets, named(params.customerId));
  if (written.reason === "customer_merged") return refuse("customer_merged");
  return refuse("invalid_request", undefined, [
    { path: "/body/birthday", message: "must be a day that exists" },
  ]);
});

const putIdentities = route(customerCalls.putIdentities, async ({ house, secrets, params, body }) => {
  const written = await writeIdentities(house, secrets, params.customerId, {
    ...(body.cards === undefined ? {} : { card: body.cards }),
    ...(body.phones === undefined ? {} : { phone: body.phones }),
  });
  if (written.kind === "written") return { cards: written.cards, phones: written.phones };
  if (written.reason === "customer_merged") return refuse("customer_merged");
  if (written.reason !== "identity_unreadable") return refuse("not_found");
  return refuse("invalid_request", undefined, [
    {
      path: `/body/${written.of}s/${written.index}`,
      message: written.of === "phone" ? "must be a phone" : "must be a card's number",
    },
  ]);
});

const exportAll = route(customerCalls.exportCustomer, async ({ house, params }) => {
  const found = await exportCustomer(house, params.customerId);
  if (found === null) return refuse("not_found");
  const records: Record<string, object[]> = {};
  for (const [name, rows] of Object.entries(found.records)) records[name] = [...rows];
  return { ...found, ids: [...found.ids], records };
});

const merge = route(customerCalls.mergeCustomers, async ({ house, body, caller }) => {
  const outcome = await mergeCustomers(house, { ...body, actor: caller.tokenId });
  return outcome.kind === "refused" ? refuse(outcome.reason) : mergeShown(outcome.merge);
});

const listMerges = route(customerCalls.listCustomerMerges, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findMerges(house, { before: wish.after, limit: wish.limit + 1 });
  return pageOf(found, wish.limit, ({ id }) => id, mergeShown);
});

/** Routes of the tag "customers". */
export const customerRoutes = [
  listCustomers,
  getCustomer,
  findCustomer,
  putCustomer,
  putIdentities,
  exportAll,
  merge,
  listMerges,
];

function named(externalUserId: string): CustomerNames {
  return { externalUserId, loyaltyCard: null, phone: null };
}

async function viewed(house: House, secrets: Secrets, names: CustomerNames) {
  const view = await viewCustomer(house, secrets, names, [MONTH, YEAR]);
  return view === null ? refuse("not_found") : customerShown(view);
}

function customerShown(view: CustomerView) {
  return {
    id: view.id,
    segments: [...view.segments],
    tier: view.tier,
    birthday: view.birthday,
    orderCount: view.orderCount,
    balancePoints: view.balance,
    spentLast30DaysMinor: view.spent[MONTH] ?? 0,
    spentLast365DaysMinor: view.spent[YEAR] ?? 0,
    mergedIds: [...view.mergedIds],
    cards: view.cards,
    phones: view.phones,
  };
}

function mergeShown({ id, fromId, intoId, reason, actor, moved, mergedAt }: CustomerMerge) {
  return { id, fromId, intoId, reason, actor, moved: { ...moved }, mergedAt: shown(mergedAt) };
}
