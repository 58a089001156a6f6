// Chance for promo codes: bytes of the system's cryptographic generator, fetched in blocks.
import { randomBytes } from "node:crypto";

/** Gives 0 to 255, each as likely. Tests give a known row. */
export type NextByte = () => number;

/** Bytes fetched at once: a call costs a microsecond, a million codes need a dozen million bytes. */
const BLOCK = 16 * 1024;

/** Bytes that nobody can foretell. */
export function cryptoBytes(): NextByte {
  let block = randomBytes(BLOCK);
  let at = 0;
  return () => {
    if (at === BLOCK) {
      block = randomBytes(BLOCK);
      at = 0;
    }
    const byte = block[at] as number;
    at += 1;
    return byte;
  };
}
