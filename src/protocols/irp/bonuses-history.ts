// The webhook of the history of points: what came and what went, in the shopper's words.
import type { FastifyReply } from "fastify";
import {
  customerOfIdentifier,
  findPointsHistory,
  type House,
  type PointsEvent,
  type RuleShelf,
  type Secrets,
} from "../../flows/index.ts";
import type { IrpCall, IrpRoute } from "./face.ts";
import type { Language } from "./messages.ts";
import { customerNamed } from "./values.ts";

/** What the webhook must know. */
export interface BonusesSettings {
  /** irp.bonusDates: milliseconds as a text, the only form that was ever shown, or as a number. */
  readonly dates: "text" | "number";
  readonly language: Language;
}

/** One entry of the vendor's list. */
interface Bonus {
  readonly added: number;
  readonly expired: number;
  readonly definitionMessage: string;
  readonly activationDate: string | number | null;
  readonly expirationDate: string | number | null;
}

/** Most entries of an answer: there are no pages. */
const MOST_ENTRIES = 500;

type Word =
  | "earned"
  | "returned"
  | "paid"
  | "takenBack"
  | "ended"
  | "added"
  | "removed"
  | "movedIn"
  | "movedOut";

/** Sentences; those in pairs are said with an order's number and without one. */
const WORDS: Readonly<Record<Language, Readonly<Record<Word, string | readonly [string, string]>>>> = {
  ru: {
    earned: ["За заказ", "За покупку"],
    returned: ["Возврат по заказу", "Возврат"],
    paid: ["Оплата заказа", "Оплата покупки"],
    takenBack: ["Отмена начисления: возврат по заказу", "Отмена начисления после возврата"],
    ended: "Срок действия истёк",
    added: "Начислено магазином",
    removed: "Списано магазином",
    movedIn: "Перенесено с другой карты",
    movedOut: "Перенесено на другую карту",
  },
  en: {
    earned: ["For order", "For a purchase"],
    returned: ["Returned from order", "Returned"],
    paid: ["Paid for order", "Paid for a purchase"],
    takenBack: ["Taken back: return from order", "Taken back after a return"],
    ended: "Expired",
    added: "Added by the shop",
    removed: "Taken out by the shop",
    movedIn: "Moved from another card",
    movedOut: "Moved to another card",
  },
};

type Kinds = Readonly<Partial<Record<PointsEvent["kind"], Word>>>;

/** What points came by, other than by the shop's hand. */
const CAME: Kinds = {
  earn: "earned",
  return: "returned",
  release: "returned",
  capture: "returned",
  transfer: "movedIn",
};

/** What points went by. Those given back too late end on their way. */
const WENT: Kinds = {
  capture: "paid",
  return: "takenBack",
  release: "ended",
  expire: "ended",
  transfer: "movedOut",
};

/**
 * The webhook `/bonuses/history`. Whoever is unknown, and a shop without a programme, get an empty list. The log has the
 * outcome only: an identifier may be a phone.
 */
export function bonusesHistoryRoute(
  house: House,
  secrets: Secrets,
  rules: RuleShelf,
  settings: BonusesSettings,
): IrpRoute {
  return {
    path: "/bonuses/history",
    answer: async ({ body, request, reply }: IrpCall): Promise<FastifyReply> => {
      const identifier = customerNamed(body);
      const { programme } = await rules.current();
      const events =
        identifier === null || programme === null ? [] : await eventsOf(house, secrets, identifier);
      const bonuses = events.flatMap((event) => bonusOf(event, settings));
      request.canonical["outcome"] = "history";
      request.canonical["entries"] = bonuses.length;
      return reply.send({ bonuses });
    },
  };
}

async function eventsOf(house: House, secrets: Secrets, identifier: string): Promise<readonly PointsEvent[]> {
  const id = await house.database.read((tx) => customerOfIdentifier(tx, secrets, identifier));
  return id === null ? [] : findPointsHistory(house, id, { before: null, limit: MOST_ENTRIES });
}

/** Nothing for movements that left the customer with as much as before: held, given back, become active, merged. */
function bonusOf(event: PointsEvent, { dates, language }: BonusesSettings): Bonus[] {
  const change = event.pending + event.available + event.held;
  if (change === 0) return [];
  const shown = (at: number | null): string | number | null =>
    at === null || dates === "number" ? at : String(at);
  const word = (change > 0 ? CAME : WENT)[event.kind] ?? (change > 0 ? "added" : "removed");
  return [
    {
      added: Math.max(change, 0),
      expired: Math.max(-change, 0),
      definitionMessage: sentenceOf(WORDS[language][word], event.orderId),
      activationDate: shown(change > 0 ? (event.activeFrom ?? event.at) : event.at),
      expirationDate: shown(change > 0 ? event.expiresAt : null),
    },
  ];
}

function sentenceOf(words: string | readonly [string, string], orderId: string | null): string {
  if (typeof words === "string") return words;
  return orderId === null ? words[1] : `${words[0]} ${orderId}`;
}
