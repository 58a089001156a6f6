// Amounts as the reader writes them: against texts written by hand, and laws that hold for all of them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agoText, momentText, moneyText, numberText, percentText, quantityText } from "./amounts.ts";

const SPACE = "\u00a0";
const spaced = (text: string): string => text.replaceAll(" ", SPACE);

describe("money", () => {
  test.each([
    [123450, "ru", {}, "1 234,50 ₽"],
    [123450, "en", {}, "1,234.50 ₽"],
    [-5, "ru", {}, "−0,05 ₽"],
    [0, "ru", {}, "0,00 ₽"],
    [99900, "ru", { isShort: true }, "999 ₽"],
    [99950, "ru", { isShort: true }, "999,50 ₽"],
    [100000, "ru", { isShort: true }, "1 000 ₽"],
    [100, "ru", { hasSign: true }, "+1,00 ₽"],
    [-100, "en", { hasSign: true }, "−1.00 ₽"],
    [0, "en", { hasSign: true }, "0.00 ₽"],
    [9007199254740991, "ru", {}, "90 071 992 547 409,91 ₽"],
  ] as const)("%i kopecks in %s with %o are %s", (minor, language, options, text) => {
    expect(moneyText(minor, language, options)).toBe(spaced(text));
  });

  test("never breaks over two lines and can be read back to the kopeck", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e13, max: 1e13 }), (minor) => {
        const text = moneyText(minor, "ru");
        expect(text).not.toMatch(/[ \u202f-]/);
        expect(
          Math.round(
            Number(
              text
                .replaceAll(/[\u00a0₽]/g, "")
                .replace("−", "-")
                .replace(",", "."),
            ) * 100,
          ) + 0,
        ).toBe(minor);
      }),
    );
  });
});

test.each([
  [1250, "ru", "12,5 %"],
  [1250, "en", "12.5%"],
  [10000, "ru", "100 %"],
  [1, "ru", "0,01 %"],
] as const)("%i basis points in %s are %s", (bps, language, text) => {
  expect(percentText(bps, language)).toBe(spaced(text));
});

test.each([
  [1500, "1,5"],
  [1000, "1"],
  [333, "0,333"],
  [12345000, "12 345"],
] as const)("%i thousandths are %s", (thousandths, text) => {
  expect(quantityText(thousandths, "ru")).toBe(spaced(text));
});

test("numbers are grouped from four digits on", () => {
  expect(numberText(1234, "ru")).toBe(spaced("1 234"));
  expect(numberText(1234.5, "en", 1)).toBe("1,234.5");
});

describe("moments", () => {
  const NEW_YEAR = Date.UTC(2026, 11, 31, 21, 30);

  test("stand in the shop's zone, with the year where it is not this one", () => {
    const now = Date.UTC(2027, 0, 2);
    expect(momentText(NEW_YEAR, "ru", "Europe/Moscow", "moment", now)).toBe(
      spaced("1 янв., 00:30").replace(`,${SPACE}`, ", "),
    );
    expect(momentText(NEW_YEAR, "en", "UTC", "moment", now)).toContain("2026");
    expect(momentText(NEW_YEAR, "en", "Europe/Moscow", "moment", now)).not.toContain("2027");
  });

  test("take the API's text, and give back what is no moment", () => {
    expect(momentText("2026-11-22T12:00:00.000Z", "ru", "Europe/Moscow", "time")).toBe("15:00");
    expect(momentText("soon", "ru", "Europe/Moscow")).toBe("soon");
  });

  test.each([
    [-30_000, "ru", "сейчас"],
    [-300_000, "ru", "5 минут назад"],
    [7_200_000, "en", "in 2 hours"],
    [-86_400_000, "ru", "вчера"],
    [-1_000, "en", "now"],
  ] as const)("%i ms away in %s is %s", (gap, language, text) => {
    expect(agoText(NEW_YEAR + gap, language, NEW_YEAR)).toBe(spaced(text));
  });
});
