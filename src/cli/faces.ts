// Which vendors' faces this installation shows, and how each is set.
import { apiFace, type Face } from "../http/index.ts";
import type { Installation } from "./installation.ts";

/** The faces, in no order. */
export function facesOf(installation: Installation): readonly Face[] {
  const { config, house, secrets } = installation;
  return [
    apiFace(house, secrets, {
      token: config.optional("apiToken"),
      failedAuthLimit: config.number("limits.failedAuth"),
    }),
  ];
}
