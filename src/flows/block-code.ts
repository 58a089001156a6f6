// Blocks one promo code wherever it stands, or lets it go again, with a reason that stays in the audit log.
import { foldCode } from "../core/pricing/index.ts";
import { type CodeBlock, holdCode, putCodeBlock } from "../storage/index.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import type { RuleShelf } from "./rule-shelf.ts";
import { type CodeTold, tellCodeIn } from "./tell-code.ts";

/** What is wanted of a code. */
export interface CodeBlockWish {
  /** As somebody wrote it. */
  readonly code: string;
  readonly isBlocked: boolean;
  readonly reason: string;
  /** The version that was looked at; 0: nobody had said anything of it. */
  readonly version: number;
  /** Who wants it. */
  readonly actor: string;
}

/** What became of it. */
export type CodeBlocked =
  | { readonly kind: "kept"; readonly told: CodeTold }
  | { readonly kind: "refused"; readonly reason: "not_found" | "stale_version" };

/**
 * Blocks or lets go; from the next cart on. What is so already stays as it is, with its first reason. Orders that are being
 * placed come before or after: once this has answered no further one takes the code. What a table or a batch has blocked is
 * let go there.
 */
export async function blockCode(house: House, shelf: RuleShelf, wish: CodeBlockWish): Promise<CodeBlocked> {
  const shelved = await shelf.current();
  const { isBlocked, reason, actor } = wish;
  const folded = foldCode(wish.code);
  return house.database.transaction(async (tx): Promise<CodeBlocked> => {
    await holdCode(tx, folded, "change");
    const at = house.now();
    const told = await tellCodeIn(tx, shelved, wish.code, at);
    if (told === null) return { kind: "refused", reason: "not_found" };
    const before = told.block;
    if ((before?.isBlocked ?? false) === isBlocked) return { kind: "kept", told };
    const version = before?.version ?? 0;
    if (version !== wish.version) return { kind: "refused", reason: "stale_version" };
    const block: CodeBlock = { folded, isBlocked, reason, by: actor, at, version: version + 1 };
    if (!(await putCodeBlock(tx, block))) return { kind: "refused", reason: "stale_version" };
    await keepAudit(tx, {
      at,
      actor,
      action: isBlocked ? "code.blocked" : "code.unblocked",
      subject: told.code,
      details: { before: shownInLog(before), after: shownInLog(block) },
    });
    return { kind: "kept", told: (await tellCodeIn(tx, shelved, wish.code, at)) ?? told };
  });
}

function shownInLog(block: CodeBlock | null): object {
  return { isBlocked: block?.isBlocked ?? false, reason: block?.reason ?? null };
}
