// The loyalty programme at work: codes shown at a till.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { identifier, input, nullable, output } from "./shape.ts";

/** Uses a loyalty code up. */
export const verifyLoyaltyCode = operation({
  id: "verifyLoyaltyCode",
  method: "POST",
  path: "/loyalty/codes/verify",
  tag: "loyalty",
  summary: "Take a loyalty code at a till",
  description:
    "Says whose code it is and uses it up: each code is good once and for a short time. Ten wrong codes of one customer within ten minutes close that customer's codes for the rest of them.",
  scope: "loyalty:write",
  body: input(
    {
      code: Type.String({
        minLength: 1,
        maxLength: 100,
        description: "As scanned or typed; blanks and hyphens do not count.",
      }),
    },
    { title: "LoyaltyCodeIn", examples: [{ code: "2200000104512-583920" }] },
  ),
  status: 200,
  answer: output(
    {
      customerId: identifier("Whose code it was."),
      tier: nullable(Type.String(), "Tier of the loyalty programme."),
      balancePoints: Type.Integer({ description: "Points that may be spent." }),
    },
    { title: "LoyaltyCodeOwner" },
  ),
  problems: ["loyalty_code_refused", "loyalty_code_guessed"],
  isCreating: true,
});
