// Signatures of outbound webhooks, as Standard Webhooks 1.0.0 has them.
import { Webhook } from "standardwebhooks";

/** The headers of one attempt: the id stays over retries, the time is the attempt's, and every secret that counts signs. */
export function signedHeaders(
  secrets: readonly string[],
  message: { readonly id: string; readonly at: number; readonly body: string },
): Record<string, string> {
  const at = new Date(message.at);
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(Math.floor(message.at / 1000)),
    "webhook-signature": secrets
      .map((secret) => new Webhook(secret).sign(message.id, at, message.body))
      .join(" "),
  };
}
