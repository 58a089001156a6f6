// The wall between rooms: who may import whom, and through which door. The table is the architecture's single source.
import { expect, test } from "vitest";
import { importsOf, type SourceFile, target, typescript } from "./tree.ts";

interface Room {
  /** Other rooms that may be entered, through their index.ts. */
  readonly rooms: readonly string[];
  /** Packages (and node: modules as "node") that may be used. */
  readonly packages: readonly string[];
}

const PROTOCOL: Room = { rooms: ["core", "flows"], packages: ["typebox", "fastify", "node"] };

/** Downhill only: main → cli → jobs, http → protocols → flows → storage → core; contract and config beside them. */
const TABLE: Readonly<Record<string, Room>> = {
  "core/basics": { rooms: [], packages: [] },
  "core/money": { rooms: ["core/basics"], packages: [] },
  "core/pricing": { rooms: ["core/basics", "core/money"], packages: [] },
  "core/loyalty": { rooms: ["core/basics", "core/money"], packages: [] },
  "core/publication": { rooms: ["core/basics", "core/money", "core/pricing"], packages: [] },
  "core/feedback": { rooms: ["core/basics"], packages: [] },
  "core/carts": { rooms: ["core/basics", "core/money"], packages: [] },
  "core/orders": { rooms: ["core/basics", "core/money", "core/pricing"], packages: [] },
  "core/webhooks": { rooms: ["core/basics"], packages: [] },
  "core/desk": { rooms: ["core/basics"], packages: [] },
  "core/people": { rooms: [], packages: [] },
  "core/sheets": { rooms: [], packages: [] },
  "core/numbers": { rooms: ["core/basics", "core/desk"], packages: [] },
  contract: { rooms: ["core"], packages: ["typebox"] },
  config: { rooms: [], packages: ["typebox", "yaml", "node"] },
  storage: { rooms: ["core", "config"], packages: ["kysely", "better-sqlite3", "pg", "node"] },
  flows: {
    rooms: ["core", "storage", "contract"],
    packages: ["node", "typebox", "yaml", "csv-parse", "iconv-lite", "@orama/stemmers", "fflate", "otplib"],
  },
  outbound: { rooms: ["core", "config"], packages: ["standardwebhooks", "ipaddr.js", "nodemailer", "node"] },
  "protocols/irp": PROTOCOL,
  "protocols/yandex-eats": PROTOCOL,
  "protocols/yml-feed": { rooms: ["core", "flows"], packages: ["saxes", "iconv-lite", "node"] },
  jobs: {
    rooms: ["core", "flows", "outbound", "protocols", "storage"],
    packages: ["node"],
  },
  http: {
    rooms: ["contract", "flows", "protocols", "core", "config", "storage"],
    packages: ["fastify", "@fastify", "typebox", "pino", "pino-pretty", "prom-client", "uuid", "node"],
  },
  console: {
    rooms: ["contract", "core"],
    packages: [
      ...["react", "react-dom", "wouter", "i18next", "uplot", "qrcode", "typebox", "fflate"],
      ...["@mantine", "@tanstack", "@tabler/icons-react"],
    ],
  },
  cli: {
    rooms: ["config", "http", "jobs", "flows", "storage", "protocols", "outbound", "core", "contract"],
    packages: ["commander", "cli-progress", "yaml", "csv-parse", "uuid", "pino", "fastify", "node"],
  },
  main: { rooms: ["cli"], packages: ["node"] },
};

/** The room that a path under src belongs to; undefined when the table has none. */
function roomOf(path: string): string | undefined {
  if (path === "src/main.ts") return "main";
  const inside = path.replace(/^src\//, "");
  return Object.keys(TABLE)
    .filter((room) => inside.startsWith(`${room}/`))
    .sort((left, right) => right.length - left.length)[0];
}

/** One sentence per breach. */
function breaches(file: SourceFile): string[] {
  const from = roomOf(file.path);
  if (from === undefined) return [`${file.path}: this folder is no room of the table`];
  const room = TABLE[from] as Room;
  const isTest = file.path.endsWith(".test.ts");
  return importsOf(file).flatMap((specifier) => {
    if (!specifier.startsWith("."))
      return isTest || isAllowedPackage(room, specifier)
        ? []
        : [`${file.path}: ${from} may not use the package ${specifier}`];
    const path = target(file, specifier);
    if (!path.startsWith("src/")) return isTest ? [] : [`${file.path}: ${specifier} leaves the house`];
    const to = roomOf(path);
    if (to === from) return [];
    if (to === undefined) return [`${file.path}: ${specifier} leads to no room`];
    const isDownhill = room.rooms.some((allowed) => to === allowed || to.startsWith(`${allowed}/`));
    if (!isDownhill && !isTest) return [`${file.path}: ${from} may not import ${to}`];
    if (!path.endsWith("/index.ts") && !isTest)
      return [`${file.path}: enter ${to} through its index.ts, not ${path}`];
    return [];
  });
}

function isAllowedPackage(room: Room, specifier: string): boolean {
  if (specifier.startsWith("node:")) return room.packages.includes("node");
  return room.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

test("every import goes downhill, through a door", () => {
  expect(typescript("src").flatMap(breaches)).toEqual([]);
});

test("an import that climbs is caught in every form it can take", () => {
  const forms = [
    `import { x } from "../http/index.ts";`,
    `import type { X } from "../http/index.ts";`,
    `export { x } from "../http/index.ts";`,
    `const x = await import("../http/index.ts");`,
    `type X = import("../http/index.ts").X;`,
    `import "../http/index.ts";`,
    `import {\n  a,\n  b,\n} from "../http/index.ts";`,
  ];
  for (const text of forms) {
    expect(breaches({ path: "src/storage/wrong.ts", text, lines: text.split("\n") }), text).toEqual([
      "src/storage/wrong.ts: storage may not import http",
    ]);
  }
});

test("a room is entered through its door only, and packages are as the table says", () => {
  const inside = `import { x } from "../storage/engines/sqlite.ts";`;
  expect(breaches({ path: "src/flows/wrong.ts", text: inside, lines: [] })[0]).toContain(
    "through its index.ts",
  );
  const foreign = `import kysely from "kysely";`;
  expect(breaches({ path: "src/flows/wrong.ts", text: foreign, lines: [] })[0]).toContain(
    "may not use the package kysely",
  );
  const vendor = `import { x } from "../yandex-eats/index.ts";`;
  expect(breaches({ path: "src/protocols/irp/wrong.ts", text: vendor, lines: [] })[0]).toContain(
    "may not import protocols/yandex-eats",
  );
});

test("folders never go deeper than src/a/b/c.ts, and a door stands at most once in a room", () => {
  // The console sorts its pages by noun and its words by language: one floor more.
  const floors = (path: string): number => (/^src\/console\/(pages|words)\//.test(path) ? 5 : 4);
  const deep = typescript("src").filter((file) => file.path.split("/").length > floors(file.path));
  expect(deep.map((file) => file.path)).toEqual([]);
  const doors = typescript("src")
    .filter((file) => file.path.endsWith("/index.ts"))
    .map((file) => file.path.slice("src/".length, -"/index.ts".length));
  const strays = doors.filter((door) => !(door in TABLE) && door !== "storage/migrations");
  expect(strays).toEqual([]);
});
