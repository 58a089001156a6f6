// Numbers of events have no gaps, skip no late commit and keep the order of a subject, whoever writes and whoever publishes.
import { expect, test } from "vitest";
import { instant } from "../../src/core/basics/index.ts";
import { noteEvent, publishEvents } from "../../src/flows/index.ts";
import {
  type Database,
  insertEvent,
  listEvents,
  openDatabase,
  type StoredEvent,
  type Tx,
} from "../../src/storage/index.ts";
import { forEachEngine } from "../support/engines.ts";
import { houseOver } from "../support/house.ts";

const AT = instant(1_763_712_000_000);

/** An event as short as it can be. */
function event(id: string, subjectId = "one") {
  return { id, kind: "order.placed", subjectType: "order", subjectId, body: "{}", addressee: null, at: AT };
}

async function feed(database: Database): Promise<StoredEvent[]> {
  return database.read((tx) => listEvents(tx, { after: 0, limit: 100_000 }));
}

/** A door that a transaction waits at. */
function gate(): { opened: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

forEachEngine("events", (engine) => {
  test("an event of a transaction that is rolled back is never shown, and leaves no gap", async () => {
    const house = houseOver(engine.database);
    const note = (id: string) => (tx: Tx) =>
      noteEvent(tx, house, { kind: "order.placed", subject: { type: "order", id }, body: {}, at: AT });
    await engine.database.transaction(note("kept-1"));
    const lost = engine.database.transaction(async (tx) => {
      await note("lost")(tx);
      throw new Error("no");
    });
    await expect(lost).rejects.toThrow("no");
    await engine.database.transaction(note("kept-2"));
    expect(await feed(engine.database)).toEqual([]);
    expect(await publishEvents(house)).toEqual({ first: 1, last: 2 });
    expect(await publishEvents(house)).toBeNull();
    const shown = await feed(engine.database);
    expect(shown.map(({ number, subjectId }) => [number, subjectId])).toEqual([
      [1, "kept-1"],
      [2, "kept-2"],
    ]);
  });

  test("racing writers and racing publishers: every committed event gets the next number, once", async () => {
    const house = houseOver(engine.database);
    const start = (await feed(engine.database)).length;
    const counters = new Map<string, number>();
    const written = new Set<string>();
    let isWriting = true;
    let serial = 0;
    const write = async (writer: number): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) {
        serial += 1;
        const id = `race-${engine.name}-${serial}`;
        const subject = `subject-${writer % 5}`;
        try {
          await engine.database.transaction(async (tx) => {
            // The subject's own row, as every flow that notes has one.
            const [row] = await tx.rows<{ value: string }>(
              `insert into setting (name, value) values (?, '1')
               on conflict (name) do update set value = cast(cast(setting.value as integer) + 1 as text) returning value`,
              [`test.${subject}`],
            );
            await insertEvent(tx, {
              ...event(id, subject),
              body: JSON.stringify({ turn: Number(row?.value) }),
            });
            if (serial % 7 === 0) throw new Error("rolled back");
          });
          written.add(id);
        } catch (error) {
          expect((error as Error).message).toBe("rolled back");
        }
      }
    };
    const publish = async (): Promise<void> => {
      while (isWriting) {
        await publishEvents(house);
        await new Promise((next) => setImmediate(next));
      }
    };
    const publishers = [publish(), publish(), publish()];
    await Promise.all(Array.from({ length: 12 }, (_, writer) => write(writer)));
    isWriting = false;
    await Promise.all(publishers);
    while ((await publishEvents(house)) !== null);
    const shown = (await feed(engine.database)).slice(start);
    expect(shown.map(({ number }) => number)).toEqual(shown.map((_, index) => start + index + 1));
    expect(new Set(shown.map(({ id }) => id))).toEqual(written);
    for (const { subjectId, body } of shown) {
      const { turn } = JSON.parse(body) as { turn: number };
      expect(turn, "events of a subject are numbered in the order of its changes").toBeGreaterThan(
        counters.get(subjectId) ?? 0,
      );
      counters.set(subjectId, turn);
    }
  });
});

/** Numbers what is newer than the newest seen: what comes to mind first, and skips whoever commits late. */
async function numberNewer(tx: Tx): Promise<void> {
  await tx.run(
    `update event set number = (select coalesce(max(number), 0) from event) + waiting.place
      from (select id, row_number() over (order by entry) as place from event
        where entry > (select coalesce(max(entry), 0) from event where number is not null)) as waiting
      where event.id = waiting.id`,
  );
}

forEachEngine("a commit that comes late", (engine) => {
  const isPostgres = engine.name === "postgres";

  /** One transaction writes first and commits last; another writes and is published in between. */
  const late = async (publish: (database: Database) => Promise<unknown>, tag: string): Promise<string[]> => {
    const other = await openDatabase({ url: engine.url });
    const wrote = gate();
    const mayCommit = gate();
    const slow = other.transaction(async (tx) => {
      await insertEvent(tx, event(`${tag}-early`));
      wrote.open();
      await mayCommit.opened;
    });
    await wrote.opened;
    await engine.database.transaction((tx) => insertEvent(tx, event(`${tag}-late`)));
    await publish(engine.database);
    mayCommit.open();
    await slow;
    await publish(engine.database);
    await other.close();
    return (await feed(engine.database)).map(({ id }) => id).filter((id) => id.startsWith(tag));
  };

  if (!isPostgres)
    test("cannot be: a second one is not let to the file", async () => {
      await expect(late(async () => undefined, "second")).rejects.toThrow("already open in process");
    });

  if (isPostgres)
    test("is numbered when it comes", async () => {
      expect(await late((database) => publishEvents(houseOver(database)), "whole")).toEqual([
        "whole-late",
        "whole-early",
      ]);
    });

  if (isPostgres)
    test("is skipped for ever by numbering what is newer than the newest", async () => {
      const naive = (database: Database) => database.transaction(numberNewer);
      expect(await late(naive, "naive")).toEqual(["naive-late"]);
    });
});
