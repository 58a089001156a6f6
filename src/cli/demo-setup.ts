// What somebody sets up in the demo's shop before life goes on: goods, rules, codes, endpoints, templates, who is told of what.
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { importFeedback } from "../flows/index.ts";
import { CommandFailed } from "./context.ts";
import type { Neighbours } from "./demo-neighbours.ts";
import type { DemoCaller, PastShop } from "./demo-past.ts";
import { DAYS, HOURS, PLACES, TEMPLATES } from "./demo-shop.ts";
import type { Staff } from "./demo-staff.ts";
import { runInServer } from "./inside.ts";
import type { Register } from "./program.ts";
import { moscow, type Story, type StoryGoods } from "./story.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const WORLD = fileURLToPath(new URL("../../examples/demo-world", import.meta.url));

/** Carries out a command as an operator of the past would; throws with what it said when it fails and must not. */
export async function runAsOperator(
  shop: PastShop,
  commands: readonly Register[],
  argv: readonly string[],
  mayFail = false,
): Promise<void> {
  const said: string[] = [];
  const keep = (text: string): void => void said.push(text);
  const request = { argv: [...argv], folder: shop.installation.folder };
  const code = await runInServer(shop.installation, request, { print: keep, complain: keep }, commands);
  if (code !== 0 && !mayFail)
    throw new CommandFailed(`the demo's shop: ${argv.join(" ")}:\n${said.join("\n")}`);
}

/** The world's goods, promotions and customers, as an operator loads them. */
export function loadWorld(shop: PastShop, commands: readonly Register[]): Promise<void> {
  return runAsOperator(shop, commands, ["import", "world", WORLD]);
}

/** The catalogue as carts are made of it: no packages and gifts, and few of the things of the kitchen. */
export async function goodsOf(shop: PastShop): Promise<StoryGoods[]> {
  const { items } = await shop.api<{ items: { id: string; stepThousandths: number | null }[] }>(
    shop.admin,
    "GET",
    "/catalogue/offers?limit=100",
  );
  return items
    .filter(({ id }) => !id.startsWith("3"))
    .map(({ id, stepThousandths }) => ({
      id,
      isWeighed: stepThousandths !== null,
      isDear: id.startsWith("2"),
    }));
}

/** Past feedback of the days before `until`, from the file that a shop has of them. */
export async function importPastFeedback(shop: PastShop, story: Story, until: number): Promise<number> {
  const { dice } = story;
  const lines = [
    "source,eatsId,orderId,placeId,rating,comment,predefinedComment,createdAt,takenAt,deliveredAt",
  ];
  for (let day = DAYS.imported; day > 0; day -= 1) {
    for (const [placeId, usual] of Object.entries(PLACES)) {
      for (let turn = usual - 1 + dice.below(3); turn > 0; turn -= 1) {
        const at = until - day * DAY + dice.of(HOURS) * HOUR + dice.below(HOUR);
        const { rating, comment, remark, minutes } = story.told(placeId);
        const delivered = at - 20 * 60_000;
        const number = String(lines.length).padStart(7, "0");
        const times = [at, delivered - minutes * 60_000, delivered].map((ms) => moscow(ms, false));
        const cells = [
          "yandex-eats",
          `old-${number}`,
          `P-${number}`,
          placeId,
          rating,
          comment,
          remark,
          ...times,
        ];
        lines.push(cells.map((cell) => `"${cell}"`).join(","));
      }
    }
  }
  const wish = { name: "отзывы-за-лето.csv", actor: "operator", clientId: "demo", isDry: false };
  const { kind } = await importFeedback(shop.house, Buffer.from(lines.join("\n")), wish);
  if (kind !== "imported") throw new CommandFailed(`the demo's past feedback was not taken: ${kind}`);
  return lines.length - 1;
}

/** A key of its own for the system that says what becomes of orders. */
export async function tillOf(shop: PastShop): Promise<DemoCaller> {
  const make = (label: string, scopes: readonly string[]): Promise<{ token: string }> =>
    shop.api(shop.admin, "POST", "/tokens", { label, scopes });
  const { token } = await make("Учётная система", ["orders:write"]);
  await make("Отчёты", ["orders:read", "feedback:read"]);
  return { headers: { authorization: `Bearer ${token}` } };
}

/** Keys as they are given to vendors; the app's is being changed for a new one. */
export async function makeChannelKeys(shop: PastShop): Promise<void> {
  for (const label of ["Приложение", "Приложение, новый ключ"])
    await shop.api(shop.admin, "POST", "/channels/irp/keys", { label });
  await shop.api(shop.admin, "POST", "/channels/yandex-eats/clients", { label: "Яндекс Еда" });
}

/** Personal codes: most of them are still free at the end. */
export async function makeCodes(shop: PastShop): Promise<readonly string[]> {
  const batch = (name: string, pattern: string, count: number) =>
    shop.api<{ id: string }>(shop.admin, "POST", "/code-batches", {
      name,
      promotionId: "code-personal",
      pattern,
      count,
      usesPerCode: 1,
      validUntil: new Date(shop.now + 60 * DAY).toISOString(),
    });
  const { id } = await batch("Письмо постоянным покупателям", "ОСЕНЬ-###########", 60);
  const flyers = await batch("Листовки у дома", "СОСЕД-############", 200);
  await shop.api(shop.admin, "POST", `/code-batches/${flyers.id}/disable`);
  const { items } = await shop.api<{ items: { code: string }[] }>(
    shop.admin,
    "GET",
    `/code-batches/${id}/codes?limit=60`,
  );
  return items.map(({ code }) => code);
}

/** Endpoints of the shop's other systems; what happens from now on is told to them. */
export async function openEndpoints(shop: PastShop, neighbours: Neighbours): Promise<void> {
  const make = (path: string, label: string, kinds: readonly string[]): Promise<unknown> =>
    shop.api(shop.admin, "POST", "/webhooks", {
      url: `${neighbours.url}/${path}`,
      label,
      kinds,
      allow: ["127.0.0.1"],
    });
  await make("till", "Касса", ["order.placed", "order.done", "order.returned"]);
  await make("crm", "Система клиентов", ["order.done", "rating.received", "desk.alarm"]);
  shop.openDeliveries();
}

/** How the desk works: when answers are due, with which words, who is told of what. */
export async function setUpDesk(shop: PastShop, staff: Staff): Promise<void> {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 9 * 60, to: 22 * 60 }));
  const rule = { source: null, branchId: null, isWithText: false };
  const rules = [
    { ...rule, from: 1, to: 2, minutes: 120 },
    { ...rule, from: 3, to: 3, isWithText: true, minutes: 480 },
  ];
  await shop.api(shop.admin, "PUT", "/desk/policy", { rules, hours, branchHours: [] });
  for (const template of TEMPLATES)
    await shop.api(staff.marketer, "POST", "/answer-rules/templates", template);
  await shop.api(staff.marketer, "PUT", "/answer-rules/budgets/zarechnaya-7", {
    budget: { promos: 40, amountMinor: 1_500_000 },
  });
  for (const [name, filter, sort] of [
    ["Холодное и с опозданием", "rating:1..2 late:>60m", "due"],
    ["Заречная за неделю", "branch:zarechnaya-7 day:7d rating:1..3", "newest"],
  ])
    await shop.api(staff.agent, "POST", "/desk/views", { isShared: true, name, filter, sort });
  const { id } = await shop.api<{ id: string }>(shop.admin, "POST", "/desk/destinations", {
    kind: "telegram",
    address: "-1001500200300",
    label: "Дежурные смены",
    language: "ru",
    gets: ["items", "alarms", "digest"],
    quiet: null,
    zone: null,
    isOn: true,
  });
  await shop.api(shop.admin, "POST", "/desk/alert-rules", {
    name: "Одна звезда и дорогой заказ",
    filter: "rating:1 total:>1500",
    destinations: [id],
    isOn: true,
  });
}

/** Corrections of points as they happen: an apology, a gift that soon ends. */
export async function correctPoints(shop: PastShop, staff: Staff): Promise<void> {
  await shop.api(staff.loyalty, "POST", "/session/fresh", { password: staff.loyalty.password });
  const soon = new Date(shop.now + 9 * DAY).toISOString();
  for (const [customerId, points, reason, expiresAt] of [
    ["buyer-3", 300, "Извинение за холодный заказ", null],
    ["buyer-8", 500, "Подарок ко дню рождения", soon],
    ["buyer-15", 250, "Извинение за опоздание", soon],
  ] as const)
    await shop.api(staff.loyalty, "POST", "/loyalty/corrections", { customerId, points, reason, expiresAt });
}

/** The feed as it comes the next time: other prices, one name mended, one thing new. */
export async function refreshGoods(
  shop: PastShop,
  commands: readonly Register[],
  folder: string,
): Promise<void> {
  const text = readFileSync(join(WORLD, "feed.yml.xml"), "utf8")
    .replace("<price>649.9</price>", "<price>689.9</price>")
    .replace("<price>219</price>", "<price>229</price>")
    .replace("<price>249</price>", "<price>239</price>")
    .replace("Иван-чай с малиной, 80 г", "Иван-чай с малиной и мятой, 80 г");
  await runAsOperator(shop, commands, ["import", "feed", written(folder, "feed.yml.xml", text)]);
}

/** A feed that was cut off on its way: most goods are missing, so it is held for a person to look at. */
export async function holdFeed(shop: PastShop, commands: readonly Register[], folder: string): Promise<void> {
  const text = readFileSync(join(WORLD, "feed.yml.xml"), "utf8");
  const offers = [...text.matchAll(/<offer [\s\S]*?<\/offer>/g)].map(([offer]) => offer);
  const kept = offers.slice(0, 20).join("\n");
  const broken = kept
    .replace("<price>229</price>", "")
    .replace(/<price>249<\/price>/, "<price>дорого</price>");
  const head = text.slice(0, text.indexOf("<offers>") + "<offers>".length);
  const path = written(folder, "feed-evening.yml.xml", `${head}\n${broken}\n</offers></shop></yml_catalog>`);
  await runAsOperator(shop, commands, ["import", "feed", path], true);
}

function written(folder: string, name: string, text: string): string {
  const into = join(folder, "feeds", randomUUID());
  mkdirSync(into, { recursive: true });
  const path = join(into, name);
  writeFileSync(path, text);
  return path;
}
