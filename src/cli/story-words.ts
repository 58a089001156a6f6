// What customers of an invented shop order and write: dishes, remarks and comments, without a name in them.

/** Why somebody is not content. */
export type Complaint = "cold" | "late" | "missing" | "portion" | "spilled";

/** Ready-made remarks, as the marketplace words them. */
export const REMARKS: Readonly<Record<Complaint, string>> = {
  cold: "Холодная еда",
  late: "Долгая доставка",
  missing: "Не хватает позиции",
  portion: "Маленькая порция",
  spilled: "Повреждена упаковка",
};

/** What people write of it: with one or two stars, and with three. */
export const COMPLAINTS: Readonly<
  Record<Complaint, { low: readonly string[]; middling: readonly string[] }>
> = {
  cold: {
    low: [
      "Привезли холодное, ждали полтора часа",
      "Суп приехал совсем холодным",
      "Пицца холодная, сыр застыл",
      "Всё остыло, пришлось греть",
      "Горячее было холодным, так нельзя",
    ],
    middling: ["Вкусно, но суп остыл", "Приехало чуть тёплым, холодный плов не то"],
  },
  late: {
    low: [
      "Опоздали на час и не предупредили",
      "Курьер опоздал на сорок минут",
      "Везли почти два часа, опоздали к обеду",
      "Долго везли, курьер не отвечал",
    ],
    middling: ["Всё вкусно, только опоздали", "Долго везли, но извинились"],
  },
  missing: {
    low: ["Забыли половину заказа", "Не положили приборы, хотя просили", "Забыли морс и хлеб"],
    middling: ["Забыли соус", "Не положили салфетки"],
  },
  portion: {
    low: ["Порция меньше, чем раньше, а цена выше", "Порция на один укус"],
    middling: ["Порция стала меньше"],
  },
  spilled: {
    low: ["Суп пролился, пакет мокрый", "Крышка открылась, всё в пакете"],
    middling: ["Немного пролился соус"],
  },
};

/** What content people write; most write nothing. */
export const PRAISE: Readonly<Record<4 | 5, readonly string[]>> = {
  4: ["Хорошо", "Всё как надо, чуть остыло", "Вкусно, спасибо", "", "", ""],
  5: [
    "Отлично, спасибо!",
    "Быстро и вкусно",
    "Как всегда на высоте",
    "Лучшая выпечка в районе",
    "Курьер вежливый, всё горячее",
    "",
    "",
    "",
    "",
  ],
};

/** Dishes with their prices, roubles. */
export const DISHES: readonly { readonly name: string; readonly price: number }[] = [
  { name: "Суп дня", price: 290 },
  { name: "Борщ с говядиной", price: 360 },
  { name: "Пельмени домашние", price: 420 },
  { name: "Плов с бараниной", price: 480 },
  { name: "Пицца с грибами", price: 640 },
  { name: "Паста с песто", price: 510 },
  { name: "Салат с печёной свёклой", price: 330 },
  { name: "Сырники со сметаной", price: 350 },
  { name: "Пирог с яблоком", price: 260 },
  { name: "Хлеб гречишный", price: 140 },
  { name: "Морс клюквенный", price: 180 },
  { name: "Какао", price: 210 },
];

/** Dishes that are to be eaten hot. */
export const HOT: readonly number[] = [0, 1, 3, 4];

/** How people sign their orders. */
export const CUSTOMER_NAMES: readonly string[] = [
  "Анна К.",
  "Борис Л.",
  "Варвара С.",
  "Глеб Н.",
  "Дарья М.",
  "Егор П.",
  "Жанна Т.",
  "Иван Р.",
  "Ксения В.",
  "Лев Д.",
  "Марфа К.",
  "Никита Ф.",
  "Олеся Г.",
  "Пётр Ж.",
  "Рита З.",
  "Степан Ю.",
];
