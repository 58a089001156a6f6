// When the list was read last, and the button that reads it again: rows never move by themselves.
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { momentText } from "../../parts/amounts.ts";
import { useReader } from "../../reader.tsx";

/** The button; nothing before the first reading. */
export function ReadAt(props: { readonly at: number; readonly onAgain: () => void }): ReactNode {
  const { say, language, zone } = useReader();
  if (props.at === 0) return null;
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      leftSection={<IconRefresh size={14} aria-hidden />}
      title={say("desk.readAgain")}
      onClick={props.onAgain}
    >
      {say("desk.readAt", { time: momentText(props.at, language, zone, "time") })}
    </Button>
  );
}
