// Bodies in the shape of the contract with anything in them: never a 5xx, every answer in the vendor's shape.
import fc from "fast-check";
import { expect, test } from "vitest";
import { forEachEngine } from "../../support/engines.ts";
import { makeStand } from "./stand.ts";

const RUNS = Number(process.env["PRILAVOK_FUZZ_RUNS"] ?? 10_000);
/** Part of the runs that PostgreSQL gets: the reading is the same code, only the racing differs. */
const POSTGRES_SHARE = 5;
const AT_ONCE = 50;

const wild = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[\ud800-\udfff]{1,4}$/) },
  { weight: 1, arbitrary: fc.constantFrom(null, true, "", " ", "\u0000", [], {}, [null], "__proto__") },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 250, maxLength: 600 }) },
);

/** Mostly what belongs there, sometimes anything, sometimes nothing. */
const mostly = (usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 1, arbitrary: wild },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

const two = (most: number) => fc.nat({ max: most }).map((value) => String(value).padStart(2, "0"));
const date = (fraction: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, "0")),
      two(13),
      two(32),
      two(24),
      two(60),
      two(61),
      fc.constantFrom(fraction, "", ".5", ",123456789"),
      fc.constantFrom("+03:00", "Z", "-03:30", "+0020", "+25:00", ""),
    )
    .map(([year, month, day, hour, minute, second, digits, offset]) => {
      return `${year}-${month}-${day}T${hour}:${minute}:${second}${digits}${offset}`;
    });

const number = fc.oneof(fc.nat({ max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true }));

const goods = {
  id: mostly(fc.constantFrom("dish-1", "dish-2")),
  name: mostly(fc.string()),
  quantity: mostly(number),
  price: mostly(number),
};

const order = fc.record({
  createdAt: mostly(date(".123456")),
  comment: mostly(fc.string()),
  discriminator: mostly(fc.constantFrom("yandex", "marketplace", "pickup")),
  platform: mostly(fc.constant("YE")),
  deliveryInfo: mostly(fc.record({ clientName: mostly(fc.string()) })),
  paymentInfo: mostly(fc.record({ total: mostly(number) })),
  items: mostly(
    fc.array(fc.record({ ...goods, modifications: mostly(fc.array(fc.record(goods), { maxLength: 2 })) }), {
      maxLength: 3,
    }),
  ),
});

const feedback = fc.record({
  id: mostly(fc.oneof(fc.constantFrom("a", "b", "c"), fc.bigInt({ min: 0n, max: 10n ** 25n }).map(Number))),
  createdAt: mostly(fc.oneof(date(".123456"), fc.constant("2026-11-04T21:17:45.318204+03:00"))),
  eatsId: mostly(fc.constantFrom("261104-00000001", "261104-00000002", "261104-3")),
  orderId: mostly(fc.constantFrom("POS-1", 17)),
  restaurantId: mostly(fc.constantFrom("lesnaya-12", "nowhere")),
  rating: mostly(fc.integer({ min: 1, max: 5 })),
  deliveredAt: mostly(date("")),
  takenAt: mostly(date("")),
  comment: mostly(fc.string({ unit: "grapheme", maxLength: 100 })),
  predefinedComment: mostly(fc.string()),
});

const shaped = fc
  .record({ feedback: mostly(feedback), orderInfo: mostly(order), extra: mostly(wild) })
  .map((body) => Buffer.from(JSON.stringify(body)));

/** Bytes changed, cut or doubled after the fact. */
const damaged = fc
  .tuple(shaped, fc.nat(), fc.nat({ max: 255 }), fc.nat({ max: 2 }))
  .map(([bytes, at, byte, how]) => {
    const index = at % bytes.length;
    if (how === 0) return bytes.subarray(0, index);
    if (how === 1) return Buffer.concat([bytes.subarray(0, index), bytes]);
    const changed = Buffer.from(bytes);
    changed[index] = byte;
    return changed;
  });

const bodies = fc.oneof({ weight: 9, arbitrary: shaped }, { weight: 1, arbitrary: damaged });

forEachEngine("the fuzz", (engine) => {
  const runs = engine.name === "postgres" ? Math.ceil(RUNS / POSTGRES_SHARE) : RUNS;
  test(`${runs} bodies are each answered by the contract and kept`, {
    timeout: 300_000 + RUNS * 20,
  }, async () => {
    const stand = makeStand(engine.database);
    const strict = makeStand(engine.database, { mode: "strict" });
    const token = await stand.token();
    const seen = { accepted: 0, refused: 0 };
    const deliver = async ([bytes, dice]: readonly [Buffer, number]): Promise<void> => {
      const answer = await (dice === 0 ? strict : stand).send(bytes, token);
      if (answer.status === 200) {
        seen.accepted += 1;
        expect(answer.body).toEqual({ result: "OK" });
        return;
      }
      seen.refused += 1;
      expect(answer.status).toBe(400);
      expect(isProblemList(answer.body)).toBe(true);
    };
    // Many at once, so that they race each other for the same few records too.
    const many = fc.array(fc.tuple(bodies, fc.nat({ max: 9 })), { minLength: AT_ONCE, maxLength: AT_ONCE });
    await fc.assert(
      fc.asyncProperty(many, async (deliveries) => {
        await Promise.all(deliveries.map(deliver));
      }),
      { numRuns: Math.ceil(runs / AT_ONCE) },
    );
    const kept = await engine.database.read((tx) =>
      tx.rows<{ status: number; count: number }>(
        "select status, count(*) as count from delivery group by status",
      ),
    );
    const counts = Object.fromEntries(kept.map((row) => [row.status, Number(row.count)]));
    expect(counts).toEqual({ 200: seen.accepted, 400: seen.refused });
    // A fuzz that only ever meets one of the two would prove little.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(runs / 20);
    const [rows] = await engine.database.read((tx) =>
      tx.rows<{ count: number }>("select sum(deliveries) as count from feedback_item"),
    );
    const quarantined = await engine.database.read((tx) =>
      tx.rows("select id from delivery where effect = 'quarantined'"),
    );
    expect(Number(rows?.count) + quarantined.length).toBe(seen.accepted);
    await stand.app.close();
    await strict.app.close();
  });
});

function isProblemList(body: unknown): boolean {
  return (
    Array.isArray(body) &&
    body.length >= 1 &&
    body.length <= 20 &&
    body.every((one: { code?: unknown; description?: unknown }) => {
      const keys = Object.keys(one).join();
      return keys === "code,description" && Number.isInteger(one.code) && typeof one.description === "string";
    })
  );
}
