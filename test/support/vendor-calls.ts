// Calls of vendors on a running server, for pages that show them: carts that are priced, one that is refused.
import { CREDENTIALS } from "./server.ts";

/** Sends a cart as the shop's app does; gives the status. */
export async function sendCart(
  url: string,
  items: readonly object[],
  key: string = CREDENTIALS.irpKey,
): Promise<number> {
  const answer = await fetch(`${url}/irp/basket`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify({ items }),
  });
  await answer.text();
  return answer.status;
}
