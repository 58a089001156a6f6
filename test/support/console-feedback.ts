// Feedback for tests that look at the desk in a browser: told over HTTP as the marketplace tells it.
import { CREDENTIALS, eatsToken } from "./server.ts";

/** What a customer says of an order. */
export interface ToldFeedback {
  readonly id: string;
  readonly orderId: string;
  readonly rating: number;
  readonly comment?: string;
  readonly preset?: string;
  readonly placeId?: string;
  readonly name?: string;
  /** Roubles. */
  readonly total?: number;
  readonly dishes?: readonly string[];
  /** Minutes from taken to delivered. */
  readonly minutes?: number;
  /** ms UTC; left out: two hours ago. */
  readonly at?: number;
}

/** Tells it; throws when it is not taken. */
export async function tellFeedback(url: string, all: readonly ToldFeedback[]): Promise<void> {
  const token = await eatsToken(url);
  for (const [index, told] of all.entries()) {
    const answer = await fetch(`${url}/yandex-eats/v1/feedback`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify(bodyOf(told, index)),
    });
    if (!answer.ok) throw new Error(`the feedback was answered ${answer.status}: ${await answer.text()}`);
  }
}

function bodyOf(told: ToldFeedback, index: number): object {
  const { minutes = 27, at = Date.now() - 7_200_000, total = 1240, dishes = ["Суп дня"] } = told;
  const text = (ms: number): string => new Date(ms).toISOString();
  return {
    feedback: {
      id: told.id,
      createdAt: text(at),
      eatsId: `261104-${String(40_718_000 + index)}`,
      orderId: told.orderId,
      predefinedComment: told.preset ?? "",
      comment: told.comment ?? "",
      restaurantId: told.placeId ?? "lesnaya-12",
      rating: told.rating,
      takenAt: text(at - 3_600_000),
      deliveredAt: text(at - 3_600_000 + minutes * 60_000),
    },
    orderInfo: {
      createdAt: text(at - 5_400_000),
      platform: "YE",
      discriminator: "yandex",
      deliveryInfo: { clientName: told.name ?? "Марфа К." },
      paymentInfo: { total },
      items: dishes.map((name, place) => ({
        id: `dish-${place}`,
        name,
        quantity: 1,
        price: Math.round(total / dishes.length),
        modifications: [],
      })),
      comment: "",
    },
  };
}

/** A week of an outlet as people write. */
export const ORDINARY_FEEDBACK: readonly ToldFeedback[] = [
  {
    id: "f-1",
    orderId: "POS-501",
    rating: 2,
    comment: "Суп приехал холодный, курьер опоздал на сорок минут. Хлеб хороший.",
    preset: "Холодная еда",
    dishes: ["Суп дня", "Хлеб гречишный", "Морс клюквенный"],
    minutes: 71,
    name: "Марфа К.",
  },
  {
    id: "f-2",
    orderId: "POS-502",
    rating: 5,
    comment: "Всё быстро и вкусно, спасибо!",
    placeId: "sadovaya-3",
    dishes: ["Пицца с грибами"],
  },
  { id: "f-3", orderId: "POS-503", rating: 1, comment: "Положили не тот заказ", total: 3480, minutes: 44 },
  { id: "f-4", orderId: "POS-504", rating: 4, placeId: "zarechnaya-7", dishes: ["Пельмени"], total: 690 },
  {
    id: "f-5",
    orderId: "POS-505",
    rating: 3,
    comment: "Нормально, но порция стала меньше",
    placeId: "sadovaya-3",
    total: 980,
  },
];

/** The management API as the server's own administrator calls it. */
export async function apiOf<Answer>(
  url: string,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${CREDENTIALS.apiToken}`,
      "content-type": "application/json",
      ...(method === "POST" ? { "idempotency-key": crypto.randomUUID() } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
