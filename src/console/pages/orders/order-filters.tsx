// The fields above the list of orders: one for whatever names orders, and choices; all of it lives in the address.
import { Button, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { orderDeskCalls } from "../../../contract/index.ts";
import { call } from "../../api.ts";
import { CallFailed } from "../../calls.ts";
import { dayOf } from "../../parts/day-start.ts";
import { problemText } from "../../parts/problem-text.ts";
import type { UrlValues } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useBranches } from "../desk/names.ts";
import { addressOfOrder, STATUSES } from "./order-words.tsx";
import classes from "./orders.module.css";

/** What the address holds, in the words of the API; numbers of other pages lead here by them. Never a phone or a card. */
export const FILTERS = [
  "customerId",
  "code",
  "groupId",
  "employeeId",
  "calculationId",
  "status",
  "outletId",
  "channel",
  "from",
  "until",
] as const;

/** The values; empty: not narrowed by. */
export type OrderFilter = UrlValues<(typeof FILTERS)[number]>;

interface FilterProps {
  readonly filter: OrderFilter;
  readonly onChange: (change: Partial<OrderFilter>) => void;
}

const NOTHING = Object.fromEntries(FILTERS.map((name) => [name, ""])) as OrderFilter;

/** Conditions that are not typed here: each stands as a button that drops it. */
const CONDITIONS = {
  customerId: "onlyCustomer",
  code: "onlyCode",
  groupId: "onlyGroup",
  employeeId: "onlyEmployee",
  calculationId: "onlyCalculation",
} as const;

/** The fields. */
export function OrderFilters({ filter, onChange }: FilterProps): ReactNode {
  const { say } = useReader();
  const conditions = (Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[]).filter(
    (name) => filter[name] !== "",
  );
  return (
    <>
      <Finder onChange={onChange} />
      <Choices filter={filter} onChange={onChange} />
      {conditions.map((name) => {
        const title = say(`orders.${CONDITIONS[name]}`);
        return (
          <Button
            key={name}
            variant="light"
            rightSection={<IconX size={14} aria-hidden />}
            aria-label={say("orders.without", { name: title })}
            onClick={() => onChange({ [name]: "" })}
          >
            {title}{" "}
            {name !== "groupId" && name !== "calculationId" && (
              <span className={`mono ${classes.value}`}>{filter[name]}</span>
            )}
          </Button>
        );
      })}
      {FILTERS.some((name) => filter[name] !== "") && (
        <Button variant="subtle" color="gray" onClick={() => onChange(NOTHING)}>
          {say("orders.clear")}
        </Button>
      )}
    </>
  );
}

/** One field for a number, a customer, a phone, a card or a code. What is typed goes to the server in a body, never into an address. */
function Finder({ onChange }: Pick<FilterProps, "onChange">): ReactNode {
  const { say } = useReader();
  const [, go] = useLocation();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const [isSeeking, setSeeking] = useState(false);
  const seek = async (): Promise<void> => {
    try {
      const { kind, id } = await call(orderDeskCalls.searchOrders, { body: { text: text.trim() } });
      if (kind === "nothing" || id === null) return setFault(say("orders.nothingNamed"));
      if (kind === "order") return go(addressOfOrder(id));
      onChange({ ...NOTHING, [kind === "customer" ? "customerId" : "code"]: id });
      setText("");
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      setFault(problemText(error, say));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === "") return;
    setFault(null);
    setSeeking(true);
    void seek().finally(() => setSeeking(false));
  };
  return (
    <form className={classes.finder} onSubmit={submit}>
      <TextInput
        type="search"
        data-search
        aria-label={say("orders.search")}
        placeholder={say("orders.search")}
        value={text}
        maxLength={100}
        autoComplete="off"
        error={fault}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={isSeeking}>
        {say("orders.find")}
      </Button>
    </form>
  );
}

function Choices({ filter, onChange }: FilterProps): ReactNode {
  const { say, zone } = useReader();
  const { branches } = useBranches();
  const chosen = (value: string): string | null => (value === "" ? null : value);
  return (
    <>
      <Select
        aria-label={say("orders.status")}
        placeholder={say("orders.anyStatus")}
        data={STATUSES.map((status) => ({ value: status, label: say(`orders.statuses.${status}`) }))}
        value={chosen(filter.status)}
        onChange={(status) => onChange({ status: status ?? "" })}
        clearable
        allowDeselect
        w={180}
      />
      {branches.length > 1 && (
        <Select
          aria-label={say("orders.outlet")}
          placeholder={say("orders.anyOutlet")}
          data={branches.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen(filter.outletId)}
          onChange={(outletId) => onChange({ outletId: outletId ?? "" })}
          searchable
          clearable
          allowDeselect
          w={180}
        />
      )}
      <Select
        aria-label={say("orders.channel")}
        placeholder={say("orders.anyChannel")}
        data={(["app", "seller"] as const).map((channel) => ({
          value: channel,
          label: say(`orders.channels.${channel}`),
        }))}
        value={chosen(filter.channel)}
        onChange={(channel) => onChange({ channel: channel ?? "" })}
        clearable
        allowDeselect
        w={170}
      />
      {(["from", "until"] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          aria-label={say(`orders.${name}`)}
          title={say(`orders.${name}`)}
          value={dayOf(filter[name], zone)}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
    </>
  );
}
