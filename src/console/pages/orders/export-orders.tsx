// What the filter finds as a file: the server writes it while it is sent, so these are plain links.
import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { orderDeskCalls } from "../../../contract/index.ts";
import { addressOf } from "../../calls.ts";
import { useReader } from "../../reader.tsx";

const FILES = {
  csv: { format: "csv" },
  contacts: { format: "csv", contacts: true },
  jsonl: { format: "jsonl" },
} as const;

/** The menu. */
export function ExportOrders({ query }: { readonly query: object }): ReactNode {
  const { say, language } = useReader();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={16} aria-hidden />}>
          {say("parts.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["csv", "contacts", "jsonl"] as const).map((file) => (
          <Menu.Item
            key={file}
            component="a"
            download
            href={addressOf(orderDeskCalls.exportOrders, { query: { ...query, ...FILES[file], language } })}
          >
            {say(`orders.file.${file}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
