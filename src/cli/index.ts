// The door of the command line: all commands, in the order of the help.
import { registerAudit } from "./audit.ts";
import { registerBackup } from "./backup.ts";
import { registerClient } from "./client.ts";
import { registerCodes } from "./codes.ts";
import { registerConfig } from "./config.ts";
import { registerDb } from "./db.ts";
import { registerDemo } from "./demo.ts";
import { registerDoctor } from "./doctor.ts";
import { registerExport } from "./export.ts";
import { registerFeedback } from "./feedback.ts";
import { registerImport } from "./import.ts";
import { registerKey } from "./key.ts";
import { registerLoyalty } from "./loyalty.ts";
import { registerOpenApi } from "./openapi.ts";
import { registerPeople } from "./people.ts";
import { registerPrice } from "./price.ts";
import type { Register } from "./program.ts";
import { registerPromotions } from "./promotions.ts";
import { registerReplay } from "./replay.ts";
import { registerSimulate } from "./simulate.ts";
import { registerStart } from "./start.ts";
import { registerToken } from "./token.ts";
import { registerWebhook } from "./webhook.ts";

export { runFromTerminal } from "./outside.ts";

/** Every command. */
export const commands: readonly Register[] = [
  registerStart(() => commands),
  registerDemo(() => commands),
  registerSimulate,
  registerConfig,
  registerDb,
  registerBackup,
  registerDoctor,
  registerPromotions,
  registerCodes,
  registerImport,
  registerPrice,
  registerReplay,
  registerKey,
  registerClient,
  registerToken,
  registerFeedback,
  registerAudit,
  registerLoyalty,
  registerExport,
  registerWebhook,
  registerPeople,
  registerOpenApi,
];
