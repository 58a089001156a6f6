// What is published: built files only, no Node of its own, and it runs from a folder that has no sources.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT, type ServerPlace, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

describe("the package", () => {
  let scratch: string;
  let installed: string;
  let names: string[];

  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), "prilavok-package-"));
    const copy = join(scratch, "clone");
    mkdirSync(copy);
    const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
      cwd: ROOT,
      encoding: "utf8",
    })
      .split("\n")
      .filter((path) => path !== "" && existsSync(join(ROOT, path)));
    const archive = execFileSync("tar", ["c", ...files], { cwd: ROOT, maxBuffer: 256 * 1024 * 1024 });
    execFileSync("tar", ["x"], { cwd: copy, input: archive });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const before = readFileSync(join(copy, "package.json"), "utf8");
    execFileSync("npm", ["pack", "--silent"], { cwd: copy, stdio: ["ignore", "pipe", "pipe"] });
    expect(readFileSync(join(copy, "package.json"), "utf8")).toBe(before);
    execFileSync("tar", ["xzf", "prilavok-0.1.0.tgz", "-C", scratch], { cwd: copy });
    installed = join(scratch, "package");
    symlinkSync(join(ROOT, "node_modules"), join(installed, "node_modules"));
    names = execFileSync("tar", ["tzf", "prilavok-0.1.0.tgz"], { cwd: copy, encoding: "utf8" })
      .trim()
      .split("\n");
  }, 300_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test("holds what was built and nothing else of the clone", () => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as Record<
      string,
      unknown
    >;
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["optionalDependencies"]));
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["scripts"]));
    const strange = names
      .map((name) => name.replace(/^package\//, ""))
      .filter(
        (name) =>
          !/^(bin\/|dist\/.+\.js$|dist\/console\/(index\.html|addresses\.json|assets\/[\w.-]+)$|examples\/|[A-Z]+(\.ru)?(\.md)?$|package\.json$|config\.default\.env$|openapi\.json$)/.test(
            name,
          ),
      );
    expect(strange).toEqual([]);
    expect(names).toContain("package/dist/main.js");
    expect(names).toContain("package/dist/console/index.html");
    expect(names.some((name) => /\/dist\/console\/assets\/index-.+\.js\.br$/.test(name))).toBe(true);
    expect(names.some((name) => name.endsWith(".test.js"))).toBe(false);
  });

  describe("installed", () => {
    let place: ServerPlace;
    let server: ServerProcess;
    beforeAll(async () => {
      place = await serverPlace("sqlite");
      server = await startServer(place, join(installed, "bin", "prilavok.js"));
    });
    afterAll(async () => {
      await server.kill();
      await place.remove();
    });

    test("serves without sources, and its commands reach it", async () => {
      expect(existsSync(join(installed, "src"))).toBe(false);
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`${server.url}/people`)).text()).toContain('<div id="root">');
      const made = spawnSync(
        process.execPath,
        [join(installed, "bin", "prilavok.js"), "backup", "create", "--json"],
        {
          env: { PATH: process.env["PATH"], ...place.environment },
          encoding: "utf8",
        },
      );
      expect([made.status, made.stderr]).toEqual([0, ""]);
      expect((JSON.parse(made.stdout) as { schema: number }).schema).toBeGreaterThan(0);
    });
  });
});

describe("a Node.js that is too old", () => {
  const sentence = /^Prilavok needs Node\.js 24 or later and this is 20\.\d+\.\d+: [^\n]+\n$/;
  const system = "/usr/bin/node";
  const isOld = (): boolean =>
    existsSync(system) && /^v20\./.test(execFileSync(system, ["--version"], { encoding: "utf8" }));

  test.skipIf(!isOld())("is refused in one sentence, before anything else is loaded", () => {
    const { status, stderr, stdout } = spawnSync(system, [join(ROOT, "bin", "prilavok.js"), "start"], {
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([78, ""]);
    expect(stderr).toMatch(sentence);
  });

  test("is refused also where only its number is old", () => {
    const pretence =
      'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';
    const { status, stderr } = spawnSync(
      process.execPath,
      ["--import", pretence, join(ROOT, "bin", "prilavok.js"), "doctor"],
      { encoding: "utf8" },
    );
    expect(status).toBe(78);
    expect(stderr).toMatch(sentence);
  });
});
