// Sets when first answers are due and when anybody works, and keeps in the log who did.
import { type DeskPolicy, readDeskPolicy, writeDeskPolicy } from "./desk-policy.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";

/** The policy that holds now: what was set, or the usual one. */
export function findDeskPolicy(house: House): Promise<DeskPolicy> {
  return house.database.read(readDeskPolicy);
}

/** The first shift that ends before it begins, or null. */
export function brokenShift(policy: DeskPolicy): { readonly from: number; readonly to: number } | null {
  const all = [policy.hours, ...Object.values(policy.branchHours)].flat();
  return all.find(({ from, to }) => from >= to) ?? null;
}

/** Sets the policy: it counts for what comes or is opened from now on. */
export function setDeskPolicy(house: House, actor: string, policy: DeskPolicy): Promise<DeskPolicy> {
  const at = house.now();
  return house.database.transaction(async (tx) => {
    const before = await readDeskPolicy(tx);
    await writeDeskPolicy(tx, policy, at);
    const details = { before, after: policy };
    await keepAudit(tx, { at, actor, action: "desk.policy", subject: "desk", details });
    return policy;
  });
}
