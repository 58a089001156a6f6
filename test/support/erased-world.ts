// An act of erasure for calls that read one.
import type { ApiUnderTest } from "./api.ts";
import { appSays } from "./desk-channels.ts";

/** Somebody rates and is erased; gives the number of the act. */
export async function actOfErasure(api: ApiUnderTest): Promise<string> {
  const wish = { kind: "order", id: "to-be-erased", reason: "Request" };
  await appSays(api.house, { orderId: wish.id, rating: 3, comment: "Forget me" });
  const erased = await api.call("POST", "/api/v1/desk/erasures", { body: wish });
  return erased.json().act.id;
}
