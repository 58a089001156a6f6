// Weeks of feedback for screens: a branch that is worse, one that is better, one of which too little is known, and an alarm.
import { instant } from "../../src/core/basics/index.ts";
import { type House, writeOutlet } from "../../src/flows/index.ts";
import { migrate, openDatabase, raiseAlarm } from "../../src/storage/index.ts";
import { appSays, marketplaceSays } from "./desk-channels.ts";
import { houseOver } from "./house.ts";
import type { ServerPlace } from "./server.ts";

const DAY_MS = 86_400_000;
const MOSCOW_MS = 3 * 3_600_000;

/** Branches with so many ratings a day, every so manieth of them low; the small one has five in all, every one of one star. */
export const HISTORY = {
  worse: { id: "lesnaya", name: "Лесная, 12", perDay: 6, lowEvery: 3 },
  better: { id: "mira", name: "Мира, 4", perDay: 6, lowEvery: 25 },
  small: { id: "zavod", name: "Заводская, 1", ratings: 5 },
  days: 40,
} as const;

const WORDS = ["Суп приехал холодным", "Всё вовремя", null, null] as const;
const DISHES = [["Суп дня"], ["Пирог"], ["Суп дня", "Пирог"], ["Салат"]] as const;

/** Tells it to a place before its server starts; gives the id of the alarm. */
export async function tellHistory(place: ServerPlace): Promise<string> {
  const database = await openDatabase({ url: place.databaseUrl });
  await migrate(database, 0);
  const now = Date.now();
  // Noon in Moscow: whatever the hour of the run, every evening belongs to the day that is meant.
  const today = Math.floor((now + MOSCOW_MS) / DAY_MS) * DAY_MS - MOSCOW_MS + DAY_MS / 2;
  const house: House = houseOver(database, instant(now));
  for (const { id, name } of [HISTORY.worse, HISTORY.better, HISTORY.small]) {
    const nothing = { city: null, timezone: null, pickupPointId: null };
    await writeOutlet(house, { id, name, yandexEatsId: id, ...nothing });
  }
  let number = 0;
  const say = async (placeId: string, ago: number, rating: number): Promise<void> => {
    number += 1;
    const at = today - ago * DAY_MS - (number % 6) * 1_800_000;
    const dishes = [...(DISHES[number % 4] ?? [])];
    const words = { comment: WORDS[number % 4] ?? null, dishes };
    const past: House = { ...house, now: () => instant(at) };
    await marketplaceSays(past, { orderId: `h-${number}`, rating, placeId, createdAt: at, ...words });
    if (number % 5 === 0) await appSays(past, { orderId: `a-${number}`, rating: number % 15 === 0 ? 3 : 5 });
    if (number % 9 === 0) await appSays(past, { orderId: `w-${number}`, rating: null });
  };
  for (let ago = HISTORY.days; ago > 0; ago -= 1) {
    for (const { id, perDay, lowEvery } of [HISTORY.worse, HISTORY.better]) {
      for (let turn = 0; turn < perDay; turn += 1) {
        const isLow = (ago * perDay + turn) % lowEvery === 0;
        await say(id, ago, isLow ? 1 + (turn % 2) : 4 + (turn % 2));
      }
    }
  }
  for (let ago = 1; ago <= HISTORY.small.ratings; ago += 1) await say(HISTORY.small.id, ago, 1);
  const id = house.newId();
  const day = (ago: number): number =>
    Number(new Date(today - ago * DAY_MS).toISOString().slice(0, 10).replaceAll("-", ""));
  const counts = { since: day(9), day: day(3), low: 17, of: 42, odds: 90_000, falsePerYear: 0.25 };
  const evidence = { ...counts, baseline: { share: 0.18, perDay: 6 } };
  const alarm = {
    id,
    rule: "trend",
    place: HISTORY.worse.id,
    source: "yandex-eats",
    evidence,
    raisedAt: house.now(),
  };
  await database.transaction((tx) => raiseAlarm(tx, alarm as Parameters<typeof raiseAlarm>[1]));
  await database.close();
  return id;
}
