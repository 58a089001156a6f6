// The door of people: roles, logins, passwords, and how failures slow.

export {
  ATTACK_FAILURES,
  codeWait,
  type Failures,
  FORGET_AFTER,
  failed,
  LONGEST_WAIT,
  signInWait,
  standing,
} from "./back-off.ts";
export { foldLogin, isLogin } from "./login.ts";
export { type WeakPassword, whyWeak } from "./password.ts";
export {
  answerRoleOf,
  FRESH_SCOPES,
  isRole,
  ROLE_SCOPES,
  ROLES,
  type Role,
  reaches,
  scopesOf,
} from "./role.ts";
