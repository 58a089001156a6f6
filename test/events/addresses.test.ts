// Nobody reaches the inside of the house through an endpoint: not by any spelling, not by a name, not by a redirect.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GuardedCaller, type HostLookup, judgeAddress } from "../../src/outbound/index.ts";
import { type Receiver, startReceiver, welcome } from "../support/receiver.ts";

/** Hosts of the inside in every spelling that some client reads as an address. */
const LITERALS = [
  [
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
  ],
  [
    "0.0.0.0",
    "0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "3232235777",
  ],
  [
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "0xa9fea9fe",
    "169.254.0.1",
    "192.0.0.1",
    "192.0.0.192",
  ],
  [
    "192.0.2.1",
    "198.51.100.7",
    "203.0.113.9",
    "198.18.0.1",
    "198.19.255.255",
    "192.88.99.1",
    "168.63.129.16",
  ],
  [
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "１２７.0.0.1",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
  ],
  [
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
  ],
  [
    "[64:ff9b::7f00:1]",
    "[64:ff9b::10.0.0.1]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2002:a00:1::1]",
    "[2001:db8::1]",
  ],
  [
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[2001::1]",
    "[3fff::1]",
    "[5f00::1]",
  ],
].flat();

/** Names that lead inside, whatever else they lead to. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  localhost: ["127.0.0.1", "::1"],
  "inside.example": ["10.0.0.7"],
  "half.example": ["93.184.215.14", "127.0.0.1"],
  "metadata.example": ["169.254.169.254"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "open.example": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
};

const familyOf = (address: string): number => (address.includes(":") ? 6 : 4);

const lookup: HostLookup = async (host) => {
  const found = NAMES[host];
  if (found === undefined) throw Object.assign(new Error(host), { code: "ENOTFOUND" });
  return found.map((address) => ({ address, family: familyOf(address) }));
};

const LIMITS = { connectMs: 300, totalMs: 600 };

describe("an address inside", () => {
  let inside: Receiver;
  beforeAll(async () => {
    inside = await startReceiver();
  });
  afterAll(() => inside.close());

  test.each(LITERALS)("%s is refused when it is named, and is never connected to", async (host) => {
    for (const scheme of ["https", "http"]) {
      const url = `${scheme}://${host}:${inside.port}/`;
      expect(await judgeAddress(url, [], lookup), url).toMatch(/not_public|not_https|not_an_address/);
      const caller = new GuardedCaller({ limits: LIMITS, lookup });
      const end = await caller.post({ url, headers: {}, body: "{}", allow: [] });
      caller.close();
      expect([url, end.outcome, end.status]).toEqual([url, "address_refused", null]);
    }
    expect(inside.connections()).toBe(0);
  });

  test.each(Object.keys(NAMES).filter((name) => name !== "open.example"))(
    "behind the name %s as well",
    async (name) => {
      const url = `https://${name}:${inside.port}/`;
      expect(await judgeAddress(url, [], lookup)).toBe("not_public");
      const caller = new GuardedCaller({ limits: LIMITS, lookup });
      expect(await caller.post({ url, headers: {}, body: "{}", allow: [] })).toMatchObject({
        outcome: "address_refused",
      });
      caller.close();
      expect(inside.connections()).toBe(0);
    },
  );

  test("is not found by asking twice: what was judged is what is connected to", async () => {
    let asked = 0;
    // Public when it is judged, inside when it is asked again: what rebinding servers answer.
    const rebinding: HostLookup = async () => {
      asked += 1;
      const address = asked % 2 === 1 ? "93.184.215.14" : "127.0.0.1";
      return [{ address, family: 4 }];
    };
    const url = `https://rebinding.example:${inside.port}/`;
    expect(await judgeAddress(url, [], rebinding)).toBeNull();
    const caller = new GuardedCaller({ limits: LIMITS, lookup: rebinding });
    for (let count = 0; count < 3; count += 1) {
      const end = await caller.post({ url, headers: {}, body: "{}", allow: [] });
      expect(end.status).toBeNull();
    }
    caller.close();
    expect(inside.connections()).toBe(0);
  });

  test("a caller that asks again when it connects is led inside: the trap works", async () => {
    let asked = 0;
    const naive = await new Promise<number>((resolve) => {
      asked += 1;
      void import("node:http").then(({ request }) => {
        const call = request(
          {
            host: "rebinding.example",
            port: inside.port,
            path: "/",
            lookup: (_host, options, done) => {
              asked += 1;
              const found = [{ address: asked % 2 === 1 ? "93.184.215.14" : "127.0.0.1", family: 4 }];
              if (options.all) done(null, found);
              else done(null, found[0]?.address ?? "", 4);
            },
          },
          (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
          },
        );
        call.on("error", () => resolve(0));
        call.end();
      });
    });
    expect(naive).toBe(200);
    expect(inside.connections()).toBe(1);
  });
});

describe("an address that was allowed", () => {
  test("is called, by name, by address and by range; and one that is not stays closed", async () => {
    const inside = await startReceiver(welcome);
    const caller = new GuardedCaller({ limits: LIMITS, lookup });
    const call = (host: string, allow: string[]) =>
      caller.post({ url: `http://${host}:${inside.port}/`, headers: {}, body: "{}", allow });
    expect((await call("127.0.0.1", ["127.0.0.1"])).outcome).toBe("delivered");
    expect((await call("127.0.0.1", ["127.0.0.0/8"])).outcome).toBe("delivered");
    expect((await call("127.1", ["127.0.0.0/8"])).outcome).toBe("delivered");
    expect((await call("mapped.example", ["127.0.0.0/8"])).outcome).toBe("delivered");
    const before = inside.connections();
    expect((await call("127.0.0.1", ["10.0.0.0/8", "crm.example"])).outcome).toBe("address_refused");
    expect((await call("inside.example", ["127.0.0.0/8"])).outcome).toBe("address_refused");
    expect((await call("127.0.0.1", ["::/0"])).outcome).toBe("address_refused");
    expect(inside.connections()).toBe(before);
    caller.close();
    await inside.close();
  });

  test("may be spoken to in plain text; a public one may not", async () => {
    expect(await judgeAddress("http://open.example/", [], lookup)).toBe("not_https");
    expect(await judgeAddress("http://open.example/", ["10.0.0.0/8"], lookup)).toBe("not_https");
    expect(await judgeAddress("http://open.example/", ["open.example"], lookup)).toBeNull();
    expect(await judgeAddress("http://inside.example/", ["10.0.0.0/24"], lookup)).toBeNull();
    expect(await judgeAddress("https://half.example/", ["127.0.0.1"], lookup)).toBeNull();
    expect(await judgeAddress("http://half.example/", ["127.0.0.1"], lookup)).toBe("not_https");
    expect(await judgeAddress("https://open.example/", [], lookup)).toBeNull();
  });

  test.each([
    ["https://user:secret@open.example/", [], "has_credentials"],
    ["https://open.example@127.0.0.1/", [], "has_credentials"],
    ["ftp://open.example/", [], "not_an_address"],
    ["file:///etc/passwd", [], "not_an_address"],
    ["//open.example/", [], "not_an_address"],
    ["https://", [], "not_an_address"],
    ["https://open.example/", ["10.0.0.0/33"], "bad_allow_entry"],
    ["https://open.example/", ["http://x"], "bad_allow_entry"],
    ["https://open.example/", ["*"], "bad_allow_entry"],
    ["https://open.example/", [""], "bad_allow_entry"],
    ["https://unknown.example/", [], null],
  ] as const)("%s with %j: %s", async (url, allow, expected) => {
    expect(await judgeAddress(url, allow, lookup)).toBe(expected);
  });
});
