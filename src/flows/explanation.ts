// A quote told to a person: what each line costs and why, what each promotion did or what it lacks. Plain text in columns.
import { formatDecimal } from "../core/money/index.ts";
import type {
  FailedCondition,
  LineProblem,
  Notice,
  Quote,
  QuoteLine,
  Unlock,
  Verdict,
} from "../core/pricing/index.ts";
import { type ExplanationWords, type Language, words } from "./explanation-words.ts";
import { table } from "./text-table.ts";

/** Names of promotions by id, as the rules hold them. */
export type PromotionNames = ReadonlyMap<
  string,
  { readonly name: { readonly ru: string; readonly en: string } }
>;

/** A whole explanation, by part; each part is lines of text. */
export interface Explanation {
  readonly lines: readonly string[];
  readonly totals: readonly string[];
  readonly steps: readonly string[];
  readonly verdicts: readonly string[];
  readonly offered: readonly string[];
  readonly notices: readonly string[];
}

/** Explains `quote` in the shop's language. */
export function explain(quote: Quote, names: PromotionNames, language: Language): Explanation {
  const teller = new Teller(names, language);
  return {
    lines: teller.lines(quote),
    totals: teller.totals(quote),
    steps: teller.steps(quote),
    verdicts: teller.verdicts(quote),
    offered: teller.offered(quote),
    notices: [...quote.notices, ...quote.lines.flatMap((line) => line.notices)].map((each) =>
      teller.notice(each),
    ),
  };
}

/** The explanation as one text, its parts under headings; parts with nothing to tell are left out. */
export function explanationText(explanation: Explanation, language: Language): string {
  const { headings } = words[language];
  const part = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ["", heading, ...lines];
  return [
    ...explanation.lines,
    "",
    ...explanation.totals,
    ...part(headings.steps, explanation.steps),
    ...part(headings.verdicts, explanation.verdicts),
    ...part(headings.offered, explanation.offered),
    ...part(headings.notices, explanation.notices),
  ].join("\n");
}

/** "1 249.90": kopecks as roubles with thin groups of three, a dot in English and a comma in Russian. */
export function roublesText(kopecks: number, language: Language): string {
  const [whole = "", fraction = ""] = formatDecimal(kopecks, 2).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, " ");
  return `${grouped}${language === "ru" ? "," : "."}${fraction}`;
}

/** "0.7" for 700 thousandths. */
export function quantityText(thousandths: number, language: Language): string {
  const text = formatDecimal(thousandths, 3).replace(/\.?0+$/, "");
  return language === "ru" ? text.replace(".", ",") : text;
}

class Teller {
  readonly #names: PromotionNames;
  readonly #language: Language;
  readonly #words: ExplanationWords;

  constructor(names: PromotionNames, language: Language) {
    this.#names = names;
    this.#language = language;
    this.#words = words[language];
  }

  lines(quote: Quote): string[] {
    const { columns } = this.#words;
    const heading = [
      columns.goods,
      columns.price,
      columns.quantity,
      columns.gross,
      columns.discount,
      columns.total,
    ];
    const rows = quote.lines.flatMap((line) => [
      [
        this.#goods(line),
        this.#money(line.price),
        quantityText(line.quantity, this.#language),
        this.#money(line.gross),
        line.discount === 0 ? "" : this.#money(-line.discount),
        this.#money(line.total),
      ],
      ...line.discounts.map(({ promotionId, amount }) => [
        `    ${this.#promotion(promotionId)}`,
        "",
        "",
        "",
        this.#money(-amount),
        "",
      ]),
    ]);
    return table([heading, ...rows], [1, 2, 3, 4, 5]);
  }

  totals(quote: Quote): string[] {
    const { totals, code } = this.#words;
    const rows = [
      [totals.gross, this.#money(quote.gross)],
      [totals.discount, this.#money(-quote.discount)],
      [totals.total, this.#money(quote.total)],
    ];
    if (quote.points !== null) {
      rows.push(
        [totals.maySpend, String(quote.points.maySpend)],
        [totals.willEarn, String(quote.points.willEarn)],
      );
      if (quote.points.spending > 0) rows.push([totals.spending, String(quote.points.spending)]);
    }
    if (quote.code !== null) rows.push([`${totals.code} ${quote.code.entered}`, code[quote.code.state]]);
    const { isOptimal, gapMinor } = quote.proof;
    rows.push([totals.proof, isOptimal ? this.#words.best : this.#words.notProven(this.#money(gapMinor))]);
    return table(rows, [1]);
  }

  steps(quote: Quote): string[] {
    const { columns } = this.#words;
    const rows = quote.steps.map((step) => [
      String(step.layer),
      this.#promotion(step.promotionId),
      this.#money(step.before),
      this.#money(-step.amount),
      this.#money(step.after),
    ]);
    if (rows.length === 0) return [];
    return table(
      [[columns.layer, columns.promotion, columns.before, columns.discount, columns.after], ...rows],
      [0, 2, 3, 4],
    );
  }

  verdicts(quote: Quote): string[] {
    const rows = quote.verdicts.map((verdict) => [
      verdict.kind === "applied" ? "+" : "·",
      verdict.promotionId,
      this.#name(verdict.promotionId),
      this.#verdict(verdict),
    ]);
    return table(rows, []);
  }

  offered(quote: Quote): string[] {
    const { offer, columns } = this.#words;
    const rows = quote.offered.flatMap(({ group, promotions }) =>
      promotions.map((promotion) => [
        promotion.isChosen ? offer.chosen : "",
        group,
        this.#promotion(promotion.promotionId),
        this.#money(promotion.totalIfTaken),
        [...promotion.gifts, ...promotion.giftOptions]
          .map(({ offerId, quantity }) => `${offerId} × ${quantityText(quantity, this.#language)}`)
          .join(", "),
      ]),
    );
    if (rows.length === 0) return [];
    return table([["", columns.group, columns.promotion, offer.total, offer.gifts], ...rows], [3]);
  }

  notice(notice: Notice): string {
    const text = notice.text?.[this.#language];
    const missing = notice.amountMinor === undefined ? "" : `${this.#money(notice.amountMinor)} ₽`;
    if (text !== undefined) return text.replaceAll("{missing}", missing);
    const about = notice.promotionId === undefined ? "" : `: ${this.#promotion(notice.promotionId)}`;
    return `${this.#words.notices[notice.code]}${about}`;
  }

  #goods(line: QuoteLine): string {
    const name = line.name ?? line.offerId ?? this.#words.unknownGoods;
    if (line.problem !== null) return `${name} (${this.#problem(line.problem)})`;
    if (!line.selected) return `${name} (${this.#words.putAside})`;
    return line.giftUnits > 0 ? `${name} (${this.#words.free(line.giftUnits)})` : name;
  }

  #problem(problem: LineProblem): string {
    if (problem.kind === "short_stock")
      return this.#words.shortStock(quantityText(problem.left, this.#language));
    if (problem.kind === "too_many") return this.#words.tooMany(quantityText(problem.limit, this.#language));
    return this.#words.problems[problem.kind];
  }

  #verdict(verdict: Verdict): string {
    if (verdict.kind === "applied") {
      const gifts = verdict.gifts > 0 ? [this.#words.gifts(verdict.gifts)] : [];
      const money = verdict.amount > 0 ? [this.#money(-verdict.amount)] : [];
      return [this.#words.applied, ...money, ...gifts].join(" ");
    }
    const { reasons, winner } = this.#words;
    const parts = [reasons[verdict.reason]];
    if (verdict.failed !== undefined) parts.push(this.#failed(verdict.failed));
    if (verdict.winnerId !== undefined) parts.push(winner(this.#promotion(verdict.winnerId)));
    if (verdict.differenceMinor !== undefined)
      parts.push(this.#words.dearer(this.#money(verdict.differenceMinor)));
    const saysItself = verdict.reason === "code_not_entered" || verdict.reason === "not_chosen";
    if (verdict.unlock !== undefined && !saysItself) parts.push(`→ ${this.#unlock(verdict.unlock)}`);
    return parts.join("; ");
  }

  #failed(failed: FailedCondition): string {
    const show = (value: string | number | null): string => this.#value(failed.kind, value);
    return this.#words.failed(failed.path, show(failed.needed), show(failed.actual));
  }

  #value(kind: string, value: string | number | null): string {
    if (value === null) return this.#words.nothing;
    if (typeof value === "string") return value;
    if (kind === "dates") return new Date(value).toISOString();
    return kind === "sum" ? this.#money(value) : String(value);
  }

  #unlock(unlock: Unlock): string {
    const { unlocks } = this.#words;
    if (unlock.kind === "add_sum") return unlocks.addSum(this.#money(unlock.amountMinor));
    if (unlock.kind === "add_quantity") return unlocks.addQuantity(String(unlock.quantity));
    if (unlock.kind === "add_goods") return unlocks.addGoods(String(unlock.count));
    return unlocks[unlock.kind];
  }

  #promotion(id: string): string {
    return `${id} ${this.#name(id)}`.trimEnd();
  }

  #name(id: string): string {
    return this.#names.get(id)?.name[this.#language] ?? "";
  }

  #money(kopecks: number): string {
    return roublesText(kopecks, this.#language);
  }
}
