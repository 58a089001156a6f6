// Goods that are added to a good: where the shop prices them, they raise its price.
import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useOffers } from "../../parts/use-offers.ts";
import { useReader } from "../../reader.tsx";
import type { WrittenLine } from "./cart-address.ts";
import classes from "./playground.module.css";

/** The add-ons of one line with the field that adds another; `name`: of the good that they are added to. */
export function Addons(props: {
  readonly line: WrittenLine;
  readonly name: string;
  readonly nameOf: (offer: string) => string;
  readonly onChange: (addons: readonly string[]) => void;
}): ReactNode {
  const { say } = useReader();
  const { line, name, onChange } = props;
  const [text, setText] = useState("");
  const data = useOffers(text, line.addons);
  return (
    <div className={classes.addons} data-addons={line.addons.join(" ")}>
      {line.addons.map((addon) => (
        <span key={addon} className={classes.addon}>
          <span translate="no">{props.nameOf(addon)}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={say("playground.remove", { name: props.nameOf(addon) })}
            onClick={() => onChange(line.addons.filter((one) => one !== addon))}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      ))}
      <Select
        size="xs"
        aria-label={say("playground.addonTo", { name })}
        placeholder={say("playground.addon")}
        data={data.filter(({ value }) => !line.addons.includes(value))}
        value={null}
        onChange={(id) => {
          if (id !== null) onChange([...line.addons, id]);
          setText("");
        }}
        searchable
        searchValue={text}
        onSearchChange={setText}
        filter={({ options }) => options}
        selectFirstOptionOnChange
        nothingFoundMessage={say("promotions.form.nothingFound")}
      />
    </div>
  );
}
