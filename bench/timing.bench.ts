// What the time of a refusal tells: nearly right keys against wrong ones, known logins against unknown ones, by Welch's t.
import { randomInt } from "node:crypto";
import { instant } from "../src/core/basics/index.ts";
import {
  createSecrets,
  type House,
  KeyRing,
  Passwords,
  type PeopleDesk,
  SignInBrake,
  signIn,
} from "../src/flows/index.ts";
import { addPerson, migrate, openDatabase } from "../src/storage/index.ts";
import { freshPlace } from "../test/support/engines.ts";

/** Samples of each comparison, both kinds together. */
const SAMPLES = Number(process.env["BENCH_TIMING"] ?? 20_000);

/** From here on a difference can be used (the usual bound of leak tests). */
const USABLE = 4.5;

/** The slowest of each kind say what else the machine did. */
const KEPT = 0.9;

const LOGIN = "anna";
const RIGHT_KEY = `shk_${"k".repeat(43)}`;
/** Between tries of one account: longer than any wait. */
const REST_MS = 24 * 3_600_000;

type Try = (turn: number) => Promise<void>;

interface Verdict {
  readonly what: string;
  readonly medians: readonly [number, number];
  readonly t: number;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[], middle: number): number {
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}

/** Welch's t of two samples. */
function welch(a: readonly number[], b: readonly number[]): number {
  const [one, two] = [mean(a), mean(b)];
  return (one - two) / Math.sqrt(variance(a, one) / a.length + variance(b, two) / b.length);
}

/** Tries both kinds in an order of chance, so that whatever else happens hits both alike. */
async function compare(what: string, one: Try, other: Try): Promise<Verdict> {
  const times: [number[], number[]] = [[], []];
  for (let turn = -SAMPLES / 20; turn < SAMPLES; turn += 1) {
    const kind = randomInt(2);
    const started = process.hrtime.bigint();
    await (kind === 0 ? one : other)(turn);
    const ns = Number(process.hrtime.bigint() - started);
    if (turn >= 0) times[kind as 0 | 1].push(ns);
  }
  const limit = [...times[0], ...times[1]].sort((a, b) => a - b)[Math.floor(SAMPLES * KEPT)] ?? 0;
  const [a, b] = times.map((kind) => kind.filter((ns) => ns <= limit)) as [number[], number[]];
  const middle = (values: readonly number[]): number =>
    [...values].sort((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0;
  return { what, medians: [middle(a), middle(b)], t: welch(a, b) };
}

/** The mutant of keys: character by character until one differs. */
function naiveCompare(left: string, right: string): boolean {
  for (let at = 0; at < left.length; at += 1) if (left.charCodeAt(at) !== right.charCodeAt(at)) return false;
  return left.length === right.length;
}

/** The mutant of logins: nobody there, nothing to hash. */
class HastyPasswords extends Passwords {
  override isRight(password: string, kept: string | null): Promise<boolean> {
    return kept === null ? Promise.resolve(false) : super.isRight(password, kept);
  }
}

const place = await freshPlace("sqlite");
const database = await openDatabase({ url: place.url });
await migrate(database, 0);
let now = 1_763_712_000_000;
let ids = 0;
const house: House = {
  database,
  now: () => instant(now),
  newId: () => {
    ids += 1;
    return `00000000-0000-7000-8000-${String(ids).padStart(12, "0")}`;
  },
  alarm: () => undefined,
};
const secrets = createSecrets("a pepper of the benchmark");

function keyTries(isLet: (key: string) => Promise<unknown>): readonly [Try, Try] {
  const nearly = (turn: number): string => RIGHT_KEY.slice(0, -6) + String(100_000 + Math.abs(turn));
  const wrong = (turn: number): string => `x${RIGHT_KEY.slice(1, -6)}${100_000 + Math.abs(turn)}`;
  return [async (turn) => void (await isLet(nearly(turn))), async (turn) => void (await isLet(wrong(turn)))];
}

function loginTries(passwords: Passwords): readonly [Try, Try] {
  const desk: PeopleDesk = {
    house,
    secrets,
    passwords,
    brake: new SignInBrake(1_000_000),
    terms: { idleMs: 1, absoluteMs: 1 },
  };
  const tryLogin =
    (login: string): Try =>
    async (turn) => {
      now += REST_MS;
      const wish = { login, password: `guess ${turn}`, code: null, heldToken: null };
      const answer = await signIn(desk, { ...wish, whence: { address: "192.0.2.1", agent: "" } });
      if (answer.kind !== "refused" || answer.reason !== "wrong_credentials") throw new Error(answer.kind);
    };
  return [tryLogin(LOGIN), tryLogin("nobody")];
}

const passwordHash = await new Passwords().hash("лошадь батарея скрепка");
await database.transaction((tx) =>
  addPerson(tx, {
    id: house.newId(),
    login: LOGIN,
    foldedLogin: LOGIN,
    name: "Анна",
    role: "administrator",
    outlets: null,
    passwordHash,
    createdAt: now,
    createdBy: "first link",
  }),
);
const ring = new KeyRing(house, secrets, "imshop", [RIGHT_KEY]);
const verdicts: Verdict[] = [];
for (const [what, [one, other]] of [
  ["keys: nearly right, wrong", keyTries((key) => ring.recognise([key]))],
  ["logins: known, unknown", loginTries(new Passwords())],
  ["mutant of keys", keyTries(async (key) => naiveCompare(key, RIGHT_KEY))],
  ["mutant of logins", loginTries(new HastyPasswords())],
] as const)
  verdicts.push(await compare(what, one, other));
await database.close();
await place.remove();

const micro = (ns: number): string => (ns / 1000).toFixed(ns < 100_000 ? 2 : 0);
process.stdout.write(`## Time of refusals

${SAMPLES} tries of each pair in an order of chance, the slowest tenth left out; from t = ${USABLE} on a difference can be used.

| pair | medians µs | Welch t |
|---|---:|---:|
${verdicts.map(({ what, medians: [a, b], t }) => `| ${what} | ${micro(a)}, ${micro(b)} | ${t.toFixed(2)} |`).join("\n")}
`);
for (const { what, t } of verdicts) {
  const isMutant = what.startsWith("mutant");
  if (Math.abs(t) >= USABLE !== isMutant) throw new Error(`${what}: t is ${t.toFixed(2)}`);
}
