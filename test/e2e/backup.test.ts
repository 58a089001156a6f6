// The whole way of a backup: made beside a running server, verified, restored elsewhere, and served from.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { engines } from "../support/engines.ts";
import { runCli, type ServerPlace, type ServerProcess, serverPlace, startServer } from "../support/server.ts";

describe.each(engines())("backup and restore (%s)", (engine) => {
  const places: ServerPlace[] = [];
  const servers: ServerProcess[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.kill();
    for (const place of places.splice(0)) await place.remove();
  });
  const newPlace = async (): Promise<ServerPlace> => {
    const place = await serverPlace(engine);
    places.push(place);
    return place;
  };

  test("what was saved answers again", async () => {
    const first = await newPlace();
    servers.push(await startServer(first));
    const created = await runCli(first, ["key", "create", "irp", "--label", "kept", "--json"]);
    const { id } = JSON.parse(created.out) as { id: string };
    const into = join(first.environment["PRILAVOK_DATA_DIR"] as string, "safe");
    mkdirSync(into);
    const made = await runCli(first, ["backup", "create", "--to", into, "--json"]);
    expect([made.code, made.error]).toEqual([0, ""]);
    const { folder } = JSON.parse(made.out) as { folder: string };
    expect((await runCli(first, ["backup", "verify", folder])).out).toContain("is whole");
    expect(await runCli(first, ["backup", "restore", folder])).toMatchObject({
      code: 1,
      error: expect.stringMatching(/open in a running server|has tables already/),
    });

    const second = await newPlace();
    const restored = await runCli(second, ["backup", "restore", folder]);
    expect(restored).toMatchObject({ code: 0, error: "" });
    expect(restored.out).not.toContain("will not be recognised");
    servers.push(await startServer(second));
    const url = servers.at(-1)?.url ?? "";
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    const keys = JSON.parse((await runCli(second, ["key", "list", "irp", "--json"])).out) as { id: string }[];
    expect(keys.map((key) => key.id)).toContain(id);
  });
});
