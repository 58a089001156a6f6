// When one promotion's conditions follow from another's: demand by demand, claiming nothing that is not certain.
import type { GoodsBook } from "./catalogue.ts";
import type { Clause, Demand } from "./clauses.ts";
import { isPartOfDay } from "./moments.ts";

/** True when whoever meets any of `from` meets one of `to`, from the moment `now` on. */
export function followFrom(
  to: readonly Clause[],
  from: readonly Clause[],
  book: GoodsBook,
  now: number,
): boolean {
  return from.every((given) =>
    to.some((wanted) =>
      wanted.every((demand) => given.some((each) => follows(demand, each, book, now)) || isFree(demand, now)),
    ),
  );
}

/** True when the demand asks for nothing from now on. */
function isFree(demand: Demand, now: number): boolean {
  return demand.kind === "dates" && demand.from <= now && demand.until === Number.POSITIVE_INFINITY;
}

/** True when meeting `given` certainly meets `wanted`. */
function follows(wanted: Demand, given: Demand, book: GoodsBook, now: number): boolean {
  switch (wanted.kind) {
    case "goods":
      return given.kind === "goods" && goodsFollow(wanted, given, book);
    case "dates":
      return (
        given.kind === "dates" &&
        Math.max(wanted.from, now) <= Math.max(given.from, now) &&
        wanted.until >= given.until
      );
    case "hours":
      return given.kind === "hours" && given.is && wanted.is && isPartOfDay(given, wanted);
    case "birthday":
      return (
        given.kind === "birthday" &&
        given.is &&
        wanted.is &&
        given.before <= wanted.before &&
        given.after <= wanted.after
      );
    case "orderNumber":
      return (
        given.kind === "orderNumber" &&
        given.span !== null &&
        wanted.span !== null &&
        isInside(given.span, wanted.span)
      );
    case "spent":
      return given.kind === "spent" && given.days === wanted.days && isInside(given.span, wanted.span);
    case "known":
      return given.kind === "known" && given.is === wanted.is;
    case "segments":
    case "tiers":
      return given.kind === wanted.kind && listsFollow(wanted, given);
    case "weekdays":
      return given.kind === "weekdays" && listsFollow(wanted, given);
    case "place":
      return given.kind === "place" && given.place === wanted.place && listsFollow(wanted, given);
    case "earlyAccess":
      return given.kind === "earlyAccess" && (given.wanted === given.is) === (wanted.wanted === wanted.is);
    case "cities":
      return (
        given.kind === "cities" &&
        given.is === wanted.is &&
        JSON.stringify(given.cities) === JSON.stringify(wanted.cities)
      );
    default:
      return false;
  }
}

interface Range {
  readonly least: number;
  readonly most: number;
}

function isInside(inner: Range, outer: Range): boolean {
  return inner.least >= outer.least && inner.most <= outer.most;
}

type GoodsDemand = Extract<Demand, { kind: "goods" }>;

/** More of fewer goods is at least as much of more goods; money before a layer is never above list money. */
function goodsFollow(wanted: GoodsDemand, given: GoodsDemand, book: GoodsBook): boolean {
  const hasLeast = wanted.span.least !== Number.NEGATIVE_INFINITY;
  const hasMost = wanted.span.most !== Number.POSITIVE_INFINITY;
  const isSame = given.measure === wanted.measure;
  const least =
    !hasLeast ||
    ((isSame || (wanted.measure === "list" && given.measure === "left")) &&
      given.span.least >= wanted.span.least &&
      book.isWithin(given.of, wanted.of));
  const most =
    !hasMost ||
    ((isSame || (wanted.measure === "left" && given.measure === "list")) &&
      given.span.most <= wanted.span.most &&
      book.isWithin(wanted.of, given.of));
  return least && most;
}

interface Listed {
  readonly wanted: readonly (string | number)[];
  readonly is: boolean;
}

/** Of a list only what both say in the same way is compared. */
function listsFollow(wanted: Listed, given: Listed): boolean {
  if (wanted.is !== given.is) return false;
  const [inner, outer] = wanted.is ? [given.wanted, wanted.wanted] : [wanted.wanted, given.wanted];
  return inner.every((each) => outer.includes(each));
}
