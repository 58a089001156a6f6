// Answers in a test: feedback that can be answered, a marketplace that misbehaves on wish, and a sender that is looked at by hand.
import { instant } from "../../src/core/basics/index.ts";
import { formatMoment } from "../../src/core/feedback/index.ts";
import { draftAnswer, type House, receiveFeedback, sendAnswer } from "../../src/flows/index.ts";
import { AnswerSender } from "../../src/jobs/index.ts";
import { EatsAnswerClient, type EatsAnswerOptions } from "../../src/outbound/index.ts";
import {
  answerById,
  type Database,
  type DeskRecord,
  deskItem,
  type StoredAnswer,
  saveOutlet,
} from "../../src/storage/index.ts";

/** The pair that stand-ins know. */
export const PAIR = { clientId: "vmi-client", clientSecret: "vmi-secret-canary" };

/** What a feedback is told by. */
export interface FeedbackWish {
  readonly id?: string | null;
  readonly rating?: number;
  readonly placeId?: string;
  readonly name?: string;
  /** Roubles; null: not told. */
  readonly total?: number | null;
  readonly orderId?: string;
  /** Before now, ms. */
  readonly ageMs?: number;
  readonly comment?: string;
}

let counter = 0;

/** Takes a feedback in; gives its record's id and its id at the source. */
export async function giveFeedback(
  house: House,
  wish: FeedbackWish = {},
): Promise<{ readonly itemId: string; readonly feedbackId: string | null }> {
  counter += 1;
  const feedbackId = wish.id === undefined ? String(904_000_000 + counter) : wish.id;
  const at = instant(house.now() - (wish.ageMs ?? 3_600_000));
  const moment = { at, micros: 0, text: formatMoment(at, 0), offsetMinutes: 0 };
  const receipt = await receiveFeedback(
    house,
    {
      channel: "yandex-eats",
      route: "feedback",
      clientId: "c",
      requestId: `r-${counter}`,
      contentType: "application/json",
      body: Buffer.from(`{"n":${counter}}`),
    },
    {
      kind: "usable",
      warnings: [],
      content: {
        sourceId: feedbackId,
        sourceOrderId: `261104-${String(40_000_000 + counter)}`,
        orderId: wish.orderId ?? `own-${counter}`,
        placeId: wish.placeId ?? "lesnaya-12",
        rating: wish.rating ?? 2,
        createdAt: moment,
        deliveredAt: null,
        takenAt: null,
        comment: wish.comment ?? "Суп был холодный",
        presetComment: null,
        order: {
          createdAt: null,
          comment: null,
          platform: null,
          deliveryKind: null,
          customerName: wish.name ?? "Анна К.",
          total: wish.total === undefined ? 1000 : wish.total,
          items: [{ id: "d-1", name: "Суп дня", quantity: 1, price: 400, modifications: [] }],
        },
      },
    },
  );
  return { itemId: receipt.itemId as string, feedbackId };
}

/** The outlet that feedback of tests is about. */
export function openOutlet(database: Database, id = "lesnaya-12", name = "Лесная"): Promise<unknown> {
  return database.transaction((tx) =>
    saveOutlet(tx, { id, name, city: null, timezone: null, yandexEatsId: null, pickupPointId: null }),
  );
}

/** Drafts and sends an answer with all warnings confirmed; throws where it is kept back. */
export async function letGo(
  house: House,
  itemId: string,
  more: { readonly text?: string; readonly promo?: number | null } = {},
): Promise<StoredAnswer> {
  const text = more.text ?? "Спасибо, мы поговорили со сменой.";
  const wish = { itemId, text, templateId: null, promoPercent: more.promo ?? null, actor: "t-1" };
  const drafted = await draftAnswer(house, wish);
  if (drafted.kind !== "drafted") throw new Error(`no draft: ${drafted.reason}`);
  const { id, version } = drafted.answer;
  const confirmed = drafted.remarks.map(({ check }) => check);
  const sent = await sendAnswer(house, { answerId: id, version, confirmed, actor: "t-1", role: "admin" });
  if (sent.kind !== "queued") throw new Error(`not queued: ${JSON.stringify(sent)}`);
  return sent.answer;
}

/** An answer as it is now. */
export async function answerNow(house: House, id: string): Promise<StoredAnswer> {
  const found = await house.database.read((tx) => answerById(tx, id));
  if (found === null) throw new Error(`no answer ${id}`);
  return found;
}

/** An item as it is now. */
export async function itemNow(house: House, id: string): Promise<DeskRecord> {
  const found = await house.database.read((tx) => deskItem(tx, id));
  if (found === null) throw new Error(`no item ${id}`);
  return found;
}

/** A client of a stand-in. */
export function clientOf(url: string, options: EatsAnswerOptions = {}): EatsAnswerClient {
  const settings = { vmiUrl: url, ...PAIR, grantType: "client_credentials", scope: "", headers: {} };
  return new EatsAnswerClient(settings, options);
}

/** A sender to be looked at by hand: pauses of the whole sender are passed over at every look. */
export function senderOf(house: House, client: EatsAnswerClient): AnswerSender {
  let clock = 0;
  const sender = new AnswerSender(
    house,
    client,
    {
      failed: (_job, error) => {
        throw error;
      },
    },
    () => {
      clock += 0.001;
      return clock;
    },
  );
  const look = sender.look.bind(sender);
  sender.look = () => {
    clock += 3_600_000;
    return look();
  };
  return sender;
}
