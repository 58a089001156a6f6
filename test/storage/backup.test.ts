// A backup is worth what its restore is: made under load, verified, put back, and served from.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeBackup, pruneBackups, restoreBackup, verifyBackup } from "../../src/flows/index.ts";
import { addKey, CopyUnusable, countRows, listKeys, openDatabase } from "../../src/storage/index.ts";
import { forEachEngine, freshPlace } from "../support/engines.ts";

const NOON = Date.UTC(2026, 10, 21, 12);

forEachEngine("a backup", (engine) => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "prilavok-backup-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const source = () => ({
    database: engine.database,
    url: engine.url,
    secret: "pepper",
    withSecret: false,
    into: folder,
  });
  const made: number[] = [];
  const addOne = (writer = 0): Promise<void> => {
    made[writer] = (made[writer] ?? 0) + 1;
    const id = `${writer}-${made[writer]}`;
    return engine.database.transaction((tx) =>
      addKey(tx, { id, channel: "irp", label: "ключ\nи строка\t\\.", prefix: id, hash: id, createdAt: 0 }),
    );
  };
  const target = (url: string, more: object = {}) => ({
    url,
    secretPath: null,
    secret: "pepper",
    force: false,
    ...more,
  });

  test("made while writers write is whole, and restores to what it says", async () => {
    let isOver = false;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      while (!isOver) await addOne(writer);
    });
    const { folder: path, manifest } = await makeBackup(source(), NOON);
    isOver = true;
    await Promise.all(writers);
    expect(path.endsWith("prilavok-2026-11-21T12-00-00-000Z")).toBe(true);
    expect(await verifyBackup(path)).toEqual({ manifest, problems: [] });
    expect(statSync(join(path, manifest.file)).mode & 0o077).toBe(0);

    const place = await freshPlace(engine.name);
    try {
      const restored = await restoreBackup(path, target(place.url), NOON);
      expect(restored).toMatchObject({ kind: "restored", aside: null, isSecretKnown: true });
      const database = await openDatabase({ url: place.url });
      expect(await database.read(countRows)).toEqual(manifest.counts);
      const keys = await database.read((tx) => listKeys(tx, "irp"));
      expect(keys.map(({ label }) => label).every((label) => label === "ключ\nи строка\t\\.")).toBe(true);
      // Rows of each writer are there up to some moment and not beyond: the copy is one instant, not a mixture.
      for (const writer of writers.keys()) {
        const numbers = keys
          .filter(({ id }) => id.startsWith(`${writer}-`))
          .map(({ id }) => Number(id.slice(2)))
          .sort((left, right) => left - right);
        expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      }
      await database.close();
    } finally {
      await place.remove();
    }
  });

  test("is refused where data is, unless told to move it aside, and then what was there is kept", async () => {
    await addOne();
    const { folder: path } = await makeBackup(source(), NOON);
    const place = await freshPlace(engine.name);
    try {
      expect((await restoreBackup(path, target(place.url), NOON)).kind).toBe("restored");
      expect(await restoreBackup(path, target(place.url), NOON)).toMatchObject({
        kind: "refused",
        problems: [expect.stringMatching(/exists already|has tables already/)],
      });
      const forced = await restoreBackup(path, target(place.url, { force: true }), NOON);
      expect(forced).toMatchObject({ kind: "restored", aside: expect.stringContaining("20261121120000") });
    } finally {
      await place.remove();
    }
  });

  test("that was damaged, shortened or mixed up is found out and never restored", async () => {
    await addOne();
    const { folder: path, manifest } = await makeBackup(source(), NOON);
    const data = join(path, manifest.file);
    const whole = readFileSync(data);
    const spoil = async (spoiled: Buffer, claim = manifest.sha256): Promise<readonly string[]> => {
      writeFileSync(data, spoiled);
      writeFileSync(join(path, "manifest.json"), JSON.stringify({ ...manifest, sha256: claim }));
      const { problems } = await verifyBackup(path);
      const place = await freshPlace(engine.name);
      expect((await restoreBackup(path, target(place.url), NOON)).kind).toBe("refused");
      await place.remove();
      return problems;
    };
    const changed = Buffer.from(whole);
    changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 0xff;
    expect(await spoil(changed)).toEqual([expect.stringContaining("changed or damaged")]);
    // Also when the checksum was made to fit.
    const { createHash } = await import("node:crypto");
    const half = whole.subarray(0, whole.length >> 1);
    expect(await spoil(half, createHash("sha256").update(half).digest("hex"))).toHaveLength(1);

    writeFileSync(data, whole);
    const counts = { ...manifest.counts, channel_key: 0 };
    writeFileSync(join(path, "manifest.json"), JSON.stringify({ ...manifest, counts }));
    expect((await verifyBackup(path)).problems).toEqual([
      expect.stringMatching(/^channel_key: 0 expected, \d+ found$/),
    ]);
    writeFileSync(join(path, "manifest.json"), "{");
    expect((await verifyBackup(path)).problems).toEqual([expect.stringContaining("not a backup")]);
  });

  test("says when the secret key is another, and brings it along when asked to", async () => {
    const { folder: path } = await makeBackup({ ...source(), withSecret: true }, NOON);
    const secretPath = join(folder, "elsewhere", "secret.key");
    const place = await freshPlace(engine.name);
    try {
      const other = await restoreBackup(path, target(place.url, { secret: "other" }), NOON);
      expect(other).toMatchObject({ kind: "restored", isSecretKnown: false });
      const none = await restoreBackup(
        path,
        target(place.url, { secret: null, secretPath, force: true }),
        NOON,
      );
      expect(none).toMatchObject({ kind: "restored", isSecretKnown: true });
      expect([readFileSync(secretPath, "utf8"), statSync(secretPath).mode & 0o077]).toEqual(["pepper\n", 0]);
    } finally {
      await place.remove();
    }
  });

  test("that cannot be made leaves nothing that looks like one", async () => {
    const broken = {
      ...engine.database,
      backupTo: () => Promise.reject(new CopyUnusable("the disk is full")),
    };
    const wrong = { ...source(), database: broken, url: "postgres://nobody@127.0.0.1:1/none" };
    await expect(makeBackup(wrong, NOON)).rejects.toThrow(CopyUnusable);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("only the newest are kept, and nothing else in the folder is touched", async () => {
    for (const day of [0, 1, 2]) await makeBackup(source(), NOON + day * 86_400_000);
    writeFileSync(join(folder, "notes.txt"), "");
    expect(pruneBackups(folder, 2)).toBe(1);
    expect(readdirSync(folder).sort()).toEqual([
      "notes.txt",
      "prilavok-2026-11-22T12-00-00-000Z",
      "prilavok-2026-11-23T12-00-00-000Z",
    ]);
    expect(pruneBackups(folder, 0)).toBe(1);
  });
});

test("a plain copy of a file in use is what a backup must not be: the check tells it from a whole one", async () => {
  const place = await freshPlace("sqlite");
  const file = place.url.slice("sqlite:".length);
  const database = await openDatabase({ url: place.url });
  await database.transaction((tx) => tx.run("create table t (x text)"));
  for (let index = 0; index < 200; index += 1)
    await database.transaction((tx) => tx.run("insert into t (x) values (?)", ["x".repeat(1000)]));
  cpSync(file, `${file}.plain`);
  await database.backupTo?.(`${file}.copy`);
  const { inspectCopy } = await import("../../src/storage/index.ts");
  expect((await inspectCopy(`${file}.copy`)).counts).toEqual({ t: 200 });
  // The rows are still in the write-ahead log, which a plain copy forgets.
  expect((await inspectCopy(`${file}.plain`)).counts["t"]).not.toBe(200);
  expect(existsSync(`${file}.copy-wal`)).toBe(false);
  await database.close();
  await place.remove();
});
