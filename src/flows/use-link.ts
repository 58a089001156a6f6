// One-time links: who the link is for, and what using it does. Of two who use one at once exactly one is let in.
import { foldLogin, isLogin, type WeakPassword, whyWeak } from "../core/people/index.ts";
import {
  addPerson,
  endSessions,
  findLink,
  isAnybodyThere,
  type LinkKind,
  type Person,
  type PersonLink,
  personById,
  putLink,
  setPassword,
  setPersonName,
  setSecondFactor,
  type Tx,
  takeLink,
} from "../storage/index.ts";
import type { House } from "./house.ts";
import { type Begun, beginSession, noteOnPerson, type PeopleDesk, type Whence } from "./people-desk.ts";
import { takeCode } from "./second-factor.ts";
import type { Secrets } from "./secrets.ts";

/** How long the link of the first sign-in is good, ms. */
export const FIRST_LINK_MS = 600_000;

/** How long invitations and resets are good, ms. */
export const LINK_MS = 86_400_000;

/** The first link of a house without people; null: there is somebody already. */
export async function makeFirstLink(house: House, secrets: Secrets): Promise<string | null> {
  const token = secrets.make("prl");
  const createdAt = house.now();
  return house.database.transaction(async (tx) => {
    if (await isAnybodyThere(tx)) return null;
    await putLink(tx, {
      hash: secrets.hash(token),
      kind: "first",
      personId: null,
      dropsSecondFactor: false,
      createdAt,
      expiresAt: createdAt + FIRST_LINK_MS,
      createdBy: "start",
    });
    return token;
  });
}

/** What a link says before it is used. */
export interface LinkSeen {
  readonly kind: LinkKind;
  /** Of the person whom it is for; null: it makes the first one. */
  readonly person: { readonly login: string; readonly name: string } | null;
}

/** Looks at a link without using it; null: unknown, used or ended. */
export async function lookAtLink(
  { house, secrets }: Pick<PeopleDesk, "house" | "secrets">,
  token: string,
): Promise<LinkSeen | null> {
  return house.database.read(async (tx) => {
    const link = await findLink(tx, secrets.hash(token), house.now());
    if (link === null) return null;
    if (link.personId === null) return (await isAnybodyThere(tx)) ? null : { kind: link.kind, person: null };
    const person = await personById(tx, link.personId);
    return person === null || person.blockedAt !== null ? null : { kind: link.kind, person };
  });
}

/** What somebody makes of a link. */
export interface LinkUse {
  readonly token: string;
  /** Needed for the first link only: everybody else has one. */
  readonly login: string | null;
  readonly name: string | null;
  readonly password: string;
  /** Of the second factor, where the person has one and the link does not take it away. */
  readonly code: string | null;
  readonly whence: Whence;
}

/** How it ended. */
export type LinkUsed =
  | ({ readonly kind: "signed_in" } & Begun)
  | { readonly kind: "weak"; readonly why: WeakPassword }
  | {
      readonly kind: "refused";
      readonly reason:
        | "link_ended"
        | "login_needed"
        | "second_factor_needed"
        | "wrong_credentials"
        | "overloaded";
    };

/** Uses a link: makes the first person or sets the password, and signs in. */
export async function spendLink(desk: PeopleDesk, use: LinkUse): Promise<LinkUsed> {
  const { house, secrets, passwords } = desk;
  const seen = await lookAtLink(desk, use.token);
  if (seen === null) return { kind: "refused", reason: "link_ended" };
  const login = seen.person?.login ?? use.login ?? "";
  if (!isLogin(login)) return { kind: "refused", reason: "login_needed" };
  const why = whyWeak(use.password, login, use.name ?? seen.person?.name ?? "");
  if (why !== null) return { kind: "weak", why };
  if (passwords.isBusy) return { kind: "refused", reason: "overloaded" };
  const passwordHash = await passwords.hash(use.password);
  return house.database.transaction(async (tx): Promise<LinkUsed> => {
    const at = house.now();
    const link = await findLink(tx, secrets.hash(use.token), at);
    if (link === null) return { kind: "refused", reason: "link_ended" };
    const before = link.personId === null ? null : await personById(tx, link.personId);
    const obstacle = await factorObstacle(tx, desk, link, before, use.code);
    if (obstacle !== null) return { kind: "refused", reason: obstacle };
    if (!(await takeLink(tx, link, at))) return { kind: "refused", reason: "link_ended" };
    const person =
      before === null
        ? await makeFirst(tx, desk, { ...use, login, passwordHash })
        : await renew(tx, desk, before, link, { ...use, passwordHash });
    if (person === null) return { kind: "refused", reason: "link_ended" };
    return { kind: "signed_in", ...(await beginSession(tx, desk, person, use.whence)) };
  });
}

/** A link is no way around the second factor, unless it was made to be. */
async function factorObstacle(
  tx: Tx,
  desk: PeopleDesk,
  link: PersonLink,
  person: Person | null,
  code: string | null,
): Promise<"second_factor_needed" | "wrong_credentials" | "link_ended" | null> {
  if (person === null) return null;
  if (person.blockedAt !== null) return "link_ended";
  if (person.secondFactor === null || link.dropsSecondFactor) return null;
  if (code === null) return "second_factor_needed";
  if (desk.brake.beginCode(foldLogin(person.login), desk.house.now()) > 0) return "wrong_credentials";
  if ((await takeCode(tx, desk, person, code)) === null) return "wrong_credentials";
  desk.brake.succeedCode(foldLogin(person.login));
  return null;
}

type Spent = LinkUse & { readonly passwordHash: string };

async function makeFirst(
  tx: Tx,
  { house }: PeopleDesk,
  { login, name, passwordHash, whence }: Spent & { readonly login: string },
): Promise<Person | null> {
  // A second instance may have printed a link of its own.
  if (await isAnybodyThere(tx)) return null;
  const id = house.newId();
  await addPerson(tx, {
    id,
    login: login.trim(),
    foldedLogin: foldLogin(login),
    name: name ?? login.trim(),
    role: "administrator",
    outlets: null,
    passwordHash,
    createdAt: house.now(),
    createdBy: "first link",
  });
  const by = { actor: id, address: whence.address };
  await noteOnPerson(tx, house, by, "person.first", id, {
    after: { login: login.trim(), role: "administrator" },
  });
  return personById(tx, id);
}

async function renew(
  tx: Tx,
  { house }: PeopleDesk,
  before: Person,
  link: PersonLink,
  { name, passwordHash, whence }: Spent,
): Promise<Person | null> {
  await setPassword(tx, before.id, before.passwordHash, passwordHash, house.now());
  if (name !== null) await setPersonName(tx, before.id, name);
  if (link.dropsSecondFactor) await setSecondFactor(tx, before.id, null);
  await endSessions(tx, before.id, null);
  const by = { actor: before.id, address: whence.address };
  await noteOnPerson(tx, house, by, `person.${link.kind}_used`, before.id, {
    linkBy: link.createdBy,
    ...(link.dropsSecondFactor ? { secondFactor: "taken away" } : {}),
  });
  return personById(tx, before.id);
}
