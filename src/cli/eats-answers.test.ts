// Settings of answers: both credentials or none, https or this machine.
import { describe, expect, test } from "vitest";
import { readConfig } from "../config/index.ts";
import { eatsAnswerSettings } from "./eats-answers.ts";

const settings = (environment: Record<string, string>) => {
  const read = readConfig({ environment });
  if (read.kind === "refused") throw new Error(read.problems.join());
  return eatsAnswerSettings(read.config);
};

const PAIR = { PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: "id", PRILAVOK_YANDEX_EATS_VMI_CLIENT_SECRET: "secret" };

describe("answers to feedback are set", () => {
  test("to Yandex's host, as soon as there are credentials", () => {
    expect(settings({})).toBeNull();
    expect(settings(PAIR)).toEqual({
      vmiUrl: "https://dc-partner.eda.yandex.net",
      clientId: "id",
      clientSecret: "secret",
      grantType: "client_credentials",
      scope: "",
      headers: {},
    });
  });

  test("with further headers, but not with ours", () => {
    const headers = (list: string) => settings({ ...PAIR, PRILAVOK_YANDEX_EATS_VMI_HEADERS: list });
    expect(headers("Partner-Name: shop")?.headers).toEqual({ "Partner-Name": "shop" });
    expect(() => headers("Authorization: x")).toThrow("Authorization is no name:value");
    expect(() => headers("nonsense")).toThrow("nonsense");
  });

  test("never half, and never in plain text over the network", () => {
    const { PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: id, ...secretOnly } = PAIR;
    expect(() => settings(secretOnly)).toThrow("without yandexEats.vmiClientId");
    expect(() => settings({ PRILAVOK_YANDEX_EATS_VMI_CLIENT_ID: id })).toThrow(
      "without yandexEats.vmiClientSecret",
    );
    const url = (text: string) => settings({ ...PAIR, PRILAVOK_YANDEX_EATS_VMI_URL: text });
    expect(() => url("http://dc-partner.eda.yandex.net")).toThrow("must be https");
    expect(() => url("https://a:b@host")).toThrow("a user or a password");
    expect(url("http://127.0.0.1:8090")?.vmiUrl).toBe("http://127.0.0.1:8090");
  });
});
