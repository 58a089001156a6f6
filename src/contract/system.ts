// The running server: what it is and stands on, its backups, and a bundle for whoever helps.
import { Type } from "typebox";
import { operation } from "./operation.ts";
import { count, identifier, input, moment, nullable, oneOf, output } from "./shape.ts";

const numbers = (description: string) =>
  Type.Unsafe<Record<string, number>>({
    type: "object",
    additionalProperties: { type: "number" },
    description,
  });

const job = output(
  {
    name: identifier("Its name."),
    owner: Type.String({ description: "The process that ran it last." }),
    startedAt: moment("Beginning of its last run."),
    isRunning: Type.Boolean({ description: "It runs now." }),
    outcome: nullable(Type.String(), "How the last finished run ended: ok or failed."),
  },
  { title: "SystemJob" },
);

/** The running server. */
export const System = output(
  {
    version: Type.String({ description: "Of Prilavok." }),
    node: Type.String({ description: "Of Node.js." }),
    platform: Type.String({ description: "Operating system and processor." }),
    engine: oneOf(["sqlite", "postgres"], "The database."),
    traits: Type.Unsafe<Record<string, string | number>>({
      type: "object",
      description: "How the database is set, as it says itself.",
    }),
    startedAt: moment("Start of this process."),
    uptimeSeconds: count("Since then."),
    memoryBytes: count("Memory of this process."),
    isReady: Type.Boolean({ description: "The database took a read just now." }),
    migrations: Type.Array(
      output({ number: count("Number."), name: Type.String(), appliedAt: moment("When.") }),
      { description: "Steps of the schema that were applied, in order." },
    ),
    storage: output({
      databaseBytes: count("The database as it counts itself."),
      dataFolderBytes: count("All files of the data folder, backups in it included."),
      backupBytes: count("All backups."),
      freeBytes: nullable(count("Bytes."), "Free on the disk of the data folder."),
      diskBytes: nullable(count("Bytes."), "All of that disk."),
    }),
    jobs: Type.Array(job),
    instances: Type.Array(
      output({ owner: Type.String({ description: "The process." }), lastJobAt: moment("Its last job.") }),
      { description: "Processes that ran a job within the last day." },
    ),
    settings: Type.Array(
      output({
        name: Type.String({ description: "Of the setting." }),
        env: Type.String({ description: "Its variable." }),
        value: Type.String({ description: "In force; secrets are hidden." }),
      }),
    ),
  },
  { title: "System" },
);

/** Reads it. */
export const getSystem = operation({
  id: "getSystem",
  method: "GET",
  path: "/system",
  tag: "system",
  summary: "Read what the running server is and stands on",
  scope: "system:read",
  status: 200,
  answer: System,
});

const work = output(
  {
    kind: oneOf(["making", "verifying"], "What is done."),
    name: nullable(Type.String(), "Which backup; null: a new one."),
    startedAt: moment("Since when."),
  },
  { title: "BackupWork" },
);

const failure = output({
  at: moment("When."),
  problems: Type.Array(Type.String(), { description: "Sentences." }),
});

/** The backups. */
export const listBackups = operation({
  id: "listBackups",
  method: "GET",
  path: "/system/backups",
  tag: "system",
  summary: "List backups",
  description: "Newest first, of the folder that the settings name, and what is being done now.",
  scope: "system:read",
  status: 200,
  answer: output(
    {
      backups: Type.Array(
        output(
          {
            name: identifier("Name of its folder."),
            madeAt: nullable(moment("When."), "Null: it has no readable manifest."),
            schema: nullable(count("Schema."), "Version of the schema in it."),
            bytes: nullable(count("Bytes."), "Packed."),
            rows: nullable(count("Rows."), "Of all tables."),
            hasSecret: nullable(Type.Boolean(), "It holds the secret key too."),
            checked: nullable(failure, "The last check by this process; no problems: it is whole."),
            restoreCommand: Type.String({
              description: "Puts it back: run it where the server is stopped.",
            }),
          },
          { title: "Backup" },
        ),
      ),
      work: nullable(work, "What is being done; null: nothing."),
      failure: nullable(failure, "Why the last thing done here failed."),
    },
    { title: "Backups" },
  ),
});

const begun = output({ work }, { title: "BackupBegun" });

/** Makes a backup. */
export const createBackup = operation({
  id: "createBackup",
  method: "POST",
  path: "/system/backups",
  tag: "system",
  summary: "Make a backup",
  description: "Begins it beside the calls; the list tells when it is there. Without the secret key.",
  scope: "system:write",
  status: 201,
  answer: begun,
  problems: ["backup_running"],
});

/** Checks a backup. */
export const verifyBackup = operation({
  id: "verifyBackup",
  method: "POST",
  path: "/system/backups/{backupName}/verify",
  tag: "system",
  summary: "Read a whole backup and compare it with its manifest",
  description: "Begins it beside the calls; the list tells what was found.",
  scope: "system:write",
  params: input({ backupName: identifier("Name of its folder.") }),
  status: 201,
  answer: begun,
  problems: ["backup_running"],
});

/** A bundle for support. */
export const getSupportBundle = operation({
  id: "getSupportBundle",
  method: "GET",
  path: "/system/support-bundle",
  tag: "system",
  summary: "Read a bundle for whoever helps",
  description:
    "What is shown is what is in it: the server, rows by table, what needs attention, imports, endpoints without addresses, and which changes were made when. No customer, no word of anybody, no credential.",
  scope: "system:read",
  status: 200,
  answer: output(
    {
      madeAt: moment("When."),
      system: System,
      rows: numbers("Rows by table."),
      attention: Type.Array(Type.Unsafe<object>({ type: "object" }), {
        description: "As on the front page.",
      }),
      imports: Type.Array(Type.Unsafe<object>({ type: "object" }), { description: "The last ones." }),
      endpoints: Type.Array(Type.Unsafe<object>({ type: "object" }), { description: "State of deliveries." }),
      changes: Type.Array(output({ at: moment("When."), action: Type.String() }), {
        description: "The last entries of the audit log by name.",
      }),
      rules: output({ version: count("In force."), hash: Type.String(), promotions: count("How many.") }),
    },
    { title: "SupportBundle" },
  ),
});
