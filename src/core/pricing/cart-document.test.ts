// A written cart becomes the engine's: defaults where it says nothing, and a quantity that is too fine is none.
import { expect, test } from "vitest";
import { cartOf } from "./cart-document.ts";

test("a written cart gets defaults, and says no more than was written", () => {
  expect(cartOf({ lines: [{ offer: "1" }] })).toMatchObject({
    channel: "app",
    lines: [{ offerId: "1", quantity: 1000, selected: true, echoed: [], sentAsFree: false }],
    code: null,
    choices: [],
    pointsToSpend: 0,
    city: { name: null, kladr: null, fias: null },
    isEarlyAccess: false,
  });
});

test("quantities are thousandths, and finer ones are none", () => {
  const lines = [0.7, 0.0001].map((quantity) => ({ offer: "1", quantity }));
  expect(cartOf({ lines }).lines.map(({ quantity }) => quantity)).toEqual([700, null]);
  const gifts = [{ offer: "2" }, { offer: "3", quantity: 0.0001 }];
  expect(
    cartOf({ lines: [], choices: [{ promotion: "menu", gifts }, { promotion: "other" }] }).choices,
  ).toEqual([
    {
      promotionId: "menu",
      gifts: [
        { offerId: "2", quantity: 1000 },
        { offerId: "3", quantity: 0 },
      ],
    },
    { promotionId: "other", gifts: [] },
  ]);
});

test("a city is a name or codes, and an empty code is none", () => {
  expect(cartOf({ lines: [], code: "  ", city: "Омск" })).toMatchObject({
    code: null,
    city: { name: "Омск" },
  });
  expect(cartOf({ lines: [], code: " A ", city: { kladr: "55" } })).toMatchObject({
    code: "A",
    city: { name: null, kladr: "55", fias: null },
  });
});
