// Addresses of destinations: a list, a name or a second line would make somebody else a reader.
import { expect, test } from "vitest";
import { isMailbox, isTelegramChat } from "./notice-address.ts";

test.each([
  ["-1001234567890", true],
  ["42", true],
  ["@kitchen_alerts", true],
  ["@a", false],
  ["https://evil.test", false],
  ["42\n43", false],
])("%j is a chat: %s", (text, expected) => {
  expect(isTelegramChat(text)).toBe(expected);
});

test.each([
  ["boss@shop.test", true],
  ["босс@почта.рф", true],
  ["a@b", false],
  ["a@shop.test, b@shop.test", false],
  ["Boss <a@shop.test>", false],
  ["a@shop.test\r\nBcc: b@shop.test", false],
])("%j is a mailbox: %s", (text, expected) => {
  expect(isMailbox(text)).toBe(expected);
});
