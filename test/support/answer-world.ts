// Answers in every state that a call can ask for, so that calls made at random find something to move.
import {
  draftAnswer,
  type House,
  saveAnswerTemplate,
  sendAnswer,
  settleAnswer,
  switchAnswerPlace,
  takeAnswers,
} from "../../src/flows/index.ts";
import { giveFeedback, letGo } from "./answers.ts";

/** Answers of each state. */
const EACH = 9;

/** Fills the house; gives ids by the name of the parameter that takes them. */
export async function fillAnswers(
  house: House,
  pass: (ms: number) => void,
): Promise<Readonly<Record<"answerId" | "templateId" | "placeId" | "branchId", string[]>>> {
  const answerId: string[] = [];
  const item = async (): Promise<string> => (await giveFeedback(house)).itemId;
  const draft = async (promoPercent: number | null): Promise<string> => {
    const wish = { itemId: await item(), text: "Простите нас.", templateId: null, promoPercent };
    const drafted = await draftAnswer(house, { ...wish, actor: "other" });
    if (drafted.kind === "refused") throw new Error(drafted.reason);
    answerId.push(drafted.answer.id);
    return drafted.answer.id;
  };
  for (let each = 0; each < EACH; each += 1) answerId.push((await letGo(house, await item())).id);
  pass(10_000);
  for (const { id, attemptId } of await takeAnswers(house, "world", EACH))
    await settleAnswer(
      house,
      { answerId: id, attemptId: attemptId as string },
      { kind: "unanswered", why: "timeout" },
    );
  for (let each = 0; each < EACH; each += 1) {
    for (const percent of [40, 30]) {
      const by = { actor: "other", role: "admin" } as const;
      const answerId = await draft(percent);
      await sendAnswer(house, { answerId, version: 1, confirmed: ["same_text"], ...by });
    }
    // Guesses decline, change and remove them: some must be left to be sent.
    for (let more = 0; more < 3; more += 1) await draft(null);
    answerId.push((await letGo(house, await item())).id);
  }
  const templateId: string[] = [];
  for (const name of ["first", "second", "third"]) {
    const wish = {
      id: null,
      name,
      language: "en",
      text: "Sorry.",
      starsFrom: 1,
      starsTo: 5,
      topics: [],
    } as const;
    const saved = await saveAnswerTemplate(house, wish, "other");
    if (saved.kind === "saved") templateId.push(saved.template.id);
  }
  await switchAnswerPlace(house, { placeId: "p-1", isSubscribed: false, actor: "other" });
  return { answerId, templateId, placeId: ["p-1"], branchId: ["lesnaya-12", "4021"] };
}
