// What is known of one customer.
import { customerCalls } from "../../contract/index.ts";
import { knownCustomerFacts } from "../../flows/index.ts";
import { refuse } from "./refusal.ts";
import { route } from "./route.ts";

const [MONTH, YEAR] = [30, 365];

/** Routes of the tag "customers". */
export const customerRoutes = [
  route(customerCalls.getCustomer, async ({ house, secrets, params }) => {
    const facts = await knownCustomerFacts(house, secrets, params.customerId, [MONTH, YEAR]);
    if (facts === null) return refuse("not_found");
    return {
      id: facts.id,
      segments: [...facts.segments],
      tier: facts.tier,
      birthday: facts.birthday,
      orderCount: facts.orderCount,
      balancePoints: facts.balance,
      spentLast30DaysMinor: facts.spent[MONTH] ?? 0,
      spentLast365DaysMinor: facts.spent[YEAR] ?? 0,
    };
  }),
];
