// Words that must not be in the project: secrets, machine paths, registry hosts; and dependencies as the house wants them.
import { expect, test } from "vitest";
import { type LockFile, missingPlatforms } from "../../deploy/complete-lock.ts";
import { allPaths, read } from "./tree.ts";

const texts = () =>
  allPaths()
    .filter((path) => !/\.(png|ico|gz|woff2?)$/.test(path) && path !== "package-lock.json")
    .map(read);

test("no path of anybody's machine and no registry host is committed", () => {
  // The names are put together here so that this file does not contain them itself.
  const hosts = ["registry" + ".npmjs", "npm" + "mirror"];
  const paths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/"];
  const found = [...texts(), read("package-lock.json")].flatMap((file) =>
    [...hosts, ...paths].filter((word) => file.text.includes(word)).map((word) => `${file.path}: ${word}`),
  );
  expect(found).toEqual([]);
});

test("the lock file names no download address", () => {
  expect(read("package-lock.json").text).not.toContain('"resolved"');
});

test("the lock file names the packages of every platform, or `npm ci` would refuse it", () => {
  expect(missingPlatforms(JSON.parse(read("package-lock.json").text) as LockFile)).toEqual([]);
});

test("no dependency runs a script when it is installed", () => {
  const lock = JSON.parse(read("package-lock.json").text) as {
    packages: Record<string, { hasInstallScript?: boolean; optional?: boolean }>;
  };
  const scripted = Object.entries(lock.packages)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([name]) => name);
  // fsevents is macOS only, optional, and ships its binary; its script is never run (ignore-scripts in .npmrc).
  expect(scripted.filter((name) => !name.endsWith("/fsevents"))).toEqual([]);
});

test("every direct dependency is pinned and has its line in the decisions", () => {
  const manifest = JSON.parse(read("package.json").text) as Record<string, Record<string, string>>;
  const direct = {
    ...manifest["dependencies"],
    ...manifest["devDependencies"],
    ...manifest["optionalDependencies"],
  };
  const loose = Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
  const decisions = read("docs/decisions/0002-libraries.md").text;
  expect(Object.keys(direct).filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
});

test("vendors' words stop in their protocol's folder", () => {
  const vendors = /configurationId|externalUserId|promoGroup\b|eatsId\b|predefinedComment|lastSyncDate/;
  const wrong = texts()
    .filter((file) => /^src\/(core|storage)\//.test(file.path) && !file.path.endsWith(".test.ts"))
    .flatMap((file) =>
      file.lines.flatMap((line, index) =>
        vendors.test(line.replace(/\/\/.*|\*.*/, ""))
          ? [`${file.path}:${index + 1} ${line.trim().slice(0, 80)}`]
          : [],
      ),
    );
  expect(wrong).toEqual([]);
});
