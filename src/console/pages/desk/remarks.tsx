// What the checks have to say of an answer: what forbids it, and what whoever sends it says is meant so.
import { Checkbox } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";
import classes from "./desk.module.css";
import type { Remark } from "./use-draft.ts";

/** The sentence of a remark. */
export function RemarkText({ remark }: { readonly remark: Remark }): ReactNode {
  const { say } = useReader();
  return <>{say(`answers.check.${remark.check}`, { detail: remark.detail ?? "" })}</>;
}

/** All of them; a text that is still empty is not worth a remark. */
export function Remarks(props: {
  readonly remarks: readonly Remark[];
  readonly confirmed: ReadonlySet<string>;
  readonly onChange: (confirmed: ReadonlySet<string>) => void;
}): ReactNode {
  const { say } = useReader();
  const { confirmed } = props;
  const shown = props.remarks.filter(({ check }) => check !== "blank_text");
  if (shown.length === 0) return null;
  const turn = (check: string): void => {
    const next = new Set(confirmed);
    if (!next.delete(check)) next.add(check);
    props.onChange(next);
  };
  return (
    <ul className={classes.remarks} aria-label={say("answers.checks")}>
      {shown.map((remark) => (
        <li key={remark.check} data-level={remark.level}>
          {remark.level === "block" ? (
            <>
              <IconAlertTriangle size={16} aria-hidden />
              <RemarkText remark={remark} />
            </>
          ) : (
            <Checkbox
              size="xs"
              checked={confirmed.has(remark.check)}
              onChange={() => turn(remark.check)}
              label={
                <>
                  <RemarkText remark={remark} /> <span className="soft">{say("answers.meant")}</span>
                </>
              }
            />
          )}
        </li>
      ))}
    </ul>
  );
}
