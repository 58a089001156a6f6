// Orders as files for spreadsheets and other systems: a table with a row for each order, or a JSON text a line with everything.
import { formatDecimal } from "../core/money/index.ts";
import type { OrderContact, StoredOrder } from "../storage/index.ts";
import { SHEET_MARK, safeCell, sheetRow } from "./csv-cell.ts";
import { findOrders, type OrderView, type OrderWish } from "./find-orders.ts";
import type { House } from "./house.ts";
import { orderAmounts } from "./order-amounts.ts";

/** Which orders, and whether with the people who bought. */
export interface ExportedOrders extends Omit<OrderWish, "after" | "skip" | "limit"> {
  /** Names, phones, addresses: only where they were asked for. */
  readonly hasContacts: boolean;
  /** Of the table's heading; en where it is left out. */
  readonly language?: "ru" | "en";
}

/** Orders of one read. */
const PIECE = 500;

const RUSSIAN_HEADING = [
  "номер",
  "оформлен",
  "изменён",
  "статус",
  "покупатель",
  "приложение",
  "торговая точка",
  "продавец",
  "общая корзина",
  "промокод",
  "единиц",
  "без скидок",
  "скидка",
  "сумма",
  "из неё баллами",
  "списано баллов",
  "начислится баллов",
  "доставка",
  "вернули товаров на",
  "возвращено денег",
  "оплачен",
  "оценка",
];

const HEADING = [
  "id",
  "placed",
  "updated",
  "status",
  "customer",
  "channel",
  "outlet",
  "employee",
  "group",
  "code",
  "units",
  "gross",
  "discount",
  "total",
  "by points",
  "points spent",
  "points earned",
  "delivery",
  "returned",
  "refunded",
  "paid",
  "rating",
];

const CONTACT_FIELDS = [
  "name",
  "phone",
  "email",
  "city",
  "address",
  "recipientName",
  "recipientPhone",
  "comment",
] as const satisfies readonly (keyof OrderContact)[];

const RUSSIAN_CONTACT_HEADING = [
  "имя",
  "телефон",
  "почта",
  "город",
  "адрес",
  "получатель",
  "телефон получателя",
  "комментарий",
];

const CONTACT_HEADING = [
  "name",
  "phone",
  "email",
  "city",
  "address",
  "recipient",
  "recipient's phone",
  "comment",
];

/** Pages of orders, newest first: an order placed meanwhile moves no other from its place. */
async function* pagesOf(house: House, wish: ExportedOrders): AsyncGenerator<readonly OrderView[]> {
  const { hasContacts: _, language: _language, ...which } = wish;
  for (let after: OrderWish["after"]; ; ) {
    const page = await findOrders(house, {
      ...which,
      ...(after === undefined ? {} : { after }),
      limit: PIECE,
    });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = { placedAt: last.order.placedAt ?? 0, id: last.order.id };
  }
}

/** A CSV for spreadsheets, in pieces; amounts in roubles with a comma, cells that would be computed only shown. */
export async function* ordersTable(house: House, wish: ExportedOrders): AsyncGenerator<string> {
  const [heading, contacts] =
    wish.language === "ru" ? [RUSSIAN_HEADING, RUSSIAN_CONTACT_HEADING] : [HEADING, CONTACT_HEADING];
  yield `${SHEET_MARK}${sheetRow([...heading, ...(wish.hasContacts ? contacts : [])])}`;
  for await (const page of pagesOf(house, wish))
    yield page.map((view) => sheetRow(cellsOf(view, wish.hasContacts))).join("");
}

function cellsOf(view: OrderView, hasContacts: boolean): string[] {
  const { order, lines, contact, stars } = view;
  const texts = [order.status, order.customerId, order.channel, order.outletId, order.employeeId];
  const units = lines.reduce((sum, { frozen }) => sum + frozen.quantity, 0);
  return [
    safeCell(order.id),
    moment(order.placedAt),
    moment(order.updatedAt),
    ...[...texts, order.groupId, order.code].map((text) => safeCell(text ?? "")),
    formatDecimal(units, 3)
      .replace(/\.?0+$/, "")
      .replace(".", ","),
    ...[order.grossMinor, order.discountMinor, order.totalMinor, order.byPointsMinor].map(roubles),
    ...[order.pointsSpent, order.pointsEarned].map((points) => (points === null ? "" : String(points))),
    ...[order.deliveryMinor, order.returnedMinor, order.refundedMinor].map(roubles),
    order.isPaid === null ? "" : String(order.isPaid),
    stars === null ? "" : String(stars),
    ...(hasContacts ? CONTACT_FIELDS.map((field) => safeCell(contact?.[field] ?? "")) : []),
  ];
}

function moment(at: number | null): string {
  return at === null ? "" : new Date(at).toISOString();
}

function roubles(amount: number | null): string {
  return amount === null ? "" : formatDecimal(amount, 2).replace(".", ",");
}

/** One JSON text a line: the order in the names of our API, amounts in kopecks, with its lines and returns. */
export async function* orderLines(house: House, wish: ExportedOrders): AsyncGenerator<string> {
  for await (const page of pagesOf(house, wish))
    yield page.map((view) => `${JSON.stringify(told(view, wish.hasContacts))}\n`).join("");
}

function told({ order, lines, returns, contact, stars }: OrderView, hasContacts: boolean) {
  return {
    ...headOf(order),
    rating: stars,
    ...(hasContacts ? { contact } : {}),
    lines: lines.map(({ position, frozen }) => ({
      position,
      offerId: frozen.offerId,
      name: frozen.name,
      priceMinor: frozen.price,
      quantity: frozen.quantity,
      grossMinor: frozen.gross,
      discountMinor: frozen.discount,
      totalMinor: frozen.total,
      discounts: frozen.discounts.map(({ promotionId, amount }) => ({ promotionId, amountMinor: amount })),
    })),
    returns: returns.map((back) => ({
      id: back.id,
      at: moment(back.at),
      valueMinor: back.value,
      refundMinor: back.refund,
      pointsBack: back.spentBack,
      lines: back.lines.map(({ position, quantity, refund }) => ({
        position,
        quantity,
        refundMinor: refund,
      })),
    })),
  };
}

function headOf(order: StoredOrder) {
  return {
    id: order.id,
    isPlacedHere: order.number !== null,
    placedAt: order.placedAt === null ? null : moment(order.placedAt),
    updatedAt: order.updatedAt === null ? null : moment(order.updatedAt),
    status: order.status,
    customerId: order.customerId,
    channel: order.channel,
    outletId: order.outletId,
    employeeId: order.employeeId,
    groupId: order.groupId,
    code: order.code,
    ...orderAmounts(order),
    isPaid: order.isPaid === null ? null : order.isPaid === 1,
  };
}
