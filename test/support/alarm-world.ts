// Alarms of the desk without the weeks of ratings that raise them.
import type { House } from "../../src/flows/index.ts";
import { keepWatch, muteWatch, raiseAlarm } from "../../src/storage/index.ts";

/** An open alarm of a place, as a bad week raises it. */
export async function alarmAt(house: House, place: string): Promise<string> {
  const id = house.newId();
  const baseline = { share: 0.1, perDay: 9 };
  const counts = { since: 20260101, day: 20260107, low: 30, of: 63, odds: 1e6, falsePerYear: 0.25 };
  const evidence = { ...counts, baseline };
  const raisedAt = house.now();
  await house.database.transaction((tx) =>
    raiseAlarm(tx, { id, rule: "trend", place, source: "yandex-eats", evidence, raisedAt }),
  );
  return id;
}

/** The place raises no alarms for a while. */
export async function mutedAt(house: House, place: string): Promise<void> {
  const until = house.now() + 7 * 86_400_000;
  await house.database.transaction(async (tx) => {
    await keepWatch(tx, place, "yandex-eats", { through: 20260107, sum: 0, risingSince: null });
    await muteWatch(tx, place, "yandex-eats", until);
  });
}
