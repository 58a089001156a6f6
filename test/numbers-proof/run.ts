// `npm run numbers-proof`: alarms over 10,000 branch-years and digests over 200 years of twenty branches; takes half an hour.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { branches: { type: "string", default: "10000" }, digests: { type: "string", default: "200" } },
});
const files = ["src/core/numbers/alarms.property.test.ts", "src/core/numbers/digest.test.ts"];
const { status } = spawnSync(
  "npx",
  ["vitest", "run", "--project", "rooms", "--testTimeout=3600000", ...files],
  {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: {
      ...process.env,
      PRILAVOK_BRANCH_YEARS: values.branches,
      PRILAVOK_DIGEST_YEARS: values.digests,
    },
  },
);
process.exitCode = status ?? 1;
