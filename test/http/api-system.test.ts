// The running server: what it tells of itself, backups made and checked from a screen, and a bundle in which nobody is named.
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { BackupDesk, createEndpoint, createKey, readSystem } from "../../src/flows/index.ts";
import { type ApiUnderTest, apiOn } from "../support/api.ts";
import { forEachEngine } from "../support/engines.ts";
import { allBeside, fillCatalogue } from "../support/small-world.ts";

const CANARIES = [
  "Канарейкина",
  "79990001122",
  "canary-secret-1",
  "canary@mail.example",
  "canary-path",
  "canary-note",
];

forEachEngine("the running server", (engine) => {
  let api: ApiUnderTest;
  const call = async (method: string, path: string) => {
    const answer = await api.call(method, `/api/v1${path}`);
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };

  beforeAll(async () => {
    api = apiOn(engine.database, allBeside, engine.url);
    await fillCatalogue(api.house);
  });

  test("tells its version, its schema, its room and its jobs", async () => {
    const { status, body } = await call("GET", "/system");
    expect(status).toBe(200);
    expect(body).toMatchObject({ engine: engine.name, isReady: true, node: process.version });
    expect(body.migrations.at(-1).number).toBe(body.migrations.length);
    expect(body.storage.databaseBytes).toBeGreaterThan(10_000);
    expect(body.storage.freeBytes).toBeGreaterThan(0);
  });

  test("settings hide what addresses carry", async () => {
    const parts = {
      version: "1",
      startedAt: 0,
      dataFolder: "/nowhere/at/all",
      backupFolder: "/nowhere/at/all",
      settings: [
        {
          name: "feed.url",
          env: "X",
          value: "https://user:canary-secret-1@shop.example/f.xml?token=canary-secret-1",
        },
        { name: "list", env: "Y", value: "https://a.example/x?k=canary-secret-1,https://b.example/y" },
      ],
    };
    const view = await readSystem(api.house, parts);
    expect(JSON.stringify(view)).not.toContain("canary-secret-1");
    expect(view.settings[1]?.value).toBe("https://a.example/x?…,https://b.example/y");
    expect(view.storage).toMatchObject({ dataFolderBytes: 0, freeBytes: null });
  });

  test("a backup is made, checked, found damaged, and its way back is told; one at a time", async () => {
    expect((await call("GET", "/system/backups")).body).toMatchObject({ backups: [], work: null });
    const [one, other] = await Promise.all([
      call("POST", "/system/backups"),
      call("POST", "/system/backups"),
    ]);
    expect([one.status, other.status].sort()).toEqual([201, 409]);
    await api.backups.idle();
    const { backups, failure } = (await call("GET", "/system/backups")).body;
    expect(failure).toBeNull();
    expect(backups).toHaveLength(1);
    const [{ name, rows, restoreCommand, checked }] = backups;
    expect(rows).toBeGreaterThan(10);
    expect(restoreCommand).toContain(`backup restore "${api.backupFolder}`);
    expect(checked).toBeNull();
    expect((await call("POST", `/system/backups/${name}/verify`)).status).toBe(201);
    await api.backups.idle();
    expect((await call("GET", "/system/backups")).body.backups[0].checked.problems).toEqual([]);
    const file = readdirSync(join(api.backupFolder, name)).find((each) => each !== "manifest.json") as string;
    writeFileSync(join(api.backupFolder, name, file), "damaged");
    await call("POST", `/system/backups/${name}/verify`);
    await api.backups.idle();
    expect((await call("GET", "/system/backups")).body.backups[0].checked.problems).toHaveLength(1);
    for (const odd of ["none", "..%2F..", "prilavok-none", ".partial-x"])
      expect((await call("POST", `/system/backups/${odd}/verify`)).status).toBe(404);
    const noted = (await call("GET", "/audit/entries?action=system.")).body.items;
    expect(noted.map(({ action }: { action: string }) => action)).toEqual([
      "system.backup",
      "system.backup_verified",
      "system.backup_verified",
    ]);
  });

  test("what cannot be made is told as a sentence, and the next one may begin", async () => {
    const source = { database: engine.database, url: engine.url, secret: "s", withSecret: false };
    // A file stands where the folder would have to be.
    const file = join(api.backupFolder, "a-file");
    writeFileSync(file, "");
    const desk = new BackupDesk({ ...source, into: join(file, "backups") });
    expect((await desk.make(api.house, "ann")).kind).toBe("begun");
    await desk.idle();
    expect(desk.failure?.problems).toEqual(["it failed: see the log"]);
    expect(desk.work).toBeNull();
    expect(desk.list()).toEqual([]);
  });

  test("the bundle holds no canary", async () => {
    const { house, secrets } = api;
    await createKey(house, secrets, "irp", "Канарейкина");
    const endpoint = await createEndpoint(house, secrets, {
      url: "https://crm.shop.example/canary-path?token=canary-secret-1",
      label: "Канарейкина",
      kinds: ["order.placed"],
      allow: [],
      filter: null,
    });
    if (endpoint.kind !== "made") throw new Error("no endpoint");
    await api.call("PUT", "/api/v1/customers/canary-note", { body: { tier: "Канарейкина" } });
    await api.call("POST", "/api/v1/desk/views", {
      body: { name: "canary@mail.example", filter: "79990001122" },
    });
    await engine.database.transaction((tx) =>
      tx.run("update webhook_endpoint set failures = 2 where id = ?", [endpoint.endpoint.id]),
    );
    const { status, text, body } = await call("GET", "/system/support-bundle");
    expect(status).toBe(200);
    expect(body.attention.some(({ kind }: { kind: string }) => kind === "webhook_failing")).toBe(true);
    expect(body.rows.channel_key).toBeGreaterThan(0);
    for (const canary of [...CANARIES, endpoint.secret]) expect(text).not.toContain(canary);
  });
});
