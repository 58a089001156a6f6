// With few ratings nothing that leaves the house says which way things go or who is better: no answer, digest, table or webhook.
import { beforeAll, expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { watchDesk, writeOutlet } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { appSays, marketplaceSays } from "../support/desk-channels.ts";
import { forEachEngine } from "../support/engines.ts";

const DAY_MS = 86_400_000;
const BRANCHES = ["lesnaya", "mira"];
const NOTHING_MORE = { city: null, timezone: null, yandexEatsId: null, pickupPointId: null };

/** What in JSON would let a screen colour or rank something. */
const JSON_SIGNS = /"kind":"(changed|rank|excess|associated)"|"direction":|"place":\d|"ratio":|"odds":[\d{]/;
/** What in words would. */
const WORD_SIGNS =
  /→|↑|↓|▲|▼|#\d|\b(up|down|better|worse|best|worst)\b|лучше|хуже|luck does this|случайно такое/i;

forEachEngine("small numbers", (engine) => {
  let api: ApiUnderTest;
  const post = async (path: string, body: object) =>
    (await api.call("POST", `/api/v1/desk/${path}`, { body })).body;
  const get = async (path: string) => (await api.call("GET", `/api/v1${path}`)).body;

  /** Everything that tells numbers, by name. */
  async function told(): Promise<Record<string, { readonly text: string; readonly signs: RegExp }>> {
    const sections = ["trend", "branches", "hours", "lateness", "topics", "dishes", "team"];
    const events = await engine.database.read((tx) => tx.rows<{ body: string }>("select body from event"));
    const heading = (await get("/desk/export?language=en")).split("\n")[0] ?? "";
    return {
      numbers: { text: await post("numbers", { filter: "day:7d", sections }), signs: JSON_SIGNS },
      comparison: {
        text: await post("comparison", { first: "day:90d", second: "day:7d" }),
        signs: JSON_SIGNS,
      },
      windows: { text: await post("windows", { filter: "" }), signs: JSON_SIGNS },
      digestInEnglish: { text: await get("/desk/digest?language=en"), signs: WORD_SIGNS },
      digestInRussian: { text: await get("/desk/digest?language=ru"), signs: WORD_SIGNS },
      webhooks: { text: events.map(({ body }) => body).join("\n"), signs: JSON_SIGNS },
      exportHeading: { text: heading, signs: WORD_SIGNS },
      items: { text: await get("/desk/items?sort=newest"), signs: JSON_SIGNS },
    };
  }

  async function rate(name: string, count: number, ago: number, isLow: boolean): Promise<void> {
    const at = api.house.now() - ago * DAY_MS;
    const house = { ...api.house, now: () => instant(at) };
    for (let index = 0; index < count; index += 1) {
      const rating = isLow ? 1 + (index % 2) : 4 + (index % 2);
      const order = { orderId: `${name}-${ago}-${index}`, rating };
      const placeId = BRANCHES[index % 2] as string;
      await marketplaceSays(house, { ...order, placeId, createdAt: at, dishes: ["Суп"] });
      await appSays(house, { orderId: `a-${order.orderId}`, rating });
    }
  }

  beforeAll(async () => {
    api = apiOn(engine.database);
    for (const id of BRANCHES) {
      await writeOutlet(api.house, { ...NOTHING_MORE, id, name: id });
    }
  });

  test("twelve ratings, all low where all were high, have no sign anywhere", async () => {
    await rate("before", 6, 10, false);
    await rate("after", 6, 2, true);
    await watchDesk(api.house, new AbortController().signal);
    for (const [name, { text, signs }] of Object.entries(await told())) {
      expect(signs.exec(text)?.[0], name).toBeUndefined();
      expect(text.length, name).toBeGreaterThan(20);
    }
  });

  test("with many the same places do tell: the check would have found it", { timeout: 120_000 }, async () => {
    for (const ago of [10, 12, 14, 20, 30]) await rate("many", 60, ago, false);
    await rate("fall", 90, 2, true);
    await watchDesk(api.house, new AbortController().signal);
    const all = await told();
    for (const name of ["numbers", "comparison", "windows", "digestInEnglish", "digestInRussian"]) {
      const { text, signs } = all[name] as { text: string; signs: RegExp };
      expect(signs.test(text), `${name}: ${text.slice(0, 500)}`).toBe(true);
    }
    expect(all["webhooks"]?.text).toContain('"odds":');
  });
});
