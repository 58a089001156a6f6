// One-time links: the first sign-in, invitations, and the way back for somebody who forgot the password. Used means gone.
import type { Tx } from "./database.ts";
import type { PersonTables } from "./tables/person.ts";

/** What a link is for. */
export type LinkKind = "first" | "invitation" | "reset";

/** A link; its secret is kept as a hash only. */
export interface PersonLink {
  readonly hash: string;
  readonly kind: LinkKind;
  /** Null: it makes the first person. */
  readonly personId: string | null;
  /** Whether using it takes the second factor away. */
  readonly dropsSecondFactor: boolean;
  readonly createdAt: number;
  /** Refused from then on. */
  readonly expiresAt: number;
  readonly createdBy: string;
}

/** Adds a link in place of those that the same person had, or that were for the first person. */
export async function putLink(tx: Tx, link: PersonLink): Promise<void> {
  await tx.run("delete from person_link where coalesce(person_id, '') = ? or expires_at <= ?", [
    link.personId ?? "",
    link.createdAt,
  ]);
  await tx.run(
    `insert into person_link (hash, kind, person_id, drops_second_factor, created_at, expires_at, created_by)
     values (?, ?, ?, ?, ?, ?, ?)`,
    [
      link.hash,
      link.kind,
      link.personId,
      link.dropsSecondFactor ? 1 : 0,
      link.createdAt,
      link.expiresAt,
      link.createdBy,
    ],
  );
}

/** The link of a hash that is good at `now`; null: unknown, used or ended. */
export async function findLink(tx: Tx, hash: string, now: number): Promise<PersonLink | null> {
  const [row] = await tx.rows<PersonTables["person_link"]>(
    "select * from person_link where hash = ? and expires_at > ?",
    [hash, now],
  );
  if (row === undefined) return null;
  return {
    hash: row.hash,
    kind: row.kind as LinkKind,
    personId: row.person_id,
    dropsSecondFactor: row.drops_second_factor === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    createdBy: row.created_by,
  };
}

/** Takes a link and all others of the same person: of several who use it at once exactly one is told true. */
export async function takeLink(tx: Tx, link: PersonLink, now: number): Promise<boolean> {
  const taken = await tx.rows<{ hash: string }>(
    "delete from person_link where coalesce(person_id, '') = ? and expires_at > ? returning hash",
    [link.personId ?? "", now],
  );
  return taken.some(({ hash }) => hash === link.hash);
}
