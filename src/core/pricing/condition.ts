// Conditions compiled to checks: each key of an authored condition becomes a test of the cart's surroundings.
import type { AuthoredReader } from "./authored.ts";
import { type Check, dependenceOf, type Remedy } from "./check.ts";
import { compileCustomer } from "./condition-customer.ts";
import { compileDistinct, compileQuantity, compileSum } from "./condition-goods.ts";
import type { Condition } from "./promotion.ts";
import type { Situation } from "./situation.ts";

/** The check of one condition; a mistake is put to the reader and the check then never holds. */
export function compileCondition(condition: Condition, path: string, reader: AuthoredReader): Check {
  const keys = Object.keys(condition);
  if (keys.length !== 1) {
    reader.problem(path, "a condition has exactly one key");
    return unknownCheck(path);
  }
  if ("sum" in condition) return compileSum(condition.sum, `${path}.sum`, reader);
  if ("quantity" in condition) return compileQuantity(condition.quantity, `${path}.quantity`, reader);
  if ("distinctGoods" in condition)
    return compileDistinct(condition.distinctGoods, `${path}.distinctGoods`, reader);
  if ("customer" in condition) return compileCustomer(condition.customer, `${path}.customer`, reader);
  return (
    compilePlace(condition, path) ??
    compileTime(condition, path, reader) ??
    compileNested(condition, path, reader)
  );
}

const never = (): boolean => false;
const nothing = (): null => null;
const NO_REMEDIES: readonly Remedy[] = [];

/** Stands in for what could not be read; the set is refused, so it is never asked. */
function unknownCheck(path: string): Check {
  return simpleCheck(path, "unknown", never, null, nothing);
}

/** A check that depends on nothing a discount could change. */
export function simpleCheck(
  path: string,
  kind: string,
  test: (situation: Situation) => boolean,
  needed: string | number | null,
  actual: (situation: Situation) => string | number | null,
): Check {
  const none: readonly Check[] = [];
  return {
    path,
    kind,
    dependsOn: "nothing",
    isRising: true,
    children: none,
    test,
    needed: () => needed,
    actual,
    remedies: () => NO_REMEDIES,
  };
}

function oneOf(
  path: string,
  kind: string,
  wanted: readonly string[],
  read: (situation: Situation) => string | null,
): Check {
  const set = new Set(wanted);
  return simpleCheck(
    `${path}.${kind}`,
    kind,
    (situation) => {
      const value = read(situation);
      return value !== null && set.has(value);
    },
    wanted.join(", "),
    read,
  );
}

/** A method id as sent, or the part after the first slash, as some senders put a source before it. */
function methodOf(id: string | null, wanted: ReadonlySet<string>): boolean {
  if (id === null) return false;
  return wanted.has(id) || (id.includes("/") && wanted.has(id.slice(id.indexOf("/") + 1)));
}

function method(
  path: string,
  kind: string,
  wanted: readonly string[],
  read: (s: Situation) => string | null,
): Check {
  const set = new Set(wanted);
  return simpleCheck(`${path}.${kind}`, kind, (s) => methodOf(read(s), set), wanted.join(", "), read);
}

function compilePlace(condition: Condition, path: string): Check | null {
  if ("channels" in condition) return oneOf(path, "channels", condition.channels, (s) => s.cart.channel);
  if ("outlets" in condition) return oneOf(path, "outlets", condition.outlets, (s) => s.cart.outletId);
  if ("employees" in condition)
    return oneOf(path, "employees", condition.employees, (s) => s.cart.employeeId);
  if ("pickupPoints" in condition)
    return method(path, "pickupPoints", condition.pickupPoints, (s) => s.cart.pickupPoint);
  if ("delivery" in condition)
    return method(path, "delivery", condition.delivery, (s) => s.cart.deliveryMethod);
  if ("payment" in condition) return method(path, "payment", condition.payment, (s) => s.cart.paymentMethod);
  if ("earlyAccess" in condition) {
    const wanted = condition.earlyAccess;
    return simpleCheck(
      `${path}.earlyAccess`,
      "earlyAccess",
      (s) => s.cart.isEarlyAccess === wanted,
      String(wanted),
      (s) => String(s.cart.isEarlyAccess),
    );
  }
  return "cities" in condition ? compileCities(condition.cities, `${path}.cities`) : null;
}

function compileCities(cities: Extract<Condition, { cities: unknown }>["cities"], path: string): Check {
  const fold = (name: string): string => name.trim().toLowerCase().replaceAll("ё", "е");
  const names = new Set((cities.names ?? []).map(fold));
  const kladr = (cities.kladr ?? []).map(kladrStem);
  const fias = new Set(cities.fias ?? []);
  const wanted = [...(cities.names ?? []), ...(cities.kladr ?? []), ...(cities.fias ?? [])].join(", ");
  return simpleCheck(
    path,
    "cities",
    ({ cart: { city } }) =>
      (city.name !== null && names.has(fold(city.name))) ||
      (city.kladr !== null && kladr.some((stem) => (city.kladr ?? "").startsWith(stem))) ||
      (city.fias !== null && fias.has(city.fias)),
    wanted,
    ({ cart: { city } }) => city.name ?? city.kladr ?? city.fias,
  );
}

/** A KLADR code is region 2, area 3, city 3, settlement 3, relevance 2 digits; zero parts at the end mean "all within". */
function kladrStem(code: string): string {
  const match = /^(\d{2})(\d{3})(\d{3})(\d{3})/.exec(code);
  if (match === null) return code;
  const parts = match.slice(1);
  while (parts.length > 1 && /^0+$/.test(parts[parts.length - 1] ?? "")) parts.pop();
  return parts.join("");
}

function compileTime(condition: Condition, path: string, reader: AuthoredReader): Check | null {
  if ("weekdays" in condition) {
    const test = weekdayTest(condition.weekdays, `${path}.weekdays`, reader);
    return simpleCheck(
      `${path}.weekdays`,
      "weekdays",
      test,
      condition.weekdays.join(", "),
      (s) => s.clock().weekday,
    );
  }
  if ("hours" in condition) {
    const { from, to } = condition.hours;
    const test = hoursTest(from, to, `${path}.hours`, reader);
    return simpleCheck(`${path}.hours`, "hours", test, `${from}–${to}`, (s) => clockText(s.clock().minute));
  }
  if (!("dates" in condition)) return null;
  const { from, until } = condition.dates;
  const start = from === undefined ? Number.NEGATIVE_INFINITY : reader.moment(from, `${path}.dates.from`);
  const end = until === undefined ? Number.POSITIVE_INFINITY : reader.moment(until, `${path}.dates.until`);
  const text = `${from ?? ""}–${until ?? ""}`;
  return simpleCheck(
    `${path}.dates`,
    "dates",
    (s) => s.at >= start && s.at < end,
    text,
    (s) => s.at,
  );
}

function clockText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** The test of weekdays, 1 Monday to 7 Sunday, in the shop's zone. */
export function weekdayTest(
  weekdays: readonly number[],
  path: string,
  reader: AuthoredReader,
): (situation: Situation) => boolean {
  if (weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) {
    reader.problem(path, "weekdays are 1 (Monday) to 7 (Sunday)");
  }
  const wanted = new Set(weekdays);
  return (situation) => wanted.has(situation.clock().weekday);
}

/** The test of a part of the day in the shop's zone; `to` is exclusive, and earlier than `from` goes over midnight. */
export function hoursTest(
  from: string,
  to: string,
  path: string,
  reader: AuthoredReader,
): (situation: Situation) => boolean {
  const start = reader.minute(from, `${path}.from`);
  const end = reader.minute(to, `${path}.to`);
  if (start <= end) return (s) => s.clock().minute >= start && s.clock().minute < end;
  return (s) => s.clock().minute >= start || s.clock().minute < end;
}

function compileNested(condition: Condition, path: string, reader: AuthoredReader): Check {
  if ("not" in condition) {
    const inner = compileCondition(condition.not, `${path}.not`, reader);
    return nested(`${path}.not`, "not", [inner], (s, money) => !inner.test(s, money));
  }
  if ("any" in condition) {
    const children = condition.any.map((each, index) =>
      compileCondition(each, `${path}.any[${index}]`, reader),
    );
    return nested(`${path}.any`, "any", children, (s, money) => children.some((c) => c.test(s, money)));
  }
  if ("all" in condition) {
    const children = condition.all.map((each, index) =>
      compileCondition(each, `${path}.all[${index}]`, reader),
    );
    return nested(`${path}.all`, "all", children, (s, money) => children.every((c) => c.test(s, money)));
  }
  reader.problem(path, `unknown condition "${Object.keys(condition).join()}"`);
  return unknownCheck(path);
}

function nested(path: string, kind: "not" | "any" | "all", children: Check[], test: Check["test"]): Check {
  const dependsOn = dependenceOf(children);
  return {
    path,
    kind,
    dependsOn,
    isRising: dependsOn === "nothing" || (kind !== "not" && children.every((child) => child.isRising)),
    children,
    test,
    needed: () => null,
    actual: () => null,
    // Any one child is enough for "any"; of "all" whatever mends one failing child may mend the others, which is tried.
    remedies: (situation, money) =>
      kind === "not"
        ? NO_REMEDIES
        : children.flatMap((child) =>
            child.test(situation, money) ? NO_REMEDIES : child.remedies(situation, money),
          ),
  };
}
