// People who sign in: who they are, what they may do, and what proves that it is they.
import { isRole, type Role } from "../core/people/index.ts";
import type { Tx } from "./database.ts";
import type { PersonTables } from "./tables/person.ts";

/** A person. */
export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  /** Ids of the outlets that they are set on; null: all. */
  readonly outlets: readonly string[] | null;
  /** Null: as the browser says. */
  readonly language: "ru" | "en" | null;
  readonly theme: "light" | "dark" | "system";
  /** Null: invited, and has not chosen one yet. */
  readonly passwordHash: string | null;
  readonly passwordAt: number | null;
  /** The sealed secret of the second factor; null: none. */
  readonly secondFactor: Uint8Array | null;
  /** Sealed secret that was offered and not yet proved. */
  readonly secondFactorWish: Uint8Array | null;
  /** Rises with every change that an administrator makes. */
  readonly version: number;
  readonly createdAt: number;
  /** Id of who made them; "first link" for the first one. */
  readonly createdBy: string;
  /** Last sign-in. */
  readonly seenAt: number | null;
  readonly blockedAt: number | null;
}

/** A new person. */
export type NewPerson = Pick<
  Person,
  "id" | "login" | "name" | "role" | "outlets" | "passwordHash" | "createdAt" | "createdBy"
> & { readonly foldedLogin: string };

function personFromRow(row: PersonTables["person"]): Person {
  if (!isRole(row.role)) throw new TypeError(`a person has a role that nobody knows: ${row.role}`);
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    role: row.role,
    outlets: row.outlets === null ? null : (JSON.parse(row.outlets) as string[]),
    language: row.language === "ru" || row.language === "en" ? row.language : null,
    theme: row.theme === "light" || row.theme === "dark" ? row.theme : "system",
    passwordHash: row.password_hash,
    passwordAt: row.password_at,
    secondFactor: row.second_factor,
    secondFactorWish: row.second_factor_wish,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    seenAt: row.seen_at,
    blockedAt: row.blocked_at,
  };
}

/** Adds a person; false when somebody has the login. */
export async function addPerson(tx: Tx, person: NewPerson): Promise<boolean> {
  const { outlets, passwordHash, createdAt } = person;
  const added = await tx.run(
    `insert into person (id, login, login_folded, name, role, outlets, theme, password_hash, password_at,
       second_factor_step, version, created_at, created_by)
     values (?, ?, ?, ?, ?, ?, 'system', ?, ?, 0, 1, ?, ?) on conflict (login_folded) do nothing`,
    [
      person.id,
      person.login,
      person.foldedLogin,
      person.name,
      person.role,
      outlets === null ? null : JSON.stringify(outlets),
      passwordHash,
      passwordHash === null ? null : createdAt,
      createdAt,
      person.createdBy,
    ],
  );
  return added === 1;
}

/** The person of an id. */
export async function personById(tx: Tx, id: string): Promise<Person | null> {
  const [row] = await tx.rows<PersonTables["person"]>("select * from person where id = ?", [id]);
  return row === undefined ? null : personFromRow(row);
}

/** The person who signs in by a folded login. */
export async function personByLogin(tx: Tx, foldedLogin: string): Promise<Person | null> {
  const [row] = await tx.rows<PersonTables["person"]>("select * from person where login_folded = ?", [
    foldedLogin,
  ]);
  return row === undefined ? null : personFromRow(row);
}

/** Everybody, by name; blocked ones too. */
export async function listPeople(tx: Tx): Promise<Person[]> {
  const rows = await tx.rows<PersonTables["person"]>("select * from person order by name, id");
  return rows.map(personFromRow);
}

/** Whether there is anybody at all. */
export async function isAnybodyThere(tx: Tx): Promise<boolean> {
  return (await tx.rows("select 1 as one from person limit 1")).length > 0;
}

/** Ids of administrators who can sign in now. */
export async function administrators(tx: Tx): Promise<string[]> {
  // Held: two who take the role from each other at once must not leave the house without anybody.
  const rows = await tx.rows<{ id: string }>(
    `select id from person where role = 'administrator' and blocked_at is null and password_hash is not null
     order by id${tx.engine === "postgres" ? " for update" : ""}`,
  );
  return rows.map(({ id }) => id);
}

/** Removes a person with everything that only they could use. */
export async function removePerson(tx: Tx, id: string): Promise<void> {
  tx.announce("sessions");
  for (const table of ["person_session", "person_link", "person_recovery_code"])
    await tx.run(`delete from ${table} where person_id = ?`, [id]);
  await tx.run("delete from person where id = ?", [id]);
}

/** What an administrator changes of a person. */
export interface PersonChange {
  readonly name: string;
  readonly role: Role;
  readonly outlets: readonly string[] | null;
  readonly blockedAt: number | null;
}

/** Changes a person who is at `version`; false when somebody else was quicker. */
export async function changePerson(
  tx: Tx,
  id: string,
  version: number,
  { name, role, outlets, blockedAt }: PersonChange,
): Promise<boolean> {
  tx.announce("sessions");
  const changed = await tx.run(
    `update person set name = ?, role = ?, outlets = ?, blocked_at = ?, version = version + 1
     where id = ? and version = ?`,
    [name, role, outlets === null ? null : JSON.stringify(outlets), blockedAt, id, version],
  );
  return changed === 1;
}

/** Sets a password in place of `before`; false when it was changed meanwhile. */
export async function setPassword(
  tx: Tx,
  id: string,
  before: string | null,
  hash: string,
  at: number,
): Promise<boolean> {
  const changed = await tx.run(
    "update person set password_hash = ?, password_at = ? where id = ? and coalesce(password_hash, '') = ?",
    [hash, at, id, before ?? ""],
  );
  return changed === 1;
}

/** Sets name, language or look as the person wants them. */
export async function setPersonSettings(
  tx: Tx,
  id: string,
  { language, theme }: Pick<Person, "language" | "theme">,
): Promise<void> {
  tx.announce("sessions");
  await tx.run("update person set language = ?, theme = ? where id = ?", [language, theme, id]);
}

/** Sets the name. */
export async function setPersonName(tx: Tx, id: string, name: string): Promise<void> {
  await tx.run("update person set name = ? where id = ?", [name, id]);
}

/** Notes a sign-in. */
export async function touchPerson(tx: Tx, id: string, at: number): Promise<void> {
  await tx.run("update person set seen_at = ? where id = ?", [at, id]);
}

/** Keeps an offered second factor until it is proved. */
export async function wishSecondFactor(tx: Tx, id: string, sealed: Uint8Array): Promise<void> {
  await tx.run("update person set second_factor_wish = ? where id = ?", [sealed, id]);
}

/** Puts the second factor in force, with codes for the day the phone is lost; null: takes it away. */
export async function setSecondFactor(
  tx: Tx,
  id: string,
  factor: {
    readonly sealed: Uint8Array;
    readonly step: number;
    readonly codeHashes: readonly string[];
  } | null,
): Promise<void> {
  tx.announce("sessions");
  await tx.run(
    "update person set second_factor = ?, second_factor_step = ?, second_factor_wish = null where id = ?",
    [factor?.sealed ?? null, factor?.step ?? 0, id],
  );
  await tx.run("delete from person_recovery_code where person_id = ?", [id]);
  for (const hash of factor?.codeHashes ?? [])
    await tx.run("insert into person_recovery_code (person_id, hash) values (?, ?)", [id, hash]);
}

/** Takes a code's step of time, once: false when this or a later one was used before. */
export async function takeSecondFactorStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const taken = await tx.run(
    "update person set second_factor_step = ? where id = ? and second_factor_step < ?",
    [step, id, step],
  );
  return taken === 1;
}

/** Takes a recovery code, once. */
export async function takeRecoveryCode(tx: Tx, id: string, hash: string): Promise<boolean> {
  return (
    (await tx.run("delete from person_recovery_code where person_id = ? and hash = ?", [id, hash])) === 1
  );
}
