// Passwords: what everybody tries first is refused however it is spelled, and what a person thinks up is taken.
import { describe, expect, test } from "vitest";
import { GUESSED_WORDS } from "./guessed-words.ts";
import { whyWeak } from "./index.ts";

const why = (password: string) => whyWeak(password, "owner@shop.example", "Мария Осокина");

describe("refused", () => {
  test.each([
    ["eleven chars", "abcdefghi j".slice(0, 11)],
    ["eleven of Unicode", "😀".repeat(11)],
  ])("as too short: %s", (_name, password) => {
    expect(why(password)).toBe("too_short");
  });

  test("as too long", () => {
    expect(why("x9".repeat(65))).toBe("too_long");
  });

  test.each([
    "123456789012",
    "111111111111",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabc",
    "qwertyuiop12",
    "qwertyuiop[]",
    "poiuytrewq123",
    "йцукенгшщзхъ",
    "1q2w3e4r5t6y",
    "q1w2e3r4t5y6",
    "qazwsxedcrfv",
    "password1234",
    "Password123!",
    "P@ssw0rd2024",
    "passwordpassword",
    "iloveyou1234",
    "administrator",
    "administrator1",
    "Пароль123456",
    "привет123456",
    "letmein12345",
    "qwerty123456",
    "asdfghjkl123",
    "zxcvbnm12345",
    "superman2024!",
    "12.03.1985!!",
    "january2026!",
    "monkey-dragon",
  ])("as too common: %s", (password) => {
    expect(why(password)).toBe("too_common");
  });

  test("every word of the list with digits, doubled or dressed up: three thousand and more", () => {
    const dressed = GUESSED_WORDS.flatMap((word) => [
      `${word}123456789012`,
      `${word}!2026${"0".repeat(12)}`.slice(0, Math.max(12, word.length + 5)),
      word.repeat(Math.ceil(12 / word.length)),
      `${word.toUpperCase()}111111111111`,
      `qwerty${word}123456`,
      `${word}-${word}-1234567`.replace(/-/g, ""),
    ]).filter((password) => [...password].length >= 12 && [...password].length <= 128);
    expect(new Set(dressed).size).toBeGreaterThan(2000);
    expect(dressed.filter((password) => why(password) === null)).toEqual([]);
  });

  test.each(["owner@shop.example", "ownerowner2026", "осокина123456", "Осокина-Мария"])(
    "as made of the own name: %s",
    (password) => {
      expect(["names_itself", "too_common"]).toContain(why(password));
    },
  );
});

describe("taken", () => {
  test.each([
    "лошадь батарея скрепка",
    "correct horse battery staple",
    "кефир на подоконнике",
    "Tr7-vLq9-xWm2",
    "зелёный чайник свистит",
    "мой дядя самых честных правил",
    "k8#mZ!q2Lw9p",
    "😀🦀🚲🥝🌵🧲🪁🧦🎷🥁🪐🧊",
  ])("%s", (password) => {
    expect(why(password)).toBeNull();
  });
});
