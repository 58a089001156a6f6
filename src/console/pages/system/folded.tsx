// The switch under a long list that shows its first lines.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useSay } from "../../reader.tsx";

/** The button. */
export function Folded(props: {
  readonly isWhole: boolean;
  readonly onChange: (isWhole: boolean) => void;
}): ReactNode {
  const say = useSay();
  return (
    <Button
      mt="xs"
      size="compact-sm"
      variant="subtle"
      aria-expanded={props.isWhole}
      onClick={() => props.onChange(!props.isWhole)}
    >
      {say(props.isWhole ? "system.fewer" : "system.all")}
    </Button>
  );
}
