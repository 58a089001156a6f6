// A shop in a process of its own, to be killed: takes ratings, numbers their events, delivers them. argv: the database's URL,
// a name for its things, and "drain" when it is to take nothing and end as soon as nothing waits.
import { v7 as uuidv7 } from "uuid";
import { instant } from "../../src/core/basics/index.ts";
import { createSecrets, type House, receiveRating } from "../../src/flows/index.ts";
import { CourierPace, EventOffice } from "../../src/jobs/index.ts";
import { openDatabase, type Tx } from "../../src/storage/index.ts";

const [, , url = "", name = "", task = "take"] = process.argv;
const WRITERS = 8;
/** Most ratings whose webhooks have not come to an end: a kill meets some under way, and no life leaves thousands behind. */
const AHEAD = 40;

const database = await openDatabase({ url });
let ended = 0;
const house: House = {
  database,
  now: () => instant(Date.now()),
  newId: () => uuidv7(),
  alarm: () => undefined,
  eventNoted: () => office.wake(),
};
const office: EventOffice = new EventOffice({
  house,
  secrets: createSecrets("test-pepper"),
  imshop: null,
  pace: new CourierPace({ perSecond: 1000, isCalled: () => false, monotonicMs: () => performance.now() }),
  bell: {
    failed: (_job, error) => void process.stderr.write(`${String(error)}\n`),
    attempted: () => {
      ended += 1;
    },
  },
});
await office.start();
process.stdout.write("ready\n");

/** One delivery of an order's rating. */
const rate = (orderId: string, stars: number): Promise<unknown> =>
  receiveRating(
    house,
    {
      channel: "irp",
      route: "/irp/rating",
      clientId: "setting",
      requestId: orderId,
      contentType: "application/json",
      body: Buffer.from(JSON.stringify({ id: orderId, rating: stars })),
    },
    { kind: "usable", orderId, given: { stars, comment: "" }, warnings: [] },
    "keep",
  );

/** Takes rating after rating, each revised once. */
async function write(writer: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    while (taken - ended > AHEAD) await new Promise((next) => setTimeout(next, 1));
    taken += 2;
    await rate(`${name}-${writer}-${count}`, 4);
    await rate(`${name}-${writer}-${count}`, 5);
  }
}

const left = async (tx: Tx): Promise<number> => {
  const [row] = await tx.rows<{ n: number }>(
    "select (select count(*) from event where number is null) + (select count(*) from webhook_lane) as n",
  );
  return row?.n ?? 0;
};

let taken = 0;
if (task === "drain") {
  while ((await database.read(left)) > 0) await new Promise((next) => setTimeout(next, 20));
  await office.stop();
  await database.close();
} else await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
