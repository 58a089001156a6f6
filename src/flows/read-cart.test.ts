// A cart for trying promotions is read with defaults where it says nothing, and with sentences where it is wrong.
import { expect, test } from "vitest";
import { readCart } from "./read-cart.ts";

test("a short cart gets the defaults", () => {
  expect(readCart('{ "lines": [{ "offer": "1" }] }')).toEqual({
    kind: "read",
    customerId: null,
    at: null,
    cart: {
      channel: "app",
      lines: [{ offerId: "1", quantity: 1000, selected: true, echoed: [], sentAsFree: false }],
      code: null,
      choices: [],
      pointsToSpend: 0,
      outletId: null,
      employeeId: null,
      city: { name: null, kladr: null, fias: null },
      deliveryMethod: null,
      paymentMethod: null,
      pickupPoint: null,
      isEarlyAccess: false,
    },
  });
});

test("everything that may be said is taken, from YAML too", () => {
  const text = `
lines: [{ offer: "1", quantity: 0.7, selected: false }]
code: " ОСЕНЬ "
choices: [{ promotion: p, gifts: [{ offer: "9", quantity: 2 }, { offer: "8" }] }]
customer: u-1
at: 2026-11-21T23:00
points: 100
channel: seller
outlet: o
employee: e
city: Казань
delivery: courier
payment: card
pickupPoint: pp
earlyAccess: true`;
  expect(readCart(text)).toMatchObject({
    customerId: "u-1",
    at: "2026-11-21T23:00",
    cart: {
      channel: "seller",
      lines: [{ quantity: 700, selected: false }],
      code: "ОСЕНЬ",
      choices: [{ promotionId: "p", gifts: [{ offerId: "9", quantity: 2000 }, { quantity: 1000 }] }],
      pointsToSpend: 100,
      outletId: "o",
      employeeId: "e",
      city: { name: "Казань" },
      deliveryMethod: "courier",
      paymentMethod: "card",
      pickupPoint: "pp",
      isEarlyAccess: true,
    },
  });
  const codes = { city: { kladr: "1600000100000", fias: "f" } };
  expect(readCart(JSON.stringify({ lines: [], ...codes }))).toMatchObject({ cart: codes });
});

test("a quantity finer than a thousandth is no quantity", () => {
  expect(readCart('{"lines":[{"offer":"1","quantity":0.0001}]}')).toMatchObject({
    cart: { lines: [{ quantity: null }] },
  });
});

test("mistakes are told by line", () => {
  expect(readCart("lines:\n  - ofer: x\n")).toMatchObject({
    kind: "refused",
    problems: [{ path: "lines[0].ofer", line: 2, suggestion: "did you mean “offer”?" }],
  });
  expect(readCart("{")).toMatchObject({ kind: "refused", problems: [{ path: "" }] });
});
