// A deliberately broken shop: it writes down that an event has arrived, and sends it a little later.
import { GuardedCaller } from "../../../src/outbound/guarded-call.ts";

const post = GuardedCaller.prototype.post;

GuardedCaller.prototype.post = async function early(this: GuardedCaller, wish) {
  setTimeout(() => void post.call(this, wish), 1000);
  return { outcome: "delivered", status: 200, retryAfterMs: null, ms: 0, answer: null };
};

await import("../../support/event-process.ts");
