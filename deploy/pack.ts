// Before packing: the pinned Node of a clone is dropped from the package; after packing the clone gets it back.
import { copyFileSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = fileURLToPath(new URL("../package.json", import.meta.url));
const kept = `${path}.kept`;

if (process.argv[2] === "after") renameSync(kept, path);
else {
  copyFileSync(path, kept);
  const manifest = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  // An installed package runs on the Node.js that is there; its starter refuses an old one in a sentence.
  delete manifest["optionalDependencies"];
  delete manifest["devDependencies"];
  delete manifest["scripts"];
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
