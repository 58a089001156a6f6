// The front page's numbers lead to the lists that the server names.
import { expect, test } from "vitest";
import { operations } from "../../../contract/index.ts";
import { addressOfCall } from "./list-address.ts";

test("a number's call becomes the address of its page, with its filter", () => {
  const query = { from: "2026-11-22T00:00:00.000Z" };
  expect(addressOfCall({ operation: "listOrders", params: {}, query })).toEqual({
    page: "orders",
    path: "/orders?from=2026-11-22T00%3A00%3A00.000Z",
  });
});

test("a thing is named in the path, and what would break out of it is encoded", () => {
  const call = { operation: "getWebhook", params: { webhookId: "a/b?c" }, query: {} };
  expect(addressOfCall(call)?.path).toBe("/webhooks/a%2Fb%3Fc");
});

test("a call that no page shows has no address", () => {
  expect(addressOfCall({ operation: "nothing", params: {}, query: {} })).toBeNull();
});

test("every call that is known here is one of the contract", () => {
  const ids = new Set(operations.map(({ id }) => id));
  for (const operation of ["listOrders", "listCalculations", "getSystem", "listBackups", "getImport"])
    expect(ids.has(operation)).toBe(true);
});
