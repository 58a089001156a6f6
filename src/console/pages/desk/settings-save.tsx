// The foot of a settings form: saving, or who may save.
import { Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";

/** The foot. */
export function SaveLine(props: {
  readonly mayWrite: boolean;
  readonly isSaving: boolean;
  readonly onSave: () => void;
}): ReactNode {
  const { say } = useReader();
  return (
    <Group mt="lg">
      {props.mayWrite ? (
        <Button loading={props.isSaving} onClick={props.onSave}>
          {say("parts.save")}
        </Button>
      ) : (
        <span className="soft">{say("deskSettings.readOnly")}</span>
      )}
    </Group>
  );
}
