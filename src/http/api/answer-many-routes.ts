// Answers to many at once: looked at text by text, and sent.
import { answerManyCalls } from "../../contract/index.ts";
import {
  type ApiCaller,
  answerMany,
  type House,
  type ManyAnswered,
  type ManyRefused,
  type ManyWish,
  previewMany,
  undoMany,
} from "../../flows/index.ts";
import { actorOf, remarksShown } from "./answer-routes.ts";
import { filterOf } from "./desk-routes.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shownOrNull } from "./route.ts";

/** Items of a call that does not say how many. */
const USUAL = 100;

interface Asked {
  readonly house: House;
  readonly caller: ApiCaller;
  readonly body: {
    readonly filter: string;
    readonly zone?: string;
    readonly itemIds?: readonly string[];
    readonly text?: string | null;
    readonly templateId?: string | null;
    readonly confirmed?: readonly string[];
    readonly after?: string;
    readonly most?: number;
  };
}

/** What is asked, kept to the caller's outlets and to the items that were named. */
function wishOf({ house, caller, body }: Asked): ManyWish | Refusal {
  const filter = filterOf(house, body.filter, body.zone, caller, "/body/filter");
  if (filter instanceof Refusal) return filter;
  const { itemIds, text = null, templateId = null, confirmed = [], after = "0", most = USUAL } = body;
  const number = Number(after);
  if (!Number.isSafeInteger(number))
    return refuse("invalid_request", undefined, [{ path: "/body/after", message: "is none that was given" }]);
  return {
    ...actorOf(caller),
    filter,
    itemIds: itemIds ?? null,
    text,
    templateId,
    confirmed,
    after: number,
    most,
  };
}

function shownMany(done: ManyAnswered | ManyRefused) {
  if (done === "unknown_template")
    return refuse("answer_refused", undefined, [{ path: "/body/templateId", message: "is no template" }]);
  if (done === "text_too_long")
    return refuse("answer_refused", undefined, [
      { path: "/body/text", message: "is too long once it is filled in" },
    ]);
  return {
    sent: done.entries.filter(({ reason }) => reason === null).length,
    entries: done.entries.map(({ item, text, remarks, reason, answer: made }) => ({
      itemId: item.id,
      orderId: item.orderId,
      branchId: item.branchId,
      rating: item.rating,
      text,
      remarks: remarksShown(remarks),
      reason,
      answerId: made?.id ?? null,
      sendAt: shownOrNull(made?.sendAt ?? null),
    })),
    next: done.next === null ? null : String(done.next),
  };
}

/** Routes of answers to many. */
export const answerManyRoutes = [
  route(answerManyCalls.previewManyAnswers, async (asked) => {
    const wish = wishOf(asked);
    return wish instanceof Refusal ? wish : shownMany(await previewMany(asked.house, wish));
  }),
  route(answerManyCalls.sendManyAnswers, async (asked) => {
    const wish = wishOf(asked);
    return wish instanceof Refusal ? wish : shownMany(await answerMany(asked.house, wish));
  }),
  route(answerManyCalls.undoManyAnswers, async ({ house, body, caller }) => {
    const { tokenId: actor, stores } = caller;
    const entries = await undoMany(house, { ...body, actor, stores });
    return {
      takenBack: entries.filter(({ isTakenBack }) => isTakenBack).length,
      entries: entries.map(({ answerId, isTakenBack }) => ({ answerId, isTakenBack })),
    };
  }),
];
