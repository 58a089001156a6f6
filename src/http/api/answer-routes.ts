// Answers to feedback: drafted, checked, sent, taken back, approved, decided on.
import { answerCalls, isAllowed } from "../../contract/index.ts";
import type { AnswerRemark, AnswerRole } from "../../core/desk/index.ts";
import { answerRoleOf } from "../../core/people/index.ts";
import {
  type AnswerDrafted,
  type AnswerMoved,
  type ApiCaller,
  approveAnswer,
  type DraftRefusal,
  type DraftWish,
  declineAnswer,
  draftAnswer,
  dropDraft,
  findAnswers,
  type MoveRefusal,
  offerAnswer,
  readAnswer,
  resolveAnswer,
  rewriteDraft,
  sendAnswer,
  undoAnswer,
} from "../../flows/index.ts";
import type { AnswerAttempt, StoredAnswer } from "../../storage/index.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

/** Whose ceiling holds: of people by their role; of tokens, who may set the rules is a manager. */
export function roleOf({ tokenId, scopes, person }: ApiCaller): AnswerRole {
  if (person !== null) return answerRoleOf(person.role, person.outlets) ?? "agent";
  if (tokenId === "setting") return "admin";
  return isAllowed(scopes, "answer-rules:write") ? "network_manager" : "agent";
}

/** Who acts, with the role that their ceiling hangs on. */
export const actorOf = (caller: ApiCaller) => ({ actor: caller.tokenId, role: roleOf(caller) });

const WHY_NOT_DRAFTED: {
  readonly [reason in DraftRefusal]: readonly [path: string, message: string] | null;
} = {
  not_found: null,
  not_answerable: ["/path/itemId", "came without an id of its source, so nobody can answer it"],
  unknown_template: ["/body/templateId", "is no template"],
  text_too_long: ["/body/text", "is too long once it is filled in"],
  promo_not_offered: ["/body/promo", "is not one of the percents that there are codes for"],
  too_many_answers: ["/path/itemId", "has as many answers as an item may have"],
  not_a_draft: null,
  stale: null,
};

function draftShown(drafted: AnswerDrafted) {
  if (drafted.kind === "drafted")
    return { ...answerShown(drafted.answer), remarks: remarksShown(drafted.remarks) };
  const { reason } = drafted;
  if (reason === "not_found") return refuse("not_found");
  if (reason === "not_a_draft") return refuse("answer_state");
  if (reason === "stale") return refuse("stale_version");
  const [path, message] = WHY_NOT_DRAFTED[reason] ?? ["/body", reason];
  return refuse("answer_refused", undefined, [{ path, message }]);
}

const WHY_NOT_MOVED = {
  not_found: "not_found",
  wrong_state: "answer_state",
  stale: "stale_version",
  not_fit: "stale_version",
  same_person: "same_person",
  above_ceiling: "above_ceiling",
} as const satisfies { readonly [reason in MoveRefusal]: string };

function movedShown(moved: AnswerMoved) {
  if (moved.kind === "refused") return refuse(WHY_NOT_MOVED[moved.reason]);
  if (moved.kind !== "kept_back") return answerShown(moved.answer);
  return refuse(
    "answer_kept_back",
    undefined,
    moved.remarks.map(({ check, level }) => ({
      path: "/body/confirmed",
      message: level === "block" ? `${check} forbids it` : `${check} has to be confirmed`,
    })),
  );
}

type WishBody = Partial<Pick<DraftWish, "text" | "templateId">> & { readonly promo?: number | null };

function wishOf({ text = null, templateId = null, promo = null }: WishBody): DraftWish {
  return { text, templateId, promoPercent: promo };
}

const getAnswerOfferRoute = route(answerCalls.getAnswerOffer, async ({ house, params, query }) => {
  const offer = await offerAnswer(house, params.itemId, query.language ?? null);
  if (offer === null) return refuse("not_found");
  const { obstacles, answers, templates, leftMs } = offer;
  return {
    isOffered: obstacles.length === 0,
    obstacles: remarksShown(obstacles),
    answers: answers.map(answerShown),
    templates: templates.map(({ id, name, language, text }) => ({ id, name, language, text })),
    lastPromo:
      offer.lastPromo === null ? null : { percent: offer.lastPromo.percent, at: shown(offer.lastPromo.at) },
    secondsLeft: leftMs === null ? null : Math.floor(leftMs / 1000),
  };
});

const createAnswerRoute = route(answerCalls.createAnswer, async ({ house, params, body, caller }) =>
  draftShown(await draftAnswer(house, { ...wishOf(body), itemId: params.itemId, actor: caller.tokenId })),
);

const listAnswersRoute = route(answerCalls.listAnswers, async ({ house, query, caller }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const { state, branchId, itemId } = query;
  const found = await findAnswers(house, {
    ...(state === undefined ? {} : { state }),
    ...(branchId === undefined ? {} : { branchId }),
    ...(caller.stores === null ? {} : { branchIds: caller.stores }),
    ...(itemId === undefined ? {} : { itemId }),
    ...(wish.after === null ? {} : { before: wish.after }),
    limit: wish.limit + 1,
  });
  return pageOf(found, wish.limit, ({ id }) => id, answerShown);
});

const getAnswerRoute = route(answerCalls.getAnswer, async ({ house, params }) => {
  const story = await readAnswer(house, params.answerId);
  if (story === null) return refuse("not_found");
  const { answer, remarks, attempts } = story;
  return {
    ...answerShown(answer),
    remarks: remarksShown(remarks),
    history: attempts.map(attemptShown),
  };
});

const putAnswerRoute = route(answerCalls.putAnswer, async ({ house, params, body }) =>
  draftShown(await rewriteDraft(house, { ...wishOf(body), ...params, version: body.version })),
);

const removeAnswerRoute = route(answerCalls.removeAnswer, async ({ house, params }) => {
  const dropped = await dropDraft(house, params.answerId);
  if (dropped === "dropped") return undefined;
  return refuse(dropped === "not_found" ? "not_found" : "answer_state");
});

const sendAnswerRoute = route(answerCalls.sendAnswer, async ({ house, params, body, caller }) => {
  const { version, confirmed = [] } = body;
  return movedShown(await sendAnswer(house, { ...params, ...actorOf(caller), version, confirmed }));
});

const undoAnswerRoute = route(answerCalls.undoAnswer, async ({ house, params, caller }) =>
  movedShown(await undoAnswer(house, { ...params, actor: caller.tokenId })),
);

const approveAnswerRoute = route(answerCalls.approveAnswer, async ({ house, params, caller }) =>
  movedShown(await approveAnswer(house, { ...params, ...actorOf(caller) })),
);

const declineAnswerRoute = route(answerCalls.declineAnswer, async ({ house, params, caller }) =>
  movedShown(await declineAnswer(house, { ...params, ...actorOf(caller) })),
);

const resolveAnswerRoute = route(answerCalls.resolveAnswer, async ({ house, params, body, caller }) =>
  movedShown(await resolveAnswer(house, { ...params, ...body, actor: caller.tokenId })),
);

/** Routes of answers. */
export const answerRoutes = [
  getAnswerOfferRoute,
  createAnswerRoute,
  listAnswersRoute,
  getAnswerRoute,
  putAnswerRoute,
  removeAnswerRoute,
  sendAnswerRoute,
  undoAnswerRoute,
  approveAnswerRoute,
  declineAnswerRoute,
  resolveAnswerRoute,
];

/** Remarks as the API shows them. */
export function remarksShown(remarks: readonly AnswerRemark[]) {
  return remarks.map(({ check, level, detail }) => ({ check, level, detail }));
}

function answerShown(answer: StoredAnswer) {
  return {
    id: answer.id,
    itemId: answer.itemId,
    state: answer.state,
    text: answer.text,
    promo: answer.promoPercent,
    promoMinor: answer.promoMinor,
    templateId: answer.templateId,
    branchId: answer.branchId,
    placeId: answer.placeId,
    revision: answer.revision,
    confirmed: [...answer.confirmed],
    createdBy: answer.createdBy,
    createdAt: shown(answer.createdAt),
    askedBy: answer.askedBy,
    approvedBy: answer.approvedBy,
    decidedBy: answer.decidedBy,
    queuedAt: shownOrNull(answer.queuedAt),
    sendAt: shownOrNull(answer.sendAt),
    endedAt: shownOrNull(answer.endedAt),
    attempts: answer.attempts,
    problem: answer.problem,
    status: answer.status,
    note: answer.note,
    version: answer.version,
  };
}

function attemptShown({ number, startedAt, endedAt, outcome, status, note, ageMs }: AnswerAttempt) {
  return {
    number,
    startedAt: shown(startedAt),
    endedAt: shownOrNull(endedAt),
    outcome,
    status,
    note,
    ageSeconds: ageMs === null ? null : Math.max(0, Math.floor(ageMs / 1000)),
  };
}
