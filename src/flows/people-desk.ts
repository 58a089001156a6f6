// What flows of people and sessions stand on, and the two things that all of them do: begin a session, write it down.
import {
  addSession,
  endSession,
  listSessions,
  type Person,
  type PersonSession,
  purgeSessions,
  type Tx,
  touchPerson,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { keepAudit } from "./keep-audit.ts";
import type { Passwords } from "./passwords.ts";
import type { Secrets } from "./secrets.ts";
import type { SignInBrake } from "./sign-in-brake.ts";

/** How long sessions live, ms. */
export interface SessionTerms {
  /** Without a call. */
  readonly idleMs: number;
  /** In all. */
  readonly absoluteMs: number;
}

/** How long a given password is good for calls that need it anew, ms. */
export const FRESH_MS = 600_000;

/** Most sessions of one person; the oldest ends when another begins. */
export const SESSIONS_LIMIT = 5;

/** What these flows are handed. */
export interface PeopleDesk {
  readonly house: House;
  readonly secrets: Secrets;
  readonly passwords: Passwords;
  readonly brake: SignInBrake;
  readonly terms: SessionTerms;
}

/** Where a call came from. */
export interface Whence {
  readonly address: string;
  /** What the browser says it is. */
  readonly agent: string;
}

/** Longest name of a browser that is kept, characters. */
const AGENT_LIMIT = 200;

/** A session that began: its secret goes to the browser and nowhere else. */
export interface Begun {
  readonly token: string;
  readonly person: Person;
  readonly session: PersonSession;
}

/** Begins a session of a person who has proved who they are, under a new id, whatever the browser held before. */
export async function beginSession(
  tx: Tx,
  { house, secrets, terms }: PeopleDesk,
  person: Person,
  whence: Whence,
): Promise<Begun> {
  const at = house.now();
  const token = secrets.make("prs");
  const session: PersonSession = {
    id: house.newId(),
    personId: person.id,
    createdAt: at,
    seenAt: at,
    freshUntil: at + FRESH_MS,
    address: whence.address,
    agent: whence.agent.slice(0, AGENT_LIMIT),
  };
  await purgeSessions(tx, at - terms.idleMs, at - terms.absoluteMs);
  const before = await listSessions(tx, person.id);
  for (const { id } of before.slice(SESSIONS_LIMIT - 1)) await endSession(tx, person.id, id);
  await addSession(tx, { ...session, hash: secrets.hash(token) });
  await touchPerson(tx, person.id, at);
  return { token, person, session };
}

/** Who did something to a person, for the log. */
export interface PersonActor {
  /** Id of a person or a token, or another word for who it was. */
  readonly actor: string;
  /** Where from; null: at the server's own terminal. */
  readonly address: string | null;
}

/** Adds to the audit log; `subject` is the person's id. */
export function noteOnPerson(
  tx: Tx,
  house: House,
  { actor, address }: PersonActor,
  action: string,
  subject: string,
  details: object = {},
): Promise<void> {
  return keepAudit(tx, {
    at: house.now(),
    actor,
    action,
    subject,
    details: address === null ? details : { ...details, address },
  });
}
