// Files of members, balances, orders, gift cards and services: read from disk, imported, told in sentences.
import { readFile, stat } from "node:fs/promises";
import {
  type FileReport,
  importBalances,
  importGiftCards,
  importMembers,
  importOrders,
  importServices,
} from "../flows/index.ts";
import { CommandFailed } from "./context.ts";
import type { Installation } from "./installation.ts";

/** Most bytes of a file: it is held in memory. A million members take 80 MiB. */
const MOST_BYTES = 256 * 1024 ** 2;

/** The bytes of a file that is there; throws CommandFailed when it is too large. */
export async function shopFile(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new CommandFailed(`${path} is larger than 256 MiB`);
  return readFile(path);
}

/** Whether all of the file was read and some of it taken. */
export function isWhole(report: FileReport): boolean {
  return report.kind !== "refused" && report.reason === null;
}

/** How a kind of file is taken; `unit` says what its control sum counts. */
interface ShopFile {
  readonly file: string;
  readonly unit: "points" | "kopecks" | null;
  take(installation: Installation, bytes: Uint8Array): Promise<FileReport>;
}

const FILES: readonly ShopFile[] = [
  {
    file: "gift-cards.csv",
    unit: "kopecks",
    take: ({ house, secrets }, bytes) => importGiftCards(house, secrets, bytes),
  },
  { file: "extra-services.yaml", unit: null, take: ({ house }, bytes) => importServices(house, bytes) },
  {
    file: "members.csv",
    unit: null,
    take: ({ house, secrets }, bytes) => importMembers(house, secrets, bytes),
  },
  {
    // After the members: a balance may name its owner by card or phone.
    file: "balances.csv",
    unit: "points",
    take: ({ house, secrets }, bytes) =>
      importBalances(house, secrets, bytes, { name: "balances.csv", actor: "import world" }),
  },
  { file: "orders.json", unit: null, take: ({ house }, bytes) => importOrders(house, bytes) },
];

/** What the import of a folder needs of each kind, in the order in which they are taken. */
export const shopFiles = FILES.map(({ file, unit, take }) => ({
  file,
  import: async (installation: Installation, path: string, report: (line: string) => void) => {
    const told = await take(installation, await shopFile(path));
    for (const line of faultLines(told)) report(line);
    return { isDone: isWhole(told), message: headline(told, unit), counts: countsOf(told) };
  },
}));

/** The result in one sentence; `unit` of the control sum. */
export function headline(report: FileReport, unit: ShopFile["unit"]): string {
  if (report.kind === "refused") return `Not imported: ${words(report.reason ?? "nothing_usable")}.`;
  const sum = report.total === null || unit === null ? "" : `, ${report.total} ${unit} in all`;
  const stopped = report.reason === null ? "" : `; reading stopped: ${words(report.reason)}`;
  const done = {
    checked: "Read, nothing was changed",
    unchanged: "Nothing to do, this file was taken before",
    imported: "Imported",
  }[report.kind];
  return `${done}: ${report.taken} taken, ${report.skipped} left out${sum}${stopped}.`;
}

/** Faults, each with its line. */
export function faultLines(report: FileReport): string[] {
  const lines = report.faults.map(
    ({ line, reason, isSkipped }) => `line ${line}, ${isSkipped ? "left out" : "remark"}: ${words(reason)}`,
  );
  return report.moreFaults === 0 ? lines : [...lines, `and ${report.moreFaults} more`];
}

function countsOf(report: FileReport): Readonly<Record<string, number>> {
  return {
    taken: report.taken,
    skipped: report.skipped,
    ...(report.total === null ? {} : { total: report.total }),
  };
}

function words(reason: string): string {
  return reason.replaceAll("_", " ");
}
