// Keys of the IMSHOP channel.
import { keyCalls } from "../../contract/index.ts";
import { createKey, keysOf, revokeChannelKey } from "../../flows/index.ts";
import { pageOfWhole, pageWish } from "./page.ts";
import { Refusal, refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const CHANNEL = "irp";

/** Routes of keys. */
export const keyRoutes = [
  route(keyCalls.listIrpKeys, async ({ house, query }) => {
    const wish = pageWish(query);
    if (wish instanceof Refusal) return wish;
    return pageOfWhole(
      await keysOf(house, CHANNEL),
      wish,
      (key) => key.id,
      (key) => ({
        id: key.id,
        label: key.label,
        prefix: key.prefix,
        createdAt: shown(key.createdAt),
        revokedAt: shownOrNull(key.revokedAt),
        lastUsedAt: shownOrNull(key.lastUsedAt),
      }),
    );
  }),
  route(keyCalls.createIrpKey, async ({ house, secrets, body }) => {
    const created = await createKey(house, secrets, CHANNEL, body.label);
    if (created.kind === "refused") return refuse(created.reason);
    return { id: created.id, key: created.key, label: created.label };
  }),
  route(keyCalls.revokeIrpKey, async ({ house, params }) => {
    const known = (await keysOf(house, CHANNEL)).find((key) => key.id === params.keyId);
    if (known === undefined) return refuse("not_found");
    await revokeChannelKey(house, CHANNEL, known.id);
    return undefined;
  }),
];
