// Extra services: ours apply, at our prices, whatever the request says of them.
import { expect, test } from "vitest";
import { minor } from "../money/index.ts";
import { type ExtraService, servicesFor } from "./extra-services.ts";

const service = (id: string, itemId: string | null = null): ExtraService => ({
  id,
  itemId,
  title: id,
  description: null,
  price: minor(9900),
  modal: null,
});
const tick = (serviceId: string, isSelected: boolean, itemId: string | null = null) => ({
  serviceId,
  itemId,
  isSelected,
});
const shown = (found: ReturnType<typeof servicesFor>) =>
  found.map((one) => [one.id, one.itemId, one.isSelected]);

test("services of the cart always apply, services of goods with their good, and ticks are taken over", () => {
  const found = servicesFor(
    [service("lift", "1"), service("wrap"), service("mount", "2")],
    [tick("lift", true, "1"), tick("wrap", false), tick("unknown", true)],
    [{ names: ["1", "g1"] }, { names: ["1", "g1"] }],
  );
  expect(shown(found)).toEqual([
    ["lift", "1", true],
    ["wrap", null, false],
  ]);
});

test("a good is known by its other names, answered as it was asked for, the app's own name first", () => {
  const goods = [{ names: ["a", "b"] }, { names: ["b", "c"] }];
  expect(shown(servicesFor([service("s", "b")], [tick("s", true)], goods))).toEqual([["s", "b", true]]);
  expect(shown(servicesFor([service("s", "c")], [tick("s", true, "c")], goods))).toEqual([["s", "c", true]]);
  expect(shown(servicesFor([service("s", "c")], [tick("s", true, "a")], goods))).toEqual([["s", "b", false]]);
  expect(shown(servicesFor([service("s", "c")], [], [{ names: ["c"] }]))).toEqual([["s", "c", false]]);
});
