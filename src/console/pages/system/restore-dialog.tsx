// How a backup is put back: the exact command, and what to do before it.
import { Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyField } from "../../parts/copy-field.tsx";
import { useSay } from "../../reader.tsx";
import type { Backup } from "./backups.tsx";

/** The dialog; `backup` null: closed. */
export function RestoreDialog(props: {
  readonly backup: Backup | null;
  readonly onClose: () => void;
}): ReactNode {
  const say = useSay();
  const { backup } = props;
  return (
    <Modal
      opened={backup !== null}
      onClose={props.onClose}
      size="lg"
      title={say("system.restoreTitle")}
      closeButtonProps={{ "aria-label": say("shell.close") }}
    >
      <Text size="sm" mb="md">
        {say("system.restoreText")}
      </Text>
      {backup !== null && <CopyField label={say("system.restore")} value={backup.restoreCommand} />}
    </Modal>
  );
}
