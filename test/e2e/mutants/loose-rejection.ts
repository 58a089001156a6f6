// A deliberately broken server: asked to by a signal, it drops a failed promise that nobody waits for.
import { canary } from "../../support/canary.ts";

process.on("SIGUSR2", () => {
  void Promise.reject(new TypeError(`nobody heard "${canary.name}" ${canary.phone}`));
});

await import("../../../src/main.ts");
