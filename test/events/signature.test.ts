// Signatures: verified by the libraries that receivers use and by HMAC itself; nothing that was changed passes.
import { createHmac, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { afterEach, expect, test, vi } from "vitest";
import { signedHeaders } from "../../src/outbound/index.ts";

const NOW = 1_763_712_000_000;
const secretOf = (): string => `whsec_${randomBytes(32).toString("base64")}`;

type Headers = Record<string, string>;

/** What receivers verify with. Each throws for what it does not believe. */
const VERIFIERS: Readonly<Record<string, (secret: string, body: string, headers: Headers) => unknown>> = {
  standardwebhooks: (secret, body, headers) => new Webhook(secret).verify(body, headers),
  svix: (secret, body, headers) => new SvixWebhook(secret).verify(body, headers),
  // The specification itself, sharing no code with either.
  hmac: (secret, body, headers) => {
    const at = Number(headers["webhook-timestamp"]);
    if (!Number.isFinite(at) || Math.abs(Date.now() / 1000 - at) > 300) throw new Error("time");
    const mac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
      .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`)
      .digest("base64");
    if (!String(headers["webhook-signature"]).split(" ").includes(`v1,${mac}`)) throw new Error("signature");
  },
};

const isBelieved = (name: string, secret: string, body: string, headers: Headers): boolean => {
  try {
    VERIFIERS[name]?.(secret, body, headers);
    return true;
  } catch {
    return false;
  }
};

const message = (more: Partial<{ id: string; at: number; body: string }> = {}) => ({
  id: "01900000-0000-7000-8000-000000000001",
  at: NOW,
  body: JSON.stringify({ type: "order.placed", data: { имя: "Заказ №1", price: 19_900 } }),
  ...more,
});

afterEach(() => vi.useRealTimers());

for (const name of Object.keys(VERIFIERS)) {
  test(`${name} believes what is signed, for five minutes in both directions, and with the right secret only`, () => {
    vi.useFakeTimers({ now: NOW });
    const secret = secretOf();
    for (let size = 0; size < 200; size += 1) {
      const sent = message({ body: JSON.stringify({ text: "я".repeat(size * 40) }) });
      expect(isBelieved(name, secret, sent.body, signedHeaders([secret], sent))).toBe(true);
    }
    const sent = message();
    const headers = signedHeaders([secret], sent);
    expect(isBelieved(name, secretOf(), sent.body, headers)).toBe(false);
    for (const seconds of [-300, -299, 0, 299, 300]) {
      vi.setSystemTime(NOW + seconds * 1000);
      expect(isBelieved(name, secret, sent.body, headers), `${seconds} s`).toBe(true);
    }
    for (const seconds of [-100_000, -301, 301, 100_000]) {
      vi.setSystemTime(NOW + seconds * 1000);
      expect(isBelieved(name, secret, sent.body, headers), `${seconds} s`).toBe(false);
    }
  });

  test(`${name} believes either secret while both sign, and the old one no longer afterwards`, () => {
    vi.useFakeTimers({ now: NOW });
    const [fresh, old] = [secretOf(), secretOf()];
    const sent = message();
    const both = signedHeaders([fresh, old], sent);
    expect([isBelieved(name, fresh, sent.body, both), isBelieved(name, old, sent.body, both)]).toEqual([
      true,
      true,
    ]);
    const one = signedHeaders([fresh], sent);
    expect([isBelieved(name, fresh, sent.body, one), isBelieved(name, old, sent.body, one)]).toEqual([
      true,
      false,
    ]);
  });
}

/** Replaces, adds or removes one character at `at`. */
function mutated(text: string, at: number, way: number): string {
  const code = text.charCodeAt(at % text.length);
  const other = String.fromCharCode(code === 126 ? 33 : code + 1);
  const place = at % text.length;
  if (way === 0) return text.slice(0, place) + other + text.slice(place + 1);
  if (way === 1) return text.slice(0, place) + other + text.slice(place);
  return text.slice(0, place) + text.slice(place + 1);
}

test("of 10,000 changes of one character none is believed; a verifier that compares too little is caught", () => {
  vi.useFakeTimers({ now: NOW });
  const secret = secretOf();
  const sent = message();
  const headers = signedHeaders([secret], sent);
  const believed = new Map<string, number>();
  const careless = (body: string, given: Headers): boolean =>
    // Compares the first byte only.
    String(given["webhook-signature"]).slice(3, 4) === headers["webhook-signature"]?.slice(3, 4) &&
    body.length > 0;
  for (let count = 0; count < 10_000; count += 1) {
    const part = count % 4;
    const at = Math.floor(count / 12);
    const way = Math.floor(count / 4) % 3;
    const body = part === 0 ? mutated(sent.body, at, way) : sent.body;
    const key = ["", "webhook-id", "webhook-timestamp", "webhook-signature"][part] as string;
    const given = part === 0 ? headers : { ...headers, [key]: mutated(headers[key] as string, at, way) };
    const names = Object.keys(VERIFIERS).filter((name) => isBelieved(name, secret, body, given));
    for (const name of names) believed.set(name, (believed.get(name) ?? 0) + 1);
    if (careless(body, given)) believed.set("careless", (believed.get("careless") ?? 0) + 1);
  }
  expect([...believed.keys()]).toEqual(["careless"]);
  expect(believed.get("careless")).toBeGreaterThan(1000);
});
