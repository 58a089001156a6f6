// The running server, its backups, and the bundle for whoever helps.
import { systemCalls } from "../../contract/index.ts";
import {
  type BackupBegun,
  type BackupCheck,
  type BackupWork,
  type KnownBackup,
  makeSupportBundle,
  readSystem,
  type SystemView,
} from "../../flows/index.ts";
import { refuse } from "./refusal.ts";
import { route, shown, shownOrNull } from "./route.ts";

const getSystem = route(systemCalls.getSystem, async ({ house, system }) =>
  systemShown(await readSystem(house, system.parts), house.now()),
);

const listBackups = route(systemCalls.listBackups, async ({ system: { backups } }) => ({
  backups: backups.list().map(backupShown),
  work: backups.work === null ? null : workShown(backups.work),
  failure: backups.failure === null ? null : checkShown(backups.failure),
}));

const createBackup = route(systemCalls.createBackup, async ({ house, system, caller }) =>
  begunShown(await system.backups.make(house, caller.tokenId)),
);

const verifyBackup = route(systemCalls.verifyBackup, async ({ house, system, params, caller }) =>
  begunShown(await system.backups.verify(house, caller.tokenId, params.backupName)),
);

const getSupportBundle = route(systemCalls.getSupportBundle, async ({ house, rules, system, attention }) => {
  const bundle = await makeSupportBundle(house, rules, system.parts, attention);
  return {
    madeAt: shown(bundle.madeAt),
    system: systemShown(bundle.system, house.now()),
    rows: { ...bundle.rows },
    attention: bundle.attention.map(({ at, ...rest }) => ({ ...rest, at: shownOrNull(at) })),
    imports: [...bundle.imports],
    endpoints: [...bundle.endpoints],
    changes: bundle.changes.map(({ at, action }) => ({ at: shown(at), action })),
    rules: bundle.rules,
  };
});

function systemShown(view: SystemView, now: number) {
  const { startedAt, migrations, jobs, instances, settings, engine, traits, ...rest } = view;
  return {
    ...rest,
    engine: engine === "sqlite" ? ("sqlite" as const) : ("postgres" as const),
    traits: { ...traits },
    startedAt: shown(startedAt),
    // Whoever reads this has got an answer of the database.
    isReady: true,
    migrations: migrations.map(({ appliedAt, ...step }) => ({ ...step, appliedAt: shown(appliedAt) })),
    jobs: jobs.map(({ name, owner, until, startedAt: at, outcome }) => ({
      name,
      owner,
      startedAt: shown(at),
      isRunning: until > now,
      outcome,
    })),
    instances: instances.map(({ owner, lastJobAt }) => ({ owner, lastJobAt: shown(lastJobAt) })),
    settings: settings.map((setting) => ({ ...setting })),
  };
}

function backupShown({ name, manifest, checked, restoreCommand }: KnownBackup) {
  return {
    name,
    madeAt: manifest?.madeAt ?? null,
    schema: manifest?.schema ?? null,
    bytes: manifest?.bytes ?? null,
    rows: manifest === null ? null : Object.values(manifest.counts).reduce((sum, rows) => sum + rows, 0),
    hasSecret: manifest?.hasSecret ?? null,
    checked: checked === null ? null : checkShown(checked),
    restoreCommand,
  };
}

function checkShown({ at, problems }: BackupCheck) {
  return { at: shown(at), problems: [...problems] };
}

function workShown({ kind, name, startedAt }: BackupWork) {
  return { kind, name, startedAt: shown(startedAt) };
}

function begunShown(begun: BackupBegun) {
  return begun.kind === "refused" ? refuse(begun.reason) : { work: workShown(begun.work) };
}

/** Routes of the running server. */
export const systemRoutes = [getSystem, listBackups, createBackup, verifyBackup, getSupportBundle];
