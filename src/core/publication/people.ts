// A customer and surroundings that meet all demands on them, or the proof that there can be none.
import type { Points } from "../money/index.ts";
import type { Cart, CustomerFacts, Zone } from "../pricing/index.ts";
import type { Clause, Demand, DemandOf, Place, Span } from "./clauses.ts";

/** Everything of a cart but its goods. */
export type Surroundings = Pick<
  Cart,
  | "channel"
  | "outletId"
  | "employeeId"
  | "city"
  | "deliveryMethod"
  | "paymentMethod"
  | "pickupPoint"
  | "isEarlyAccess"
>;

/** Who and where, or the demands that nobody meets. */
export type PersonFound =
  | { readonly kind: "found"; readonly customer: CustomerFacts | null; readonly surroundings: Surroundings }
  | { readonly kind: "never"; readonly paths: readonly string[] };

/** Never written by an author, so it meets what is only excluded. */
const STRANGE = "\u0001";

const pathsOf = (demands: readonly Demand[]): readonly string[] => [
  ...new Set(demands.map(({ path }) => path)),
];

function ofKind<Kind extends Demand["kind"]>(clause: Clause, kind: Kind): DemandOf<Kind>[] {
  return clause.filter((demand): demand is DemandOf<Kind> => demand.kind === kind);
}

/** Somebody somewhere at moment `at` who meets the clause. */
export function findPerson(clause: Clause, at: number, zone: Zone): PersonFound {
  const known = ofKind(clause, "known");
  if (known.some(({ is }) => is) && known.some(({ is }) => !is))
    return { kind: "never", paths: pathsOf(known) };
  const customer = customerOf(clause, at, zone);
  if ("kind" in customer) return customer;
  const found = surroundingsOf(clause);
  if ("kind" in found) return found;
  return { kind: "found", customer: known.some(({ is }) => is) ? customer : null, surroundings: found };
}

type Never = Extract<PersonFound, { kind: "never" }>;

const never = (demands: readonly Demand[]): Never => ({ kind: "never", paths: pathsOf(demands) });

function customerOf(clause: Clause, at: number, zone: Zone): CustomerFacts | Never {
  const segments = ofKind(clause, "segments");
  const out = new Set(segments.flatMap(({ is, wanted }) => (is ? [] : wanted)));
  const own: string[] = [];
  for (const { is, wanted } of segments) {
    const fitting = wanted.find((segment) => !out.has(segment));
    if (!is) continue;
    if (fitting === undefined) return never(segments);
    own.push(fitting);
  }
  const tiers = ofKind(clause, "tiers");
  const tier = [null, ...tiers.flatMap(({ wanted }) => wanted)].find((each) =>
    tiers.every(({ is, wanted }) => (each !== null && wanted.includes(each)) === is),
  );
  if (tier === undefined) return never(tiers);
  const birthday = birthdayOf(ofKind(clause, "birthday"), at, zone);
  if (birthday === undefined) return never(ofKind(clause, "birthday"));
  const orders = ofKind(clause, "orderNumber");
  const number = orderNumberOf(orders);
  if (number === undefined) return never(orders);
  const spent: Record<number, never> = {};
  for (const { days } of ofKind(clause, "spent")) {
    const demands = ofKind(clause, "spent").filter((each) => each.days === days);
    const sum = lowestWithin(
      demands.map(({ span }) => span),
      0,
    );
    if (sum === null) return never(demands);
    spent[days] = sum as never;
  }
  const orderCount = number === null ? null : number - 1;
  return { id: "gate", segments: own, tier, birthday, orderCount, balance: 0 as Points, spent };
}

/** The number of the order: null: not known; undefined: there is none. */
function orderNumberOf(orders: readonly DemandOf<"orderNumber">[]): number | null | undefined {
  const spans = orders.flatMap(({ span }) => (span === null ? [] : [span]));
  if (spans.length === 0) return orders.length === 0 ? 1 : null;
  if (spans.length < orders.length) return undefined;
  return lowestWithin(spans, 1) ?? undefined;
}

/** The lowest whole number from `start` on in all spans; null: there is none. */
function lowestWithin(spans: readonly Span[], start: number): number | null {
  const least = Math.max(start, ...spans.map((span) => Math.ceil(span.least)));
  return spans.every((span) => least <= span.most) ? least : null;
}

const DAY = 86_400_000;

/** A birthday as MM-DD, null where none is asked for; undefined: there is none. */
function birthdayOf(
  demands: readonly DemandOf<"birthday">[],
  at: number,
  zone: Zone,
): string | null | undefined {
  if (!demands.some(({ is }) => is)) return null;
  const { day } = zone.wallClock(at);
  // Days from now to the feast, half a year around: a birthday comes once a year.
  for (let step = 0; step <= 366; step += 1) {
    const offset = step % 2 === 0 ? step / 2 : -(step + 1) / 2;
    const isMet = demands.every(({ is, before, after }) => (offset >= -after && offset <= before) === is);
    // The opposite side of the year is left alone: there leap years and both ends of wide windows meet.
    if (!isMet && Math.abs(offset) < 150) continue;
    const feast = new Date((day + offset) * DAY).toISOString().slice(5, 10);
    if (isMet) return feast;
    if (demands.some(({ before, after }) => before > 140 || after > 140)) return feast;
  }
  return undefined;
}

const FIELDS = {
  channels: "channel",
  outlets: "outletId",
  employees: "employeeId",
  delivery: "deliveryMethod",
  payment: "paymentMethod",
  pickupPoints: "pickupPoint",
} as const satisfies Readonly<Record<Place, keyof Surroundings>>;

const METHODS: readonly Place[] = ["delivery", "payment", "pickupPoints"];

function surroundingsOf(clause: Clause): Surroundings | Never {
  const found: Record<string, unknown> = {};
  for (const place of Object.keys(FIELDS) as Place[]) {
    const demands = ofKind(clause, "place").filter((each) => each.place === place);
    const value = placeOf(demands, place);
    if (value === undefined) return never(demands);
    found[FIELDS[place]] = value;
  }
  const early = ofKind(clause, "earlyAccess");
  const wishes = new Set(early.map(({ wanted, is }) => wanted === is));
  if (wishes.size > 1) return never(early);
  const cities = ofKind(clause, "cities");
  const city = cityOf(cities);
  if (city === null) return never(cities);
  return { ...(found as unknown as Surroundings), city, isEarlyAccess: wishes.has(true) };
}

/** One value that all demands on the place meet; undefined: there is none. */
function placeOf(demands: readonly DemandOf<"place">[], place: Place): string | null | undefined {
  const named = demands.flatMap(({ wanted }) => wanted);
  const strange = place === "channels" ? [] : [null, STRANGE];
  // Senders may put a source before a method's id; such a spelling meets the id alone, too.
  const sourced = METHODS.includes(place) ? named.map((id) => `${STRANGE}/${id}`) : [];
  const candidates = place === "channels" ? ["app", "seller"] : [...strange, ...named, ...sourced];
  return candidates.find((value) =>
    demands.every(({ is, wanted }) => isOneOf(value, wanted, METHODS.includes(place)) === is),
  );
}

/** True when the value meets the list. */
export function isOneOf(value: string | null, wanted: readonly string[], isMethod: boolean): boolean {
  if (value === null) return false;
  if (wanted.includes(value)) return true;
  return isMethod && value.includes("/") && wanted.includes(value.slice(value.indexOf("/") + 1));
}

const fold = (name: string): string => name.trim().toLowerCase().replaceAll("ё", "е");

/** KLADR codes name a place and all within it; the zero parts at their end say nothing. */
function stemOf(code: string): string {
  const match = /^(\d{2})(\d{3})(\d{3})(\d{3})/.exec(code);
  if (match === null) return code;
  const parts = match.slice(1);
  while (parts.length > 1 && /^0+$/.test(parts.at(-1) as string)) parts.pop();
  return parts.join("");
}

/** A city that all demands meet: its name, KLADR and FIAS are taken as independent; null: there is none. */
function cityOf(demands: readonly DemandOf<"cities">[]): Surroundings["city"] | null {
  const lists = demands.map(({ cities }) => cities);
  const stems = lists.flatMap(({ kladr = [] }) => kladr.map(stemOf));
  const candidates = {
    name: [null, ...lists.flatMap(({ names = [] }) => names)],
    kladr: [null, ...stems.map((stem) => `${stem}${STRANGE}`), ...lists.flatMap(({ kladr = [] }) => kladr)],
    fias: [null, ...lists.flatMap(({ fias = [] }) => fias)],
  };
  const isMet = (city: Surroundings["city"]): boolean =>
    demands.every(({ is, cities: { names = [], kladr = [], fias = [] } }) => {
      const isNamed = city.name !== null && names.map(fold).includes(fold(city.name));
      const isWithin = kladr.some((code) => city.kladr?.startsWith(stemOf(code)) ?? false);
      return (isNamed || isWithin || (city.fias !== null && fias.includes(city.fias))) === is;
    });
  const tried = candidates.name.length * candidates.kladr.length * candidates.fias.length;
  for (const name of candidates.name)
    for (const kladr of candidates.kladr)
      for (const fias of candidates.fias) {
        const city = { name, kladr, fias };
        // Long lists are taken as possible rather than tried to the end.
        if (tried > 20_000 || isMet(city)) return city;
      }
  return null;
}
