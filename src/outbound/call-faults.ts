// The word for a fault of the network: what Node and OpenSSL say, sorted by whose fault it may be.
import type { AttemptOutcome } from "../core/webhooks/index.ts";

const BY_CODE: Readonly<Record<string, AttemptOutcome>> = {
  ENOTFOUND: "dns_error",
  EAI_AGAIN: "dns_error",
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  ECONNABORTED: "connection_reset",
  EPIPE: "connection_reset",
  ETIMEDOUT: "connect_timeout",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EHOSTDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EPROTO: "tls_error",
};

/** Beginnings of OpenSSL's and Node's many words for a certificate or a handshake that is not right. */
const TLS =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERROR_IN_CERT|HOSTNAME_MISMATCH|INVALID_)/;

/** The word for `error`; one that is not known is our own. */
export function outcomeOfFault(error: unknown): AttemptOutcome {
  const fault = error as { code?: unknown; errors?: readonly unknown[] };
  // Several addresses were tried: the first one's fault stands for all.
  const code = fault.code ?? (fault.errors?.[0] as { code?: unknown } | undefined)?.code;
  if (typeof code !== "string") return "not_sent";
  const known = BY_CODE[code];
  if (known !== undefined) return known;
  if (TLS.test(code)) return "tls_error";
  return code.startsWith("HPE_") ? "protocol_error" : "not_sent";
}
