// Conditions on the customer: known, segment, tier, birthday window, number of the order, money spent in a period.
import { type Minor, type Points, parseDecimal } from "../money/index.ts";
import type { AuthoredReader } from "./authored.ts";
import type { Check } from "./check.ts";
import { boundsOf } from "./condition-goods.ts";
import type { CustomerFacts } from "./facts.ts";
import type { CustomerCondition } from "./promotion.ts";
import type { Situation } from "./situation.ts";

type Test = (customer: CustomerFacts, situation: Situation) => boolean;

const DAY = 86_400_000;

/** All keys given must hold; of an anonymous cart only `known: false` does. */
export function compileCustomer(customer: CustomerCondition, path: string, reader: AuthoredReader): Check {
  const tests = [...plainTests(customer), ...countedTests(customer, path, reader)];
  const { known } = customer;
  const needed = neededOf(customer);
  if (known === false && tests.length > 0) reader.problem(path, "known: false stands alone");
  return {
    path,
    kind: "customer",
    dependsOn: "nothing",
    isRising: true,
    children: [],
    test: (situation) => {
      const facts = situation.facts.customer;
      if (known !== undefined && (facts !== null) !== known) return false;
      return tests.length === 0 || (facts !== null && tests.every((test) => test(facts, situation)));
    },
    needed: () => needed,
    actual: ({ facts }) => (facts.customer === null ? "anonymous" : "known"),
    remedies: (situation) =>
      situation.facts.customer === null && known !== false
        ? [{ kind: "customer", customer: welcomeCustomer(customer, situation) }]
        : [],
  };
}

/** A customer of whom the condition speaks: who it is that may sign in. */
function welcomeCustomer(
  { segments, tiers, birthday, orderNumber, spent }: CustomerCondition,
  situation: Situation,
): CustomerFacts {
  const today = new Date(situation.clock().day * DAY)
    .toISOString()
    .slice("YYYY-".length, "YYYY-MM-DD".length);
  const least = (value: number | string | undefined): number => parseDecimal(value ?? 0, 2) ?? 0;
  return {
    id: "",
    segments: segments?.slice(0, 1) ?? [],
    tier: tiers?.[0] ?? null,
    birthday: birthday === undefined ? null : today,
    orderCount: orderNumber === undefined ? null : Math.max(0, (orderNumber.atLeast ?? 1) - 1),
    balance: 0 as Points,
    spent: spent === undefined ? {} : { [spent.days]: least(spent.atLeast) as Minor },
  };
}

function neededOf(customer: CustomerCondition): string {
  return Object.entries(customer)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
    .join("; ");
}

function plainTests({ segments, tiers, birthday }: CustomerCondition): Test[] {
  const tests: Test[] = [];
  if (segments !== undefined) {
    const wanted = new Set(segments);
    tests.push((facts) => facts.segments.some((segment) => wanted.has(segment)));
  }
  if (tiers !== undefined) {
    const wanted = new Set(tiers);
    tests.push((facts) => facts.tier !== null && wanted.has(facts.tier));
  }
  if (birthday !== undefined) {
    tests.push((facts, situation) =>
      isNearBirthday(facts.birthday, birthday.daysBefore, birthday.daysAfter, situation),
    );
  }
  return tests;
}

function countedTests(
  { orderNumber, spent }: CustomerCondition,
  path: string,
  reader: AuthoredReader,
): Test[] {
  const tests: Test[] = [];
  if (orderNumber !== undefined) {
    const at = `${path}.orderNumber`;
    const { least, most } = boundsOf(orderNumber, at, reader, (value, where) =>
      reader.count(Number(value), where, 0),
    );
    tests.push((facts) => {
      const number = facts.orderCount === null ? Number.NaN : facts.orderCount + 1;
      return number >= least && number <= most;
    });
  }
  if (spent !== undefined) {
    const { least, most } = boundsOf(spent, `${path}.spent`, reader, (value, where) =>
      reader.roubles(value, where),
    );
    const days = reader.count(spent.days, `${path}.spent.days`);
    tests.push((facts) => {
      const sum = facts.spent[days] ?? 0;
      return sum >= least && sum <= most;
    });
  }
  return tests;
}

/** 29 February counts as 28 in years without it. */
function isNearBirthday(
  birthday: string | null,
  before: number,
  after: number,
  situation: Situation,
): boolean {
  const match = /^(?:\d{4}-)?(\d{2})-(\d{2})$/.exec(birthday ?? "");
  if (match === null) return false;
  const [month, date] = [Number(match[1]), Number(match[2])];
  const { day, year } = situation.clock();
  for (const candidate of [year - 1, year, year + 1]) {
    const hasLeap = new Date(Date.UTC(candidate, 1, 29)).getUTCMonth() === 1;
    const shown = month === 2 && date === 29 && !hasLeap ? 28 : date;
    const feast = Date.UTC(candidate, month - 1, shown) / DAY;
    if (day >= feast - before && day <= feast + after) return true;
  }
  return false;
}
