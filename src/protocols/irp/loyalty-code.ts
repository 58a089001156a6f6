// The webhook of the code that the app shows at a till, asked for each time the shopper taps the button.
import type { FastifyReply } from "fastify";
import { type House, issueLoyaltyCode, type Secrets } from "../../flows/index.ts";
import type { IrpCall, IrpRoute } from "./face.ts";
import type { Language } from "./messages.ts";
import { customerNamed } from "./values.ts";

/** What the webhook must know. */
export interface LoyaltyCodeSettings {
  /** What the app draws (loyalty.codeType). */
  readonly type: "qr" | "code128";
  /** How long a code is good at least (loyalty.codeLifetime). */
  readonly lifetimeMs: number;
  readonly language: Language;
}

const UNKNOWN = {
  ru: "Мы не нашли вашу карту. Покажите её кассиру или назовите телефон.",
  en: "We have not found your card. Show it to the cashier or tell your phone number.",
} as const;

/** The webhook `/loyalty/code`. The log has the outcome only: an identifier may be a phone. */
export function loyaltyCodeRoute(house: House, secrets: Secrets, settings: LoyaltyCodeSettings): IrpRoute {
  return {
    path: "/loyalty/code",
    answer: async ({ body, request, reply }: IrpCall): Promise<FastifyReply> => {
      const identifier = customerNamed(body);
      const issued =
        identifier === null ? null : await issueLoyaltyCode(house, secrets, identifier, settings.lifetimeMs);
      if (issued?.kind === "issued") {
        request.canonical["outcome"] = "code_issued";
        return reply.send({ type: settings.type, value: issued.code });
      }
      request.canonical["outcome"] = "customer_unknown";
      const message = UNKNOWN[settings.language];
      return reply.send({ success: false, errorCode: "customer_unknown", message });
    },
  };
}
