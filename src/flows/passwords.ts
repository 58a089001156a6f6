// Passwords as they are kept: Argon2id with its parameters beside it, off the main thread, a few at a time.
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

/** What one hash costs. */
export interface PasswordCost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
}

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. 60 to 140 ms of one core (November 2026, 2 cores, busy). */
export const PASSWORD_COST: PasswordCost = { memory: 19_456, passes: 2 };

/** How many hashes are made at once: half of the threads that Node has for such work, so that files and DNS go on. */
const AT_ONCE = 2;

/** How many may wait for their turn: what comes beyond is refused before it costs anything. */
export const HASHES_WAITING = 64;

const SALT = 16;
const TAG = 32;

/** Hashes and checks passwords. */
export class Passwords {
  readonly #cost: PasswordCost;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #made = 0;

  constructor(cost: PasswordCost = PASSWORD_COST) {
    this.#cost = cost;
  }

  /** Hashes made so far: every look at a password makes exactly one, whoever it is said to belong to. */
  get made(): number {
    return this.#made;
  }

  /** Whether another one would have to wait too long. */
  get isBusy(): boolean {
    return this.#waiting.length >= HASHES_WAITING;
  }

  /** What is kept of a new password: the PHC string of Argon2id. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT);
    const tag = await this.#derive(password, salt, this.#cost);
    const { memory, passes } = this.#cost;
    return `$argon2id$v=19$m=${memory},t=${passes},p=1$${unpadded(salt)}$${unpadded(tag)}`;
  }

  /** Whether `password` is the one of `kept`. Null costs the same and is never right: nobody learns who exists. */
  async isRight(password: string, kept: string | null): Promise<boolean> {
    const read = kept === null ? null : readHash(kept);
    const salt = read?.salt ?? Buffer.alloc(SALT);
    const tag = await this.#derive(password, salt, read?.cost ?? this.#cost);
    return read !== null && read.tag.length === tag.length && timingSafeEqual(tag, read.tag);
  }

  async #derive(password: string, nonce: Uint8Array, { memory, passes }: PasswordCost): Promise<Buffer> {
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    this.#made += 1;
    const message = password.normalize("NFC");
    try {
      return await new Promise((resolve, reject) =>
        argon2(
          "argon2id",
          { message, nonce, parallelism: 1, tagLength: TAG, memory, passes },
          (error, tag) => (error === null ? resolve(tag) : reject(error)),
        ),
      );
    } finally {
      // The turn goes straight to who waits longest, or back.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64").replaceAll("=", "");

interface ReadHash {
  readonly cost: PasswordCost;
  readonly salt: Buffer;
  readonly tag: Buffer;
}

function readHash(text: string): ReadHash {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([\w+/]+)\$([\w+/]+)$/.exec(text);
  if (match === null) throw new TypeError("a stored password is not readable");
  const [, memory = "", passes = "", salt = "", tag = ""] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes) },
    salt: Buffer.from(salt, "base64"),
    tag: Buffer.from(tag, "base64"),
  };
}
