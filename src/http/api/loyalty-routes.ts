// The loyalty programme at work: codes shown at a till.
import { loyaltyCalls } from "../../contract/index.ts";
import { verifyLoyaltyCode, viewCustomer } from "../../flows/index.ts";
import { refuse } from "./refusal.ts";
import { route } from "./route.ts";

const verifyCode = route(loyaltyCalls.verifyLoyaltyCode, async ({ house, secrets, loyaltyCodeMs, body }) => {
  const verified = await verifyLoyaltyCode(house, secrets, body.code, loyaltyCodeMs);
  if (verified.kind === "refused") return refuse(verified.reason);
  const names = { externalUserId: verified.customerId, loyaltyCard: null, phone: null };
  const customer = await viewCustomer(house, secrets, names, []);
  return {
    customerId: verified.customerId,
    tier: customer?.tier ?? null,
    balancePoints: customer?.balance ?? 0,
  };
});

/** Routes of the tag "loyalty". */
export const loyaltyRoutes = [verifyCode];
