// TLS as the settings say: none, or a certificate and its key that are watched.
import { resolve } from "node:path";
import type { Server } from "node:tls";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config/index.ts";
import { type Metrics, readPair, type TlsFiles, type TlsPair, TlsReload } from "../http/index.ts";
import { CommandFailed } from "./context.ts";
import type { Bells } from "./installation.ts";

/** The files of the settings; null without TLS. Throws CommandFailed(78) when only one of the two is set. */
export function tlsFiles(config: Config, folder: string): TlsFiles | null {
  const [cert, key] = [config.optional("tls.cert"), config.optional("tls.key")];
  if (cert === null && key === null) return null;
  if (cert === null || key === null)
    throw new CommandFailed("TLS needs both PRILAVOK_TLS_CERT and PRILAVOK_TLS_KEY", 78);
  return { cert: resolve(folder, cert), key: resolve(folder, key) };
}

/** The pair in the files; throws CommandFailed(78) when it cannot be used. */
export function tlsPair(files: TlsFiles): TlsPair {
  try {
    return readPair(files);
  } catch (error) {
    throw new CommandFailed(
      `The certificate ${files.cert} with the key ${files.key} cannot be used: ${(error as Error).message}`,
      78,
    );
  }
}

/** Watches the files of a listening server until `stop`. */
export function watchTls(
  app: FastifyInstance,
  files: TlsFiles,
  pair: TlsPair,
  metrics: Metrics,
  bells: Pick<Bells, "alarm">,
): TlsReload {
  const reload = new TlsReload(pair, {
    files,
    server: app.server as unknown as Server,
    now: () => Date.now(),
    alarm: bells.alarm,
    onReload: () => app.log.info("the certificate was replaced"),
  });
  metrics.certificate(reload);
  reload.start();
  return reload;
}
