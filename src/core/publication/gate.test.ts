// The gate finds what people get wrong, and leaves alone what they get right.
import { expect, test } from "vitest";
import { exampleOffers, exampleText } from "../../../test/support/example-world.ts";
import { FAULTS, withFault } from "../../../test/support/rule-faults.ts";
import {
  CATEGORIES,
  cleanWorld,
  DELIVERY,
  Dice,
  KINDS,
  OUTLETS,
  type RuleWorld,
  TODAY,
  worldOf,
  ZONE,
} from "../../../test/support/rule-sets.ts";
import { offer } from "../../../test/support/shop.ts";
import { read } from "../../../test/tidy/tree.ts";
import { problemLine, readPromotions } from "../../flows/index.ts";
import { instant } from "../basics/index.ts";
import { compileRules, type PromotionDocument, price } from "../pricing/index.ts";
import { analysePublication, FINDING_CODES, type Finding, type PublicationReport } from "./index.ts";

const CLEAN_SETS = 500;
const SETS_PER_FAULT = 10;
const SEED = 20_261_122;

function reportOf(world: RuleWorld): PublicationReport {
  const compiled = compileRules(world.set, ZONE);
  const rules = compiled.kind === "compiled" ? compiled.rules : null;
  const names = { outlets: OUTLETS, delivery: DELIVERY };
  return analysePublication({ ...world, rules, timeZone: ZONE, names, today: instant(TODAY) });
}

const isNamed = ({ promotionIds }: Finding): boolean => promotionIds.includes("fault");

test("at most 2 % of sets that nothing is wrong with are flagged", { timeout: 120_000 }, () => {
  const flagged = Array.from({ length: CLEAN_SETS }, (_, index) => reportOf(cleanWorld(SEED + index))).filter(
    ({ findings, notAnalysed }) => findings.length + notAnalysed.length > 0,
  );
  expect(flagged.map(({ findings }) => findings.map(({ code }) => code))).toHaveLength(0);
  expect(flagged.length / CLEAN_SETS).toBeLessThanOrEqual(0.02);
});

test("there are more than 50 kinds of mistakes, and every code of the gate is among them", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(50);
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  const elsewhere = ["code_share_zero", "kit_above_cheapest", "kit_part_empty", "kit_too_dear", "steps_twin"];
  const tried = new Set<string>([
    ...FAULTS.map(({ code }) => code),
    ...elsewhere,
    "table_codes_lost",
    "table_codes_unused",
    "case_differs",
  ]);
  expect(FINDING_CODES.filter((code) => !tried.has(code))).toEqual([]);
});

test.each(FAULTS.map((each) => [each.name, each] as const))(
  "found in every set: %s",
  { timeout: 60_000 },
  (_, mistake) => {
    for (let index = 0; index < SETS_PER_FAULT; index += 1) {
      const clean = cleanWorld(SEED + index);
      const { findings } = reportOf(withFault(clean, mistake, new Dice(index)));
      const own = findings.filter(({ code }) => code === mistake.code);
      expect(own.some(isNamed), `${mistake.code} in set ${SEED + index}`).toBe(true);
      for (const { message, suggestion } of own)
        for (const text of [message.ru, message.en, suggestion.ru, suggestion.en])
          expect(text.length > 0 && !text.includes("undefined"), text).toBe(true);
    }
  },
);

test("a gate that finds nothing, and one that flags everything, would be caught", () => {
  const [mistake] = FAULTS;
  const clean = cleanWorld(SEED);
  if (mistake === undefined) throw new Error("no mistakes");
  expect(reportOf(withFault(clean, mistake, new Dice(1))).findings.some(isNamed)).toBe(true);
  expect(reportOf(clean).findings.some(isNamed)).toBe(false);
});

test("the worlds of the examples and every example of the document are clean", async () => {
  const demo = [...(await exampleOffers("demo-world")).values()];
  const texts = ["demo-world", "irp-samples-world"].map((world) => exampleText(`${world}/promotions.yaml`));
  const [, ...sections] = read("docs/promotions.md").text.split(/^### /m);
  const examples = sections.flatMap(
    (section) => /```yaml\n(promotions:[\s\S]*?)```/.exec(section)?.[1] ?? [],
  );
  expect(examples.length).toBeGreaterThanOrEqual(6);
  for (const text of [...texts, ...examples]) {
    const set = readPromotions(text, ZONE);
    if (set.kind === "refused") throw new Error(set.problems.map(problemLine).join("; "));
    const offers = text === texts[1] ? [...(await exampleOffers("irp-samples-world")).values()] : demo;
    const { findings } = reportOf({ ...worldOf(set.document, offers), settings: {} });
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([]);
  }
});

test("a witness of a stack is a cart that costs what the finding says", () => {
  const mistake = FAULTS.find(({ code }) => code === "below_floor");
  if (mistake === undefined) throw new Error("no such mistake");
  const world = withFault(cleanWorld(SEED + 3), mistake, new Dice(3));
  const compiled = compileRules(world.set, ZONE);
  if (compiled.kind === "refused") throw new Error("does not compile");
  const found = reportOf(world).findings.find((each) => each.code === "below_floor" && isNamed(each));
  if (!found?.witness) throw new Error("no witness");
  const { cart, customer, at, total } = found.witness;
  const offers = new Map(world.catalogue.offers.map((each) => [each.id, each]));
  const quote = price(
    cart,
    compiled.rules,
    { offers, customer, code: null, limits: new Map(), programme: null },
    at,
  );
  expect(quote.total).toBe(total);
  expect(quote.discount).toBeGreaterThan(0);
  expect(Number(found.actual)).toBeLessThan(Number(found.needed));
});

test("the document lists every finding with its severity", () => {
  const { text } = read("docs/promotions.md");
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (error|warning) +\|/gm)].map(([, code]) => code);
  expect(rows).toEqual(FINDING_CODES);
});

test("500 promotions on 10,000 goods are analysed with bounded work", { timeout: 120_000 }, () => {
  const dice = new Dice(7);
  const sections = Array.from({ length: 300 }, (_, index) => `c${index}`);
  const offers = Array.from({ length: 10_000 }, (_, index) =>
    offer(`o${index}`, dice.whole(50, 9000), { categoryIds: [dice.pick(sections)] }),
  );
  const names = Object.keys(KINDS);
  const promotions = Array.from({ length: 500 }, (_, index): PromotionDocument => {
    const draft = (KINDS[names[index % names.length] as string] as (typeof KINDS)[string])(dice, `p${index}`);
    const text = JSON.stringify(draft).replaceAll(
      new RegExp(`"(${CATEGORIES.join("|")})"`, "g"),
      () => `"${dice.pick(sections)}"`,
    );
    return {
      ...(JSON.parse(text) as Omit<PromotionDocument, "id" | "name">),
      id: `p${index}`,
      name: "Акция",
    };
  });
  const report = reportOf({ ...worldOf({ promotions }, offers), settings: { lowestShareBps: 3000 } });
  expect(report.notAnalysed).toMatchObject([{ reason: "too_much_work" }]);
  expect(report.findings.length).toBeGreaterThan(0);
});
