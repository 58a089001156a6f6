// Who is signed in: what people sign in with, what they may do, and what the console needs to know of them.
import { type Static, Type } from "typebox";
import { identifier, label, moment, nullable, oneOf, output } from "./shape.ts";

/** Roles, as the core names them; a test holds the two lists equal. */
export const ROLE_NAMES = [
  "viewer",
  "agent",
  "branch_manager",
  "marketer",
  "loyalty_manager",
  "administrator",
] as const;

/** A role's schema. */
export const RoleName = oneOf(ROLE_NAMES, "What the person may do.");

/** Ids of outlets, or null. */
export const StoreScope = nullable(
  Type.Array(identifier("Id of an outlet."), { maxItems: 1000 }),
  "Outlets whose things the person sees and changes; null: all.",
);

/** Login names as they are sent. */
export const Login = Type.String({
  minLength: 1,
  maxLength: 100,
  description: "What the person signs in with; letters, digits and signs, case does not matter.",
});

/** A password on its way; how long a new one must be is told by `weak_password`. */
export const Password = Type.String({ minLength: 1, maxLength: 512, description: "The password." });

/** A code of the second factor. */
export const Code = Type.String({
  minLength: 1,
  maxLength: 40,
  description: "Six digits of the authenticator app, or a recovery code.",
});

/** Language that a person chose. */
export const Language = nullable(oneOf(["ru", "en"]), "Language of the console; null: as the browser says.");

/** Look that a person chose. */
export const Theme = oneOf(["light", "dark", "system"], "Look of the console.");

/** Who is signed in, and what the console needs to know of them. */
export const Me = output(
  {
    person: output(
      {
        id: identifier("Id of the person."),
        login: Type.String({ description: "What they sign in with." }),
        name: label("What they are called."),
        role: RoleName,
        scopes: Type.Array(Type.String(), { description: "What they may do." }),
        outlets: StoreScope,
        language: Language,
        theme: Theme,
        hasSecondFactor: Type.Boolean({ description: "Whether signing in takes a code of an app." }),
        promoCeiling: Type.Integer({
          minimum: 0,
          maximum: 100,
          description: "Percent up to which they give promo codes in answers alone; 0: none.",
        }),
      },
      { title: "SignedInPerson" },
    ),
    csrf: Type.String({ description: "Send it as `x-csrf` with every call that changes something." }),
    freshUntil: moment("Until then calls are let in that need the password anew."),
  },
  { title: "Me" },
);

/** See `Me`. */
export type MeBody = Static<typeof Me>;
