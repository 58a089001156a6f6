// Items of the desk that notices are about.
import type { House } from "../../src/flows/index.ts";
import { type DeskRecord, insertDeskItem } from "../../src/storage/index.ts";

/** An item of one star under that id, which is its order's, too. */
export function itemAt(house: House, id: string, comment: string | null = null): Promise<DeskRecord> {
  return house.database.transaction((tx) =>
    insertDeskItem(
      tx,
      {
        id,
        source: "app",
        orderId: id,
        sourceOrderId: null,
        branchId: null,
        rating: 1,
        wasAsked: false,
        comment,
        preset: null,
        totalMinor: null,
        customerId: null,
        day: 20_251_121,
        receivedAt: house.now(),
        takenAt: null,
        deliveredAt: null,
        lateMs: null,
        revision: 1,
        stems: "",
        dishes: [],
      },
      { state: "new", dueAt: null },
    ),
  );
}
