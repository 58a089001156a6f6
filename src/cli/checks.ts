// Everything that `doctor` looks at, in the order in which it is told.
import { dataChecks } from "./checks-database.ts";
import {
  answerCheck,
  type Check,
  folderChecks,
  nodeCheck,
  publicUrlCheck,
  retentionCheck,
  tlsCheck,
} from "./checks-host.ts";
import type { CliContext } from "./context.ts";

/** Looks at all of it; `now` in ms. */
export async function allChecks(context: CliContext, now: number): Promise<Check[]> {
  const config = context.config();
  // First what may hand the whole command over to a running server: nothing is to be done twice.
  const data = await dataChecks(context, now);
  return [
    nodeCheck(process.versions.node),
    ...folderChecks(config, context.folder),
    ...data,
    retentionCheck(config),
    publicUrlCheck(config),
    tlsCheck(config, context.folder, now),
    await answerCheck(config),
  ];
}
