// Hands what is on the screen to the reader as a file: CSV or XLSX, wherever a page exports.
import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { CallFailed } from "../calls.ts";
import { useReader } from "../reader.tsx";
import { saveFile } from "./save-file.ts";
import { csvOf, type ShownTable } from "./shown-table.ts";
import { useToasts } from "./toasts.tsx";

/** Kinds of files. */
export const TABLE_FILES = ["csv", "xlsx"] as const;

/** One of TABLE_FILES. */
export type TableFile = (typeof TABLE_FILES)[number];

/** Makes the table when it is asked for; null: there is nothing to save. */
export type MakeTable = () => ShownTable | null | Promise<ShownTable | null>;

/** `const { save, isSaving } = useSaveTable()`: failures of calls are told. */
export function useSaveTable(): {
  readonly save: (make: MakeTable, file: TableFile) => void;
  readonly isSaving: boolean;
} {
  const { language, zone } = useReader();
  const { tellFailure } = useToasts();
  const [isSaving, setSaving] = useState(false);
  const hand = async (make: MakeTable, file: TableFile): Promise<void> => {
    setSaving(true);
    try {
      const table = await make();
      if (table === null) return;
      if (file === "csv") saveFile(`${table.name}.csv`, csvOf(table, language), "text/csv");
      else {
        const { SHEET_TYPE, sheetOf } = await import("./shown-sheet.ts");
        saveFile(`${table.name}.xlsx`, sheetOf(table, zone), SHEET_TYPE);
      }
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      tellFailure(error);
    } finally {
      setSaving(false);
    }
  };
  return { save: (make, file) => void hand(make, file), isSaving };
}

/** The button with its menu; `children`: further files of the page. */
export function SaveTable(props: {
  readonly make: MakeTable;
  readonly isOff?: boolean;
  /** True: stands above rows and not at the head of a page. */
  readonly isSmall?: boolean;
  readonly children?: ReactNode;
}): ReactNode {
  const { say } = useReader();
  const { save, isSaving } = useSaveTable();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          {...(props.isSmall === true ? { size: "xs" } : {})}
          leftSection={<IconDownload size={16} aria-hidden />}
          loading={isSaving}
          disabled={props.isOff === true}
        >
          {say("parts.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {TABLE_FILES.map((file) => (
          <Menu.Item key={file} onClick={() => save(props.make, file)}>
            {say(`parts.file.${file}`)}
          </Menu.Item>
        ))}
        {props.children}
      </Menu.Dropdown>
    </Menu>
  );
}
