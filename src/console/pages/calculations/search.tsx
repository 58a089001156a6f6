// Finding carts: one field by customer, order, code or request, and why a promotion was not given.
import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { promotionCalls } from "../../../contract/index.ts";
import { CallFailed, useCall } from "../../api.ts";
import { customerNamed } from "../../parts/customer-lookup.ts";
import { dayOf } from "../../parts/day-start.ts";
import { OutletSelect } from "../../parts/outlet-select.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./calculations.module.css";

/** What may be searched by. */
const WAYS = ["customer", "order", "code", "request"] as const;

/** What the address keeps of a search. A phone or card never stands there: addresses end up in logs. */
export const SEARCH = [
  "customer",
  "order",
  "code",
  "request",
  "promotion",
  "outlet",
  "from",
  "until",
] as const;

/** Values of a search by name; empty: not searched by. */
export type Search = Readonly<Record<(typeof SEARCH)[number], string>>;

/** The fields. */
export function SearchFields(props: {
  readonly search: Search;
  readonly onChange: (change: Partial<Search>) => void;
}): ReactNode {
  const { say, zone } = useReader();
  const { search, onChange } = props;
  const isAny = SEARCH.some((name) => search[name] !== "");
  const none = Object.fromEntries(SEARCH.map((name) => [name, ""])) as Search;
  return (
    <>
      <Finder key={WAYS.map((way) => search[way]).join()} search={search} onChange={onChange} />
      <PromotionField value={search.promotion} onChange={(promotion) => onChange({ promotion })} />
      <OutletSelect value={search.outlet} onChange={(outlet) => onChange({ outlet })} w={180} />
      {(["from", "until"] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          aria-label={say(`calculations.${name}`)}
          value={dayOf(search[name], zone)}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
      {isAny && (
        <Button variant="subtle" color="gray" onClick={() => onChange(none)}>
          {say("calculations.clear")}
        </Button>
      )}
    </>
  );
}

function Finder({ search, onChange }: Parameters<typeof SearchFields>[0]): ReactNode {
  const { say } = useReader();
  const { tell, tellFailure } = useToasts();
  const mayFind = useMay("customers:read");
  const kept = WAYS.find((way) => search[way] !== "") ?? "customer";
  const [way, setWay] = useState<(typeof WAYS)[number]>(kept);
  const [text, setText] = useState(search[kept]);
  const settle = (value: string): void =>
    onChange({ customer: "", order: "", code: "", request: "", [way]: value });
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wanted = text.trim();
    if (way !== "customer" || wanted === "" || !mayFind) return settle(wanted);
    try {
      const id = await customerNamed(wanted);
      if (id === null) tell(say("calculations.noCustomer"));
      else settle(id);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      tellFailure(error);
    }
  };
  return (
    <form className={classes.finder} onSubmit={(event) => void find(event)}>
      <Select
        aria-label={say("calculations.by.label")}
        data={WAYS.map((one) => ({ value: one, label: say(`calculations.by.${one}`) }))}
        value={way}
        onChange={(value) => setWay((value ?? "customer") as (typeof WAYS)[number])}
        w={150}
      />
      <TextInput
        aria-label={say(`calculations.hint.${way}`)}
        placeholder={say(`calculations.hint.${way}`)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-search
        className={classes.grow}
      />
      <Button type="submit" variant="default">
        {say("calculations.find")}
      </Button>
    </form>
  );
}

function PromotionField(props: {
  readonly value: string;
  readonly onChange: (id: string) => void;
}): ReactNode {
  const { say, language } = useReader();
  const isOn = useMay("promotions:read");
  const set = useCall(promotionCalls.getPromotionSet, {}, { isOn });
  const { promotions = [] } = (set.data?.set ?? {}) as {
    promotions?: readonly { id: string; name: string | { ru: string; en?: string } }[];
  };
  const data = promotions.map(({ id, name }) => ({
    value: id,
    label: typeof name === "string" ? name : (name[language] ?? name.ru),
  }));
  if (!isOn) return null;
  return (
    <Select
      aria-label={say("calculations.promotion")}
      placeholder={say("calculations.promotion")}
      data={data}
      value={props.value === "" ? null : props.value}
      onChange={(value) => props.onChange(value ?? "")}
      searchable
      clearable
      allowDeselect
      w={250}
      translate="no"
    />
  );
}
