// Roles of people and what each may do: the one table that sign-in, the API and the pages read.

/** Roles, from the one that may least. */
export const ROLES = [
  "viewer",
  "agent",
  "branch_manager",
  "marketer",
  "loyalty_manager",
  "administrator",
] as const;

/** One of ROLES. */
export type Role = (typeof ROLES)[number];

/** Scopes of the management API by role; a `write` scope includes the `read` of the same noun. "all": every scope there is. */
export const ROLE_SCOPES: Readonly<Record<Role, readonly string[] | "all">> = {
  viewer: [
    "overview:read",
    "feedback:read",
    "answers:read",
    "answer-rules:read",
    "calculations:read",
    "promotions:read",
    "orders:read",
    "catalogue:read",
    "loyalty:read",
    "overview:read",
  ],
  agent: [
    "overview:read",
    "feedback:write",
    "answers:write",
    "answer-rules:read",
    "calculations:read",
    "promotions:read",
    "orders:read",
    "catalogue:read",
    "customers:read",
    "loyalty:read",
    "overview:read",
  ],
  branch_manager: [
    "overview:read",
    "feedback:write",
    "answers:write",
    "answer-rules:read",
    "calculations:read",
    "promotions:read",
    "orders:write",
    "catalogue:read",
    "customers:read",
    "loyalty:read",
    "overview:read",
  ],
  marketer: [
    "overview:read",
    "feedback:read",
    "answers:read",
    "answer-rules:write",
    "calculations:read",
    "promotions:write",
    "orders:read",
    "catalogue:write",
    "customers:read",
    "loyalty:read",
    "events:read",
    "overview:read",
  ],
  loyalty_manager: [
    "overview:read",
    "feedback:read",
    "answers:read",
    "answer-rules:read",
    "calculations:read",
    "promotions:write",
    "orders:read",
    "catalogue:read",
    "customers:write",
    "loyalty:write",
    "events:read",
    "overview:read",
  ],
  administrator: "all",
};

/** What `role` may do, of the scopes that there are. */
export function scopesOf(role: Role, all: readonly string[]): readonly string[] {
  const scopes = ROLE_SCOPES[role];
  return scopes === "all" ? all : scopes;
}

/** Whether `text` names a role. */
export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}

/**
 * Scopes for which a session must have been proved by its password a moment ago: an unattended screen, or a stolen
 * session, must not hand out keys, send data elsewhere or make people. Points are named call by call.
 */
export const FRESH_SCOPES: readonly string[] = [
  "channels:write",
  "tokens:write",
  "events:write",
  "people:write",
  "erasures:write",
];

/**
 * Whose promo ceiling among the roles of answers a person has; null: none, so they give no codes. A manager whose stores
 * are all of them is the network's.
 */
export function answerRoleOf(
  role: Role,
  stores: readonly string[] | null,
): "agent" | "branch_manager" | "network_manager" | "admin" | null {
  switch (role) {
    case "agent":
      return "agent";
    case "branch_manager":
      return stores === null ? "network_manager" : "branch_manager";
    case "administrator":
      return "admin";
    default:
      return null;
  }
}

/** Whether somebody who is set on `stores` (null: all) may see what belongs to `outlet`; null: it belongs to no store. */
export function reaches(stores: readonly string[] | null, outlet: string | null): boolean {
  return stores === null || (outlet !== null && stores.includes(outlet));
}
