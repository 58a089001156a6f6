// Bodies of deliveries in few words, and the count of what they left.
import type { Database } from "../../../src/storage/index.ts";

/** What a test wants a delivery to say; the rest is canonical. */
export interface Words {
  readonly id?: string | null;
  readonly eatsId?: string;
  readonly createdAt?: string;
  readonly rating?: number;
  readonly comment?: string;
  readonly restaurantId?: string;
  readonly hasOrder?: boolean;
}

const ORDER = {
  createdAt: "2026-11-04T19:52:03.004511+03:00",
  comment: "",
  discriminator: "yandex",
  deliveryInfo: { clientName: "M." },
  paymentInfo: { total: 10.5 },
  items: [],
};

/** The body of a delivery that says so. */
export function body(words: Words): string {
  const { hasOrder = false, ...given } = words;
  const feedback = {
    createdAt: "2026-11-04T21:17:45.318204+03:00",
    eatsId: "261104-00000001",
    orderId: "POS-1",
    restaurantId: "lesnaya-12",
    rating: 5,
    deliveredAt: "2026-11-04T20:58:40+03:00",
    ...given,
  };
  return JSON.stringify(hasOrder ? { feedback, orderInfo: ORDER } : { feedback });
}

/** Records there are. */
export async function count(database: Database): Promise<number> {
  const rows = await database.read((tx) => tx.rows("select id from feedback_item"));
  return rows.length;
}
