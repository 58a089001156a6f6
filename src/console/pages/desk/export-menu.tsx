// What the filter finds as a file.
import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { deskCalls } from "../../../contract/index.ts";
import { addressOf } from "../../calls.ts";
import { useReader } from "../../reader.tsx";

/** The menu. Files are written by the server while they are sent, so they are plain links. */
export function ExportMenu(props: {
  readonly filter: string;
  /** Of these only; left out: all that the filter finds. */
  readonly ids?: readonly string[];
}): ReactNode {
  const { say, language } = useReader();
  const { filter, ids } = props;
  const named = ids === undefined ? {} : { itemIds: ids.join(",") };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={16} aria-hidden />}>
          {say("parts.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["csv", "xlsx"] as const).map((format) => (
          <Menu.Item
            key={format}
            component="a"
            download
            href={addressOf(deskCalls.exportDesk, { query: { filter, ...named, format, language } })}
          >
            {say(`desk.export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
