// Words of the page of API tokens.
import type { Same } from "../../words.ts";
import type { tokens as ru } from "../ru/tokens.ts";

/** Texts of the page of tokens. */
export const tokens: Same<typeof ru> = {
  about: "Keys for scripts and other systems that call the API.",
  empty: "No tokens yet",
  emptyText: "A token lets a script or another system call the API.",
  make: "Make a token",
  token: "Token",
  label: "Name",
  prefix: "Begins with",
  scopes: "Scopes",
  createdAt: "Made",
  lastUsedAt: "Used",
  expiresAt: "Valid until",
  state: "State",
  active: "Active",
  expired: "Expired",
  revoked: "Revoked",
  never: "no end",
  unused: "never",
  revoke: "Revoke",
  days: "Days until it ends",
  daysAbout: "Empty: it does not end",
  made: "The token is made",
  revokeTitle: "Revoke the token “{{name}}”?",
  revokeText: "Whatever uses it stops working at once.",
};
