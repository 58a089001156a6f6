// One promo code: found wherever it stands, blocked with a reason and let go again.
import { isAllowed, type Parts, promoCodeCalls } from "../../contract/index.ts";
import { type ApiCaller, blockCode, type CodeTold, tellCode } from "../../flows/index.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type Call, route, shown, shownOrNull } from "./route.ts";
import { ofStores } from "./stores.ts";

const find = route(promoCodeCalls.findCode, async ({ house, rules, body, caller }) => {
  const told = await tellCode(house, rules, body.code);
  return told === null ? refuse("not_found") : codeShown(told, caller);
});

const block = route(promoCodeCalls.blockCode, (call) => change(call, true));

const unblock = route(promoCodeCalls.unblockCode, (call) => change(call, false));

/** Routes of single codes, within the tag "promotions". */
export const promoCodeRoutes = [find, block, unblock];

type Shown = Parts<typeof promoCodeCalls.findCode>["answer"];

async function change(
  { house, rules, body, caller }: Call<typeof promoCodeCalls.blockCode | typeof promoCodeCalls.unblockCode>,
  isBlocked: boolean,
): Promise<Shown | Refusal> {
  const wish = { ...body, reason: body.reason.trim(), isBlocked, actor: caller.tokenId };
  const done = await blockCode(house, rules, wish);
  return done.kind === "refused" ? refuse(done.reason) : codeShown(done.told, caller);
}

/** What the caller may see of it: orders and customers have scopes of their own, and people of some outlets see theirs. */
function codeShown(told: CodeTold, caller: ApiCaller): Shown {
  const { promotion, batch, block: word, customerId } = told;
  const { scopes } = caller;
  const mayCustomers = isAllowed(scopes, "customers:read");
  const orders = ofStores(told.orders, caller, ({ outletId }) => outletId);
  return {
    code: told.code,
    compared: told.folded,
    state: told.state,
    blockedBy: told.blockedBy,
    promotion,
    batch: batch === null ? null : { id: batch.id, name: batch.name },
    draft: told.draft,
    block:
      word === null
        ? null
        : { isBlocked: word.isBlocked, reason: word.reason, by: word.by, at: shown(word.at) },
    version: word?.version ?? 0,
    uses: told.uses,
    usesLeft: told.usesLeft,
    validUntil: shownOrNull(told.validUntil),
    isPersonal: customerId !== null,
    customerId: mayCustomers ? customerId : null,
    orders: isAllowed(scopes, "orders:read")
      ? orders.map((use) => ({
          orderId: use.orderId,
          at: shown(use.at),
          status: use.status,
          amountMinor: use.amount,
          releasedAt: shownOrNull(use.releasedAt),
          customerId: mayCustomers ? use.customerId : null,
        }))
      : null,
  };
}
