// The name that somebody signs in with: one spelling for what a person would take for the same.

/** Longest login, characters. */
export const LOGIN_LIMIT = 100;

/** What logins are looked up by: width, case and composition do not tell two people apart. */
export function foldLogin(login: string): string {
  return login.trim().normalize("NFKC").toLowerCase();
}

/** Whether a login may be taken: 1 to 100 letters, digits and signs without blanks or control characters. */
export function isLogin(login: string): boolean {
  const folded = foldLogin(login);
  return folded.length >= 1 && folded.length <= LOGIN_LIMIT && /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(folded);
}
