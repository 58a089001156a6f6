// The log's filter as the address has it, and as the call takes it.
import { momentOf } from "../../parts/day-start.ts";

/** Names in the address. */
export const AUDIT_NAMES = ["actor", "subject", "action", "from", "until"] as const;

/** The filter; empty texts filter nothing. `from` and `until` are days of the shop, both within. */
export type AuditValues = Readonly<Record<(typeof AUDIT_NAMES)[number], string>>;

/** Whether anything is filtered. */
export function isFiltered(values: AuditValues): boolean {
  return AUDIT_NAMES.some((name) => values[name] !== "");
}

/** The query of the call, newest first; what is empty or no day is left out. */
export function auditQuery(values: AuditValues, zone: string) {
  const from = momentOf(values.from, zone);
  const until = momentOf(values.until, zone, 1);
  return {
    order: "newest" as const,
    ...(values.actor === "" ? {} : { actor: values.actor }),
    ...(values.subject === "" ? {} : { subject: values.subject }),
    ...(values.action === "" ? {} : { action: values.action }),
    ...(from === null ? {} : { from }),
    ...(until === null ? {} : { until }),
  };
}
