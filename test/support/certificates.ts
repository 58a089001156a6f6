// Certificates made by openssl at test time, valid for this machine's own address.
import { execFileSync } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";

/** Writes NAME.crt and NAME.key into `folder`; `host` is a name that it is good for beside the address. */
export function makeCertificate(
  folder: string,
  name: string,
  days: number,
  host?: string,
): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  execFileSync(
    "openssl",
    [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      String(days),
    ].concat([
      "-subj",
      `/CN=${name}`,
      "-addext",
      `subjectAltName=IP:127.0.0.1${host === undefined ? "" : `,DNS:${host}`}`,
      "-keyout",
      `${key}.new`,
      "-out",
      `${cert}.new`,
    ]),
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  renameSync(`${cert}.new`, cert);
  renameSync(`${key}.new`, key);
  return { cert, key };
}

/** True when this machine can make certificates. */
export function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
