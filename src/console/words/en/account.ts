// Words of signing in and of one's own account.
import type { Same } from "../../words.ts";
import type { account as ru } from "../ru/account.ts";

/** Texts of signing in and of the account. */
export const account: Same<typeof ru> = {
  login: "Login",
  password: "Password",
  code: "Code of the app",
  signIn: {
    title: "Sign in",
    submit: "Sign in",
    codeText: "Enter the six digits of the app or one of the spare codes.",
    forgotten: "Forgotten the password? An administrator can give you a link.",
  },
};
