// Calculations: lists, and one explained.
import { calculationCalls, type PromotionNames, verdictShown } from "../../contract/index.ts";
import { foldCode, type Verdict } from "../../core/pricing/index.ts";
import {
  doubtText,
  explain,
  explanationText,
  findCalculations,
  findCalculationsWithVerdict,
  readCalculation,
} from "../../flows/index.ts";
import { calculationShown } from "./calculation-shown.ts";
import { cursorOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";
import { onlyOfStores } from "./stores.ts";

const listCalculations = route(calculationCalls.listCalculations, async ({ house, rules, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const after = wish.after === null ? null : placeOf(wish.after);
  if (after === undefined) return refuse("bad_cursor");
  const [from, until] = [query.from, query.until].map((text) =>
    text === undefined ? undefined : Date.parse(text),
  );
  if (Number.isNaN(from) || Number.isNaN(until)) return refuse("invalid_request");
  const filter = {
    ...onlyOfStores(caller),
    ...(query.requestId === undefined ? {} : { id: query.requestId }),
    ...(query.orderId === undefined ? {} : { orderId: query.orderId }),
    ...(query.outletId === undefined ? {} : { outlet: query.outletId }),
    ...(query.customerId === undefined ? {} : { customerId: query.customerId }),
    ...(query.code === undefined ? {} : { code: foldCode(query.code) }),
    ...(query.channel === undefined ? {} : { channel: query.channel }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
    ...(after === null ? {} : { after }),
  };
  const { promotionId } = query;
  const { items, next } =
    promotionId === undefined
      ? await findCalculations(house, filter, wish.limit)
      : await findCalculationsWithVerdict(
          house,
          rules,
          filter,
          promotionId,
          Math.min(wish.limit, calculationCalls.VERDICTS_PAGE),
        );
  const { byId } = (await rules.current()).rules;
  return {
    items: items.map((item) => ({
      id: item.id,
      at: shown(item.at),
      channel: item.channel === "seller" ? ("seller" as const) : ("app" as const),
      customerId: item.customerId,
      code: item.code,
      rulesVersion: item.rulesVersion,
      lineCount: item.lines,
      totalMinor: item.totalMinor,
      discountMinor: item.discountMinor,
      outletId: item.outletId,
      verdict: shownVerdict(item, byId),
    })),
    nextCursor: next === null ? null : cursorOf(`${next.at} ${next.id}`),
  };
});

function shownVerdict(
  item: { readonly id: string; readonly verdict?: Verdict | null },
  names: PromotionNames,
) {
  return item.verdict === undefined || item.verdict === null ? null : verdictShown(item.verdict, names);
}

/** Where a page ended; undefined for what is none of ours. */
function placeOf(text: string): { at: number; id: string } | undefined {
  const match = /^(\d{1,16}) (.+)$/s.exec(text);
  return match === null ? undefined : { at: Number(match[1]), id: match[2] as string };
}

const getCalculation = route(
  calculationCalls.getCalculation,
  async ({ house, rules, book, language, params, query }) => {
    // It is written a moment after the cart was answered: whoever asks at once waits for that moment.
    const found = (await readCalculation(house, rules, params.calculationId)) ?? (await afterFlush());
    if (found === null) return refuse("not_found");
    const shelved = (await rules.ofVersion(found.rules.version)) ?? (await rules.current());
    const names = shelved.rules.byId;
    const told = query.language ?? language;
    return {
      ...calculationShown(found, shelved.rules),
      explanation: `${doubtText(found, told)}${explanationText(explain(found.quote, names, told), told)}`,
    };

    async function afterFlush() {
      if (book.waiting === 0) return null;
      await book.flush();
      return readCalculation(house, rules, params.calculationId);
    }
  },
);

/** Routes of the tag "calculations". */
export const calculationRoutes = [listCalculations, getCalculation];
