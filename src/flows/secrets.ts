// Secrets that we give out: made here, shown once, kept only as a peppered hash, compared in constant time.
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** Makes and recognises secrets of one installation. */
export interface Secrets {
  /** A new secret of 256 random bits behind a prefix by which leak scanners find it. */
  make(prefix: string): string;
  /** What is stored instead of it. */
  hash(secret: string): string;
  /** Constant-time comparison of two hashes. */
  isSame(left: string, right: string): boolean;
  /** Encrypts what must be readable again by this installation only. */
  seal(text: string): Uint8Array;
  /** Decrypts what `seal` made; throws when it was changed or made by another installation. */
  open(sealed: Uint8Array): string;
}

/** Characters of a secret that may be stored and shown, to tell keys apart. */
export const SHOWN = 12;

/** Bytes of AES-GCM's nonce and tag. */
const NONCE = 12;
const TAG = 16;

/** Secrets under the installation's pepper. */
export function createSecrets(pepper: string): Secrets {
  const key = Buffer.from(hkdfSync("sha256", pepper, "", "prilavok seal", 32));
  return {
    make: (prefix) => `${prefix}_${randomBytes(32).toString("base64url")}`,
    hash: (secret) => createHmac("sha256", pepper).update(secret).digest("base64url"),
    isSame: (left, right) => {
      const a = Buffer.from(left);
      const b = Buffer.from(right);
      return a.length === b.length && timingSafeEqual(a, b);
    },
    seal: (text) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed) => {
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE));
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString(
        "utf8",
      );
    },
  };
}
