// Erasure by the API, and its acts.
import { deskErasureCalls } from "../../contract/index.ts";
import { type ErasureAct, erasePerson, erasurePage, findErasure, findErasures } from "../../flows/index.ts";
import { FileAnswer } from "./file-answer.ts";
import { pageOf, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown } from "./route.ts";

const createErasure = route(
  deskErasureCalls.createErasure,
  async ({ house, body, caller, secrets, exportShelf: shelf }) => {
    const done = await erasePerson(house, { ...body, actor: caller.tokenId }, { secrets, shelf });
    if (done.kind === "nothing_known") return { kind: done.kind, act: null };
    if (done.kind === "answer_on_its_way") return refuse("answer_on_its_way", `Order ${done.orderId}.`);
    const proof = { hash: done.hash, isWhole: true, keepUntil: done.keepUntil };
    return { kind: done.kind, act: actShown(done.act, proof) };
  },
);

const listErasures = route(deskErasureCalls.listErasures, async ({ house, query }) => {
  const wish = pageWish(query);
  if (wish instanceof Refusal) return wish;
  const found = await findErasures(house, { before: wish.after, limit: wish.limit + 1 });
  return pageOf(
    found,
    wish.limit,
    ({ row }) => row.id,
    ({ row, act, isWhole }) => actShown(act, { hash: row.hash, isWhole, keepUntil: row.keep_until }),
  );
});

const getErasure = route(deskErasureCalls.getErasure, async ({ house, params }) => {
  const found = await findErasure(house, params.actId);
  if (found === null) return refuse("not_found");
  const { row, act, isWhole } = found;
  return actShown(act, { hash: row.hash, isWhole, keepUntil: row.keep_until });
});

const getErasurePage = route(deskErasureCalls.getErasurePage, async ({ house, params }) => {
  const found = await findErasure(house, params.actId);
  if (found === null) return refuse("not_found");
  const page = Buffer.from(erasurePage(found.act, found.row.hash, found.row.keep_until));
  return new FileAnswer("text/html; charset=utf-8", `act-${found.row.id}.html`, pieces(page));
});

async function* pieces(page: Uint8Array): AsyncGenerator<Uint8Array> {
  yield page;
}

function actShown(
  act: ErasureAct,
  proof: { readonly hash: string; readonly isWhole: boolean; readonly keepUntil: number },
) {
  const { files, audit } = act;
  return {
    ...act,
    orders: [...act.orders],
    items: [...act.items],
    files: { removed: [...files.removed], left: [...files.left] },
    audit: [...audit],
    hash: proof.hash,
    isWhole: proof.isWhole,
    keepUntil: shown(proof.keepUntil),
  };
}

/** Routes of erasure. */
export const deskErasureRoutes = [createErasure, listErasures, getErasure, getErasurePage];
