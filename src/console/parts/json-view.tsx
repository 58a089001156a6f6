// JSON for people: indented, long ones folded, copied by one press. Shown as text, never as markup.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useSay } from "../reader.tsx";
import { useCopy } from "./copy-field.tsx";
import classes from "./json-view.module.css";

/** Lines that are shown before folding. */
const FOLD_AT = 24;

/** `value` is anything JSON, or a text that is JSON or not. */
export function JsonView({ value, label }: { readonly value: unknown; readonly label: string }): ReactNode {
  const say = useSay();
  const [isWhole, setWhole] = useState(false);
  const { isCopied, copy } = useCopy();
  const text = printed(value);
  const lines = text.split("\n");
  const shown = isWhole ? text : lines.slice(0, FOLD_AT).join("\n");
  return (
    <figure className={classes.frame} aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach what scrolls. */}
      <pre className={classes.text} tabIndex={0}>
        {shown}
      </pre>
      <div className={classes.tools}>
        {lines.length > FOLD_AT && (
          <Button size="compact-xs" variant="subtle" onClick={() => setWhole(!isWhole)}>
            {say(isWhole ? "parts.json.less" : "parts.json.more")}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" onClick={() => copy(text)}>
          {say(isCopied ? "parts.copied" : "parts.copy")}
        </Button>
      </div>
    </figure>
  );
}

function printed(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2) ?? "";
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}
