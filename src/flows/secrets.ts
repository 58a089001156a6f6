// Secrets that we give out: made here, shown once, kept only as a peppered hash, compared in constant time.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Makes and recognises secrets of one installation. */
export interface Secrets {
  /** A new secret of 256 random bits behind a prefix by which leak scanners find it. */
  make(prefix: string): string;
  /** What is stored instead of it. */
  hash(secret: string): string;
  /** Constant-time comparison of two hashes. */
  isSame(left: string, right: string): boolean;
}

/** Characters of a secret that may be stored and shown, to tell keys apart. */
export const SHOWN = 12;

/** Secrets under the installation's pepper. */
export function createSecrets(pepper: string): Secrets {
  return {
    make: (prefix) => `${prefix}_${randomBytes(32).toString("base64url")}`,
    hash: (secret) => createHmac("sha256", pepper).update(secret).digest("base64url"),
    isSame: (left, right) => {
      const a = Buffer.from(left);
      const b = Buffer.from(right);
      return a.length === b.length && timingSafeEqual(a, b);
    },
  };
}
