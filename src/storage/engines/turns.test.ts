// Turns: few at a time, in the order of asking, and one name never holds up another.
import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

/** Lets everything that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function entered(turns: Turns, count: number, names: readonly string[] = ["a"]) {
  const order: number[] = [];
  const ends: (() => void)[] = [];
  for (let each = 0; each < count; each += 1) {
    void turns.take(names).then((end) => {
      order.push(each);
      ends[each] = end;
    });
    await settle();
  }
  const end = async (which: number): Promise<void> => {
    ends[which]?.();
    await settle();
  };
  return { order, end };
}

test("as many go at once as the width says, the others in the order of asking", async () => {
  const { order, end } = await entered(new Turns(2), 5);
  expect(order).toEqual([0, 1]);
  await end(1);
  expect(order).toEqual([0, 1, 2]);
  await end(0);
  await end(2);
  expect(order).toEqual([0, 1, 2, 3, 4]);
});

test("who comes while another takes a place over waits for the next one", async () => {
  const turns = new Turns(1);
  const { order, end } = await entered(turns, 2);
  await end(0);
  const late = await entered(turns, 1);
  expect(order).toEqual([0, 1]);
  expect(late.order).toEqual([]);
  await end(1);
  expect(late.order).toEqual([0]);
});

test("names do not hold up each other, and a turn at none is had at once", async () => {
  const turns = new Turns(1);
  await entered(turns, 1);
  expect((await entered(turns, 1, ["b"])).order).toEqual([0]);
  expect((await entered(turns, 2, [])).order).toEqual([0, 1]);
});

test("what has ended is free for as many again", async () => {
  const turns = new Turns(1);
  for (let round = 0; round < 3; round += 1) {
    const { order, end } = await entered(turns, 1, ["a", "b"]);
    expect(order).toEqual([0]);
    await end(0);
  }
});
