// Ninety days of an invented shop, told through the real doors with a clock that runs fast.
import { instant } from "../core/basics/index.ts";
import { buildServer, createLog, createMetrics } from "../http/index.ts";
import type { DemoKeys } from "./demo-calls.ts";
import { facesOf } from "./faces.ts";
import type { Installation } from "./installation.ts";
import type { Story, StoryCall } from "./story.ts";

const DAY = 86_400_000;

/** Days of the history, the last of them yesterday. */
export const HISTORY_DAYS = 90;

/** Feedbacks and ratings of one day. */
const PER_DAY = { feedback: 8, rating: 12 } as const;

/** Tells the story day by day; gives how many calls were taken. One place disappoints in the last week. */
export async function tellHistory(installation: Installation, story: Story, keys: DemoKeys): Promise<number> {
  let now = Date.now();
  const past: Installation = { ...installation, house: { ...installation.house, now: () => instant(now) } };
  const app = buildServer({
    log: createLog("silent", false, () => undefined),
    metrics: createMetrics(),
    faces: facesOf(past),
    trustProxy: [],
    readiness: { isServing: () => true, pingDatabase: async () => undefined, writersWaiting: () => 0 },
  });
  const today = now;
  let taken = 0;
  for (let day = HISTORY_DAYS; day > 0; day -= 1) {
    now = today - day * DAY;
    const form = new URLSearchParams({
      client_id: keys.clientId,
      client_secret: keys.clientSecret,
      grant_type: "client_credentials",
    }).toString();
    const issued = await app.inject({
      method: "POST",
      url: "/yandex-eats/security/oauth/token",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: form,
    });
    const token = (issued.json() as { access_token: string }).access_token;
    const calls: StoryCall[] = [
      ...Array.from({ length: PER_DAY.feedback }, () => story.feedback(now, day <= 7)),
      ...Array.from({ length: PER_DAY.rating }, () => story.rating()),
    ];
    const answers = await Promise.all(
      calls.map(({ path, body }) =>
        path === "/rating"
          ? app.inject({ method: "POST", url: "/irp/rating", headers: { key: keys.irp }, payload: body })
          : app.inject({
              method: "POST",
              url: `/yandex-eats${path}`,
              headers: { authorization: `Bearer ${token}` },
              payload: body,
            }),
      ),
    );
    taken += answers.filter((answer) => answer.statusCode === 200).length;
  }
  await app.close();
  return taken;
}
