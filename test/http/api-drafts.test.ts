// Drafts of rule sets by the management API: several people change one, nobody's change is lost, recorded carts tell what it costs.
import { beforeAll, describe, expect, test } from "vitest";
import { mergeSets } from "../../src/flows/merge-rule-drafts.ts";
import { previewRules } from "../../src/flows/preview-rules.ts";
import { type ApiUnderTest, apiOn, type CallOptions } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillCatalogue, priceCart } from "../support/small-world.ts";

const spring = { id: "spring", name: "Spring", then: [{ percent: 10 }] };
const friends = { id: "friends", name: "Friends", codes: {}, then: [{ percent: 5 }] };

forEachEngine("drafts of rules by the management API", (engine) => {
  let api: ApiUnderTest;
  const ask = async (method: string, path: string, options: CallOptions = {}) => {
    const answer = await api.call(method, `/api/v1${path}`, options);
    return { status: answer.statusCode, body: answer.body === "" ? null : answer.json() };
  };
  const begin = async (name: string) => (await ask("POST", "/promotion-drafts", { body: { name } })).body;
  const change = (id: string, body: object, version?: number) =>
    ask("POST", `/promotion-drafts/${id}/promotions${version === undefined ? "" : `?version=${version}`}`, {
      body,
    });
  beforeAll(async () => {
    api = apiOn(engine.database, allBeside);
    await fillCatalogue(api.house);
    await ask("PUT", "/promotion-set", { body: { promotions: [spring, friends] } });
  });

  test("a draft begins with what is in force, and tells what it changes", async () => {
    const draft = await begin("December");
    expect(draft).toMatchObject({ version: 1, baseVersion: 1, inForce: 1, createdBy: "setting" });
    expect(draft.set.promotions).toEqual([spring, friends]);
    expect(draft.difference).toMatchObject({ added: [], removed: [], changed: [] });
    const changed = await change(draft.id, { ...spring, then: [{ percent: 20 }] }, 1);
    expect(changed.body.version).toBe(2);
    expect(changed.body.difference.changed).toEqual([
      { id: "spring", name: "Spring", fields: [{ path: "then[0].percent", before: "10", after: "20" }] },
    ]);
    expect((await ask("GET", `/promotion-drafts/${draft.id}`)).body).toEqual(changed.body);
    expect((await ask("GET", "/promotion-drafts?limit=1")).body.items[0]).toMatchObject({ name: "December" });
    const gone = await ask("DELETE", `/promotion-drafts/${draft.id}/promotions/friends?version=2`);
    expect(gone.body.difference.removed).toEqual([{ id: "friends", name: "Friends" }]);
  });

  test("who changes what somebody else has changed meanwhile is told", async () => {
    const { id } = await begin("Two hands");
    expect((await change(id, { ...spring, priority: 1 }, 1)).status).toBe(200);
    const late = await change(id, { ...spring, priority: 2 }, 1);
    expect([late.status, late.body.code]).toEqual([409, "stale_version"]);
    const both = await Promise.all([3, 4, 5, 6].map((priority) => change(id, { ...spring, priority }, 2)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await ask("GET", `/promotion-drafts/${id}`)).body.version).toBe(3);
  });

  test("a promotion of the wrong shape is refused with its places", async () => {
    const { id } = await begin("Wrong");
    const answer = await change(id, { ...spring, then: [{ percentt: 5 }] });
    expect([answer.status, answer.body.code]).toEqual([422, "promotions_refused"]);
    expect(answer.body.errors[0].path).toBe("/body/then/0/percentt");
    expect((await change("none", spring)).status).toBe(404);
  });

  test("the gate finds what is wrong with a draft, and does not publish it", async () => {
    const { id } = await begin("Faulty");
    await change(id, { ...spring, then: [{ gifts: [{ offer: "nowhere" }] }] });
    const judged = (await ask("GET", `/promotion-drafts/${id}/check`)).body;
    expect(judged).toMatchObject({ isUsable: true, isPublishable: false });
    const refused = await ask("POST", `/promotion-drafts/${id}/publish`);
    expect([refused.status, refused.body.code]).toEqual([422, "promotions_refused"]);
    expect((await ask("GET", "/promotion-set")).body.version).toBe(1);
  });

  test("a preview prices recorded carts, and says who gains by which promotion", async () => {
    const goods = (quantity: number) => ({
      items: [{ configurationId: "milk-1", quantity, price: 100 }],
    });
    for (const quantity of [1, 2, 3]) await priceCart(api, goods(quantity));
    await api.book.flush();
    const { id } = await begin("Twenty");
    await change(id, { ...spring, then: [{ percent: 20 }] });
    const { body } = await ask("GET", `/promotion-drafts/${id}/preview`);
    expect(body).toMatchObject({ recorded: 3, looked: 3, isWhole: true, underOtherRules: 0 });
    expect(body.carts).toEqual({ priced: 3, cheaper: 3, dearer: 0, same: 0 });
    expect([body.before.discountMinor, body.after.discountMinor]).toEqual([6000, 12_000]);
    const [first] = body.promotions;
    expect(first).toMatchObject({ promotionId: "spring", changedCarts: 3, winners: 3, losers: 0 });
    expect(first.winning[0]).toMatchObject({ amountBeforeMinor: 3000, amountAfterMinor: 6000 });
    const two = (await ask("GET", `/promotion-drafts/${id}/preview?last=2`)).body;
    expect([two.recorded, two.looked]).toEqual([3, 2]);
    await change(id, { ...spring, then: [{ percent: 5 }] });
    const less = (await ask("GET", `/promotion-drafts/${id}/preview?examples=1`)).body;
    expect(less.promotions[0]).toMatchObject({ winners: 0, losers: 3 });
    expect([less.dearer.length, less.promotions[0].losing.length]).toEqual([1, 1]);
    const later = encodeURIComponent("2027-01-01T00:00:00Z");
    expect((await ask("GET", `/promotion-drafts/${id}/preview?from=${later}`)).body.looked).toBe(0);
  });

  test("of two previews at once one waits for another time", async () => {
    const { id } = await begin("At once");
    const preview = () => ask("GET", `/promotion-drafts/${id}/preview`);
    // The first is held where it reads the recorded carts, until the second has its answer.
    const held = Promise.withResolvers<void>();
    const database = Object.create(api.house.database) as typeof api.house.database;
    database.read = async (work) => {
      await held.promise;
      return api.house.database.read(work);
    };
    const wish = { from: null, until: null, channel: null, last: 10, mostMs: 1000, examples: 0 };
    const house = { ...api.house, database };
    const set = { promotions: [spring] };
    const first = previewRules(house, api.rules, set, { ...wish, ignoreDates: false });
    expect((await preview()).status).toBe(503);
    held.resolve();
    expect((await first).kind).toBe("previewed");
    expect((await preview()).status).toBe(200);
  });

  test("a draft is published once, by name in the audit log, and over nobody else's rules", async () => {
    const mine = await begin("Mine");
    const theirs = await begin("Theirs");
    await change(mine.id, { ...spring, then: [{ percent: 12 }] });
    await change(theirs.id, { ...friends, then: [{ percent: 7 }] });
    const plan = await ask("POST", `/promotion-drafts/${theirs.id}/publish?dryRun=true`);
    expect(plan.body.kind).toBe("planned");
    const done = await ask("POST", `/promotion-drafts/${theirs.id}/publish?version=2`);
    expect(done.body).toMatchObject({ kind: "applied", version: 2 });
    const again = await ask("POST", `/promotion-drafts/${theirs.id}/publish`);
    expect([again.status, again.body.code]).toEqual([409, "draft_published"]);
    expect((await change(theirs.id, spring)).body.code).toBe("draft_published");
    const over = await ask("POST", `/promotion-drafts/${mine.id}/publish`);
    expect([over.status, over.body.code]).toEqual([409, "changed_meanwhile"]);
    const caught = await ask("POST", `/promotion-drafts/${mine.id}/catch-up`);
    expect(caught.body).toMatchObject({ baseVersion: 2, conflicts: [] });
    expect(caught.body.difference.changed.map(({ id }: { id: string }) => id)).toEqual(["spring"]);
    expect((await ask("POST", `/promotion-drafts/${mine.id}/publish`)).body.version).toBe(3);
    const { set } = (await ask("GET", "/promotion-set")).body;
    expect(set.promotions.map(({ then }: typeof spring) => then[0]?.percent)).toEqual([12, 7]);
    const { items } = (await ask("GET", "/audit/entries")).body;
    expect(items.some(({ action }: { action: string }) => action === "promotions.publish")).toBe(true);
  });

  test("a draft that was changed since it was seen is not published", async () => {
    const { id } = await begin("Seen");
    await change(id, { ...spring, priority: 3 });
    const late = await ask("POST", `/promotion-drafts/${id}/publish?version=1`);
    expect([late.status, late.body.code]).toEqual([409, "stale_version"]);
    expect((await ask("PUT", `/promotion-drafts/${id}?version=2`, { body: { name: "New" } })).body.name).toBe(
      "New",
    );
    expect((await ask("DELETE", `/promotion-drafts/${id}`)).status).toBe(204);
    expect((await ask("DELETE", `/promotion-drafts/${id}`)).status).toBe(404);
  });

  test("an old version can be begun from, and one that never was cannot", async () => {
    const old = await ask("POST", "/promotion-drafts", { body: { name: "Back", fromVersion: 1 } });
    expect(old.body.set.promotions[0].then).toEqual([{ percent: 10 }]);
    expect((await ask("POST", "/promotion-drafts", { body: { name: "x", fromVersion: 99 } })).status).toBe(
      404,
    );
  });
});

describe("two people's changes of one set", () => {
  const base = { promotions: [spring, friends], objective: "priority" as const };
  const other = { ...spring, id: "third" };

  test("what only one changed is taken from that one", () => {
    const theirs = { ...base, promotions: [spring, { ...friends, priority: 5 }, other] };
    const { objective: _objective, ...rest } = base;
    const mine = { ...rest, promotions: [{ ...spring, priority: 7 }, friends] };
    const merged = mergeSets(base, theirs, mine);
    expect(merged.conflicts).toEqual([]);
    expect(merged.set).toEqual({
      promotions: [{ ...spring, priority: 7 }, { ...friends, priority: 5 }, other],
    });
  });

  test("what both changed stays as mine and is named; what both changed alike is no conflict", () => {
    const theirs = {
      promotions: [
        { ...spring, priority: 1 },
        { ...friends, priority: 4 },
      ],
    };
    const mine = {
      promotions: [
        { ...spring, priority: 2 },
        { ...friends, priority: 4 },
      ],
    };
    expect(mergeSets(base, theirs, mine)).toMatchObject({ conflicts: ["spring"], set: mine });
  });

  test("what one removed and the other left alone is gone; what the other changed is a conflict", () => {
    const mine = { ...base, promotions: [spring] };
    expect(mergeSets(base, base, mine).set.promotions).toEqual([spring]);
    const theirs = { ...base, promotions: [spring, { ...friends, priority: 9 }] };
    expect(mergeSets(base, theirs, mine)).toMatchObject({
      conflicts: ["friends"],
      set: { promotions: [spring] },
    });
    expect(mergeSets(base, mine, base).set.promotions).toEqual([spring]);
  });
});
