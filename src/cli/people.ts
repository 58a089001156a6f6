// `people list|add|link|block|unblock|sessions`: who signs in to the console; the way back for an owner who is locked out.
import type { Command } from "commander";
import { isLogin, isRole, ROLES } from "../core/people/index.ts";
import {
  editPerson,
  endSessionsOf,
  findPerson,
  invitePerson,
  makePersonLink,
  peopleOf,
  sessionsOf,
} from "../flows/index.ts";
import type { Person } from "../storage/index.ts";
import { type CliContext, CommandFailed } from "./context.ts";
import type { Installation } from "./installation.ts";

/** Who acts, for the audit log: whoever may type on the server. */
const TERMINAL = { actor: "terminal", address: null };

/** Adds the command; `user` is its old name. */
export function registerPeople(program: Command, context: CliContext): void {
  const people = program.command("people").alias("user").description("people who sign in to the console");
  people
    .command("list")
    .description("everybody with role and state")
    .action((options: { json?: boolean }) => list(context, options));
  people
    .command("add <login>")
    .description("add somebody and print their one-time link")
    .requiredOption("--role <role>", ROLES.join(", "))
    .option("--name <text>", "what they are called; the login when left out")
    .option("--outlets <ids>", "comma-separated; without it, all outlets")
    .action((login: string, options: AddOptions) => add(context, login, options));
  people
    .command("link <login>")
    .aliases(["login-link", "password"])
    .description("print a one-time link to set a new password")
    .option("--drop-second-factor", "the phone is lost: using the link takes the second factor away")
    .action(async (login: string, options: { dropSecondFactor?: boolean; json?: boolean }) => {
      const installation = await context.installation();
      const person = await known(installation, login);
      await printLink(context, installation, person, options);
    });
  for (const [name, isBlocked] of [
    ["block", true],
    ["unblock", false],
  ] as const) {
    people
      .command(`${name} <login>`)
      .description(isBlocked ? "keep somebody out, at once" : "let somebody in again")
      .action((login: string, options: { json?: boolean }) => block(context, login, isBlocked, options));
  }
  people
    .command("sessions <login>")
    .description("where somebody is signed in")
    .option("--end", "end them all")
    .action((login: string, options: SessionOptions) => sessions(context, login, options));
}

interface AddOptions {
  readonly role: string;
  readonly name?: string;
  readonly outlets?: string;
  readonly json?: boolean;
}

interface SessionOptions {
  readonly end?: boolean;
  readonly json?: boolean;
}

async function list(context: CliContext, { json }: { readonly json?: boolean }): Promise<void> {
  const { house } = await context.installation();
  const people = await peopleOf(house);
  if (json) return context.print(JSON.stringify(people.map(shown)));
  if (people.length === 0)
    return context.print("There is nobody. `start` prints the link of the first sign-in.");
  for (const { login, role, outlets, state, name } of people.map(shown))
    context.print(
      `${login}  ${role}  ${state}  ${outlets === null ? "all outlets" : outlets.join(",")}  ${name}`,
    );
}

function shown({ id, login, name, role, outlets, passwordHash, blockedAt }: Person) {
  const state = blockedAt !== null ? "blocked" : passwordHash === null ? "invited" : "active";
  return { id, login, name, role, outlets, state };
}

async function add(context: CliContext, login: string, options: AddOptions): Promise<void> {
  const { role, name = login } = options;
  if (!isRole(role)) throw new CommandFailed(`there is no role ${role}: ${ROLES.join(", ")}`, 2);
  if (!isLogin(login)) throw new CommandFailed("a login is 1 to 100 letters, digits and signs", 2);
  const outlets = options.outlets?.split(",").map((id) => id.trim()) ?? null;
  if (role === "administrator" && outlets !== null)
    throw new CommandFailed("an administrator has all outlets: leave --outlets out", 2);
  const installation = await context.installation();
  const made = await invitePerson(installation.house, TERMINAL, { login, name, role, outlets });
  if (made.kind === "refused")
    throw new CommandFailed(
      made.reason === "login_taken" ? "somebody has this login" : "there are too many people",
    );
  await printLink(context, installation, made.person, options);
}

async function printLink(
  context: CliContext,
  { house, secrets, config }: Installation,
  person: Person,
  options: { readonly dropSecondFactor?: boolean; readonly json?: boolean },
): Promise<void> {
  const wish = { personId: person.id, dropsSecondFactor: options.dropSecondFactor ?? false };
  const made = await makePersonLink(house, secrets, TERMINAL, wish);
  if (made === null) throw new CommandFailed("this person is blocked: unblock them first");
  const base = config.optional("publicUrl") ?? `http://${config.text("host")}:${config.number("port")}`;
  const link = `${base.replace(/\/$/, "")}/welcome#${made.token}`;
  if (options.json) return context.print(JSON.stringify({ id: person.id, kind: made.kind, link }));
  context.print(`${link}\nGood once, for 24 hours. Shown once.`);
}

async function block(
  context: CliContext,
  login: string,
  isBlocked: boolean,
  { json }: { readonly json?: boolean },
): Promise<void> {
  const installation = await context.installation();
  const person = await known(installation, login);
  const isDone = (person.blockedAt !== null) !== isBlocked;
  if (isDone) {
    const done = await editPerson(installation.house, TERMINAL, person.id, { ...person, isBlocked });
    if (done.kind === "refused")
      throw new CommandFailed(
        done.reason === "last_administrator" ? "nobody would be left who may manage people" : "try again",
      );
  }
  if (json) return context.print(JSON.stringify({ id: person.id, isBlocked, isDone }));
  context.print(isDone ? "Done." : "Nothing to do.");
}

async function sessions(context: CliContext, login: string, { end, json }: SessionOptions): Promise<void> {
  const installation = await context.installation();
  const { house, config } = installation;
  const person = await known(installation, login);
  if (end) {
    const ended = await endSessionsOf(house, TERMINAL, person.id);
    return context.print(json ? JSON.stringify({ ended }) : `Ended: ${ended ?? 0}.`);
  }
  const terms = { idleMs: config.number("sessions.idle"), absoluteMs: config.number("sessions.lifetime") };
  const found = await sessionsOf({ house, terms }, person.id);
  if (json) return context.print(JSON.stringify(found));
  if (found.length === 0) context.print("Signed in nowhere.");
  for (const { seenAt, address, agent } of found)
    context.print(`${new Date(seenAt).toISOString()}  ${address}  ${agent}`);
}

async function known({ house }: Installation, login: string): Promise<Person> {
  const person = await findPerson(house, login);
  if (person === null) throw new CommandFailed(`nobody signs in as ${login}`);
  return person;
}
