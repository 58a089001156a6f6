// Independent OAuth clients fetch tokens from a server that really listens, and deliver with them.
import type { AddressInfo } from "node:net";
import * as openid from "openid-client";
// @ts-expect-error The package brings no types.
import { ClientCredentials } from "simple-oauth2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { forEachEngine } from "../../support/engines.ts";
import { CLIENT, makeStand, type Stand, sample } from "./stand.ts";

const MARKS = { clientId: "yandex-eats-demo2", secret: "a+b&c=d%e/" } as const;

forEachEngine("real OAuth clients", (engine) => {
  let stand: Stand;
  let origin: string;
  beforeAll(async () => {
    stand = makeStand(engine.database);
    await stand.app.listen({ host: "127.0.0.1", port: 0 });
    origin = `http://127.0.0.1:${(stand.app.server.address() as AddressInfo).port}`;
  });
  afterAll(() => stand.app.close());

  const deliver = async (token: string): Promise<number> => {
    const answer = await fetch(`${origin}/yandex-eats/v1/feedback`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: sample("feedback/001-full.json"),
    });
    await answer.arrayBuffer();
    return answer.status;
  };

  for (const client of [CLIENT, MARKS]) {
    test.each([
      ["in the form", openid.ClientSecretPost(client.secret)],
      ["in Basic", openid.ClientSecretBasic(client.secret)],
    ])(`openid-client shows the secret of ${client.clientId} %s`, async (_where, authentication) => {
      const server = { issuer: origin, token_endpoint: `${origin}/yandex-eats/security/oauth/token` };
      const configuration = new openid.Configuration(server, client.clientId, undefined, authentication);
      openid.allowInsecureRequests(configuration);
      const tokens = await openid.clientCredentialsGrant(configuration, { scope: "read write" });
      expect(tokens).toMatchObject({ expires_in: 3600, token_type: "bearer", scope: "read write" });
      expect(await deliver(tokens.access_token)).toBe(200);
    });

    test.each(["body", "header"] as const)(
      `simple-oauth2 shows the secret of ${client.clientId} in the %s`,
      async (authorizationMethod) => {
        const oauth = new ClientCredentials({
          client: { id: client.clientId, secret: client.secret },
          auth: { tokenHost: origin, tokenPath: "/security/oauth/token" },
          options: { authorizationMethod },
        });
        const { token } = await oauth.getToken({ scope: ["read", "write"] });
        expect(token).toMatchObject({ expires_in: 3600, token_type: "bearer" });
        expect(await deliver(String(token["access_token"]))).toBe(200);
      },
    );
  }

  test("a wrong secret is an error in both", async () => {
    const server = { issuer: origin, token_endpoint: `${origin}/yandex-eats/security/oauth/token` };
    const configuration = new openid.Configuration(server, CLIENT.clientId, "wrong");
    openid.allowInsecureRequests(configuration);
    await expect(openid.clientCredentialsGrant(configuration)).rejects.toThrow();
    const oauth = new ClientCredentials({
      client: { id: CLIENT.clientId, secret: "wrong" },
      auth: { tokenHost: origin, tokenPath: "/security/oauth/token" },
    });
    await expect(oauth.getToken({})).rejects.toThrow();
  });

  test("an expired token is told from a good one, and a new one works", async () => {
    const token = await stand.token();
    expect(await deliver(token)).toBe(200);
    stand.turnClock(3600_000 + 5 * 60_000);
    expect(await deliver(token)).toBe(401);
    expect(await deliver(await stand.token())).toBe(200);
  });
});
