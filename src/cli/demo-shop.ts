// The demo's shop as data: its places, its people, and the two things that are wrong with it.

const DAY = 86_400_000;

/** Days told by calls, the last of them yesterday; before them so many days come from a file of past feedback. */
export const DAYS = { lived: 28, imported: 32 } as const;

/** Days of the history. */
export const HISTORY_DAYS = DAYS.lived + DAYS.imported;

/** Places with the feedbacks that each has on a usual day. */
export const PLACES: Readonly<Record<string, number>> = {
  "lesnaya-12": 6,
  "sadovaya-3": 5,
  "polyanka-20": 5,
  "kamennaya-41": 5,
  "parkovaya-5": 4,
  "yarmarochnaya-9": 4,
  "zarechnaya-7": 5,
};

/** The place that went bad, and since how many days: its food comes late and cold. */
export const BAD_PLACE = { id: "zarechnaya-7", days: 7 } as const;

/** Whether what a place sends out on that day is late and cold. */
export function isBadAt(placeId: string, daysAgo: number): boolean {
  return placeId === BAD_PLACE.id && daysAgo <= BAD_PLACE.days;
}

/** The promotion that loses money: more than half of the dearest coffee's price, and people fill their cupboards with it. */
export const LOSER = {
  id: "coffee-clearance",
  offerId: "1202",
  percent: 60,
  /** Published so many days ago; ends in two days. */
  days: 9,
  /** Roubles. */
  budget: 150_000,
} as const;

/** The promotion as its author wrote it; `at` is when it was published, ms. */
export function loserDocument(at: number): object {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return {
    id: LOSER.id,
    name: { ru: "Распродажа: кофе 1 кг −60 %", en: "Clearance: coffee 1 kg −60 %" },
    scope: { offers: [LOSER.offerId] },
    schedule: { from: day(at), until: day(at + (LOSER.days + 2) * DAY) },
    then: [{ percent: LOSER.percent }],
    limits: { budget: LOSER.budget },
  };
}

/** People who work in the shop. */
export const STAFF = {
  agent: { login: "olga", name: "Ольга Седова", role: "agent", outlets: null },
  second: { login: "timur", name: "Тимур Ахметов", role: "branch_manager", outlets: null },
  marketer: { login: "vera", name: "Вера Лунина", role: "marketer", outlets: null },
  head: { login: "marina", name: "Марина Белова", role: "administrator", outlets: null },
  loyalty: { login: "pavel", name: "Павел Громов", role: "loyalty_manager", outlets: null },
} as const;

/** Topics that people put on what is written, each with a word by which it is found. */
export const TOPICS: readonly (readonly [topic: string, word: string])[] = [
  ["Холодная еда", "холодный"],
  ["Опоздание", "долгая"],
  ["Не хватает позиции", "не хватает"],
  ["Маленькая порция", "порция"],
  ["Упаковка", "упаковка"],
];

/** Hours of the day at which people order, each as often as it stands here. */
export const HOURS: readonly number[] = [
  9, 10, 11, 12, 12, 13, 13, 13, 14, 15, 17, 18, 18, 19, 19, 19, 20, 20, 21, 22,
];

/** Templates of answers. */
export const TEMPLATES = [
  {
    name: "Извинение за холодное",
    language: "ru",
    text: "Простите за остывшую еду. Мы поговорили с кухней и курьерами этой точки.",
    starsFrom: 1,
    starsTo: 3,
    topics: ["Холодная еда"],
  },
  {
    name: "Извинение за опоздание",
    language: "ru",
    text: "Простите за долгое ожидание. Разобрались, почему заказ задержался.",
    starsFrom: 1,
    starsTo: 3,
    topics: ["Опоздание"],
  },
  {
    name: "Спасибо",
    language: "ru",
    text: "Спасибо за добрые слова! Передали поварам.",
    starsFrom: 4,
    starsTo: 5,
    topics: [],
  },
] as const;

/** What people answer with, beside the templates. */
export const ANSWERS: readonly string[] = [
  "Простите за этот заказ. Разобрались с кухней: такого больше не повторится.",
  "Нам жаль, что так вышло. Спасибо, что рассказали: уже исправляем.",
  "Вы правы, так быть не должно. Мы поговорили со сменой.",
  "Спасибо, что написали. Проверили сборку заказов в этой точке.",
  "Извините за испорченный обед. Мы приняли меры.",
];

/** What people note for their colleagues. */
export const NOTES: readonly string[] = [
  "Позвонили на точку, разбираются.",
  "Смена подтвердила: заказ ждал курьера.",
  "Попросили фото чека и упаковки.",
];
