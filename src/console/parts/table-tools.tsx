// The line above the rows: filters at the left, columns, density and export at the right.
import { ActionIcon, Menu } from "@mantine/core";
import { IconCheck, IconColumns3 } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useSay } from "../reader.tsx";
import classes from "./table.module.css";
import type { TableChoices } from "./table-choices.ts";
import type { Column } from "./table-columns.ts";

const DENSITIES = ["dense", "roomy"] as const;

/** The line. */
export function TableTools<Row>(props: {
  readonly columns: readonly Column<Row>[];
  readonly choices: TableChoices;
  readonly filters?: ReactNode;
  readonly tools?: ReactNode;
}): ReactNode {
  const say = useSay();
  const { choices } = props;
  const tick = (isOn: boolean | undefined): ReactNode => (isOn ? <IconCheck size={16} aria-hidden /> : null);
  return (
    <div className={classes.tools}>
      <div className={classes.filters}>{props.filters}</div>
      <div className={classes.right}>
        {props.tools}
        <Menu position="bottom-end" closeOnItemClick={false}>
          <Menu.Target>
            <ActionIcon size="lg" aria-label={say("parts.table.view")} title={say("parts.table.view")}>
              <IconColumns3 size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{say("parts.table.columns")}</Menu.Label>
            {props.columns.map((column) => (
              <Menu.Item
                key={column.id}
                rightSection={tick(choices.visibility[column.id])}
                onClick={() => choices.show(column.id, !choices.visibility[column.id])}
              >
                {column.title === "" ? (column.about ?? "") : column.title}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Label>{say("parts.table.density")}</Menu.Label>
            {DENSITIES.map((density) => (
              <Menu.Item
                key={density}
                rightSection={tick(choices.density === density)}
                onClick={() => choices.setDensity(density)}
              >
                {say(`parts.table.${density}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </div>
  );
}
