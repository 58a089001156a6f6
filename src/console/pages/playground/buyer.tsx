// Who buys: nobody we know, somebody made up, or a customer found by phone, card or id.
import { Autocomplete, Button, NumberInput, SegmentedControl, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { CallFailed } from "../../calls.ts";
import { customerNamed } from "../../parts/customer-lookup.ts";
import { Points } from "../../parts/figures.tsx";
import { problemText } from "../../parts/problem-text.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { type CartAddress, type ChangeCart, namesOf, namesText } from "./cart-address.ts";
import { namedOption } from "./named-option.tsx";
import classes from "./playground.module.css";
import type { Suggestions } from "./suggestions.ts";
import type { Priced } from "./use-priced.ts";

interface BuyerProps {
  readonly address: CartAddress;
  readonly priced: Priced | null;
  readonly known: Suggestions;
  readonly onChange: ChangeCart;
}

/** The choice with its fields. */
export function Buyer(props: BuyerProps): ReactNode {
  const { say } = useReader();
  const mayFind = useMay("customers:read");
  const { who } = props.address;
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={say("playground.buyer")}
        value={who}
        onChange={(value) => props.onChange({ who: value }, true)}
        data={[
          { value: "", label: say("playground.nobody") },
          { value: "supposed", label: say("playground.supposed") },
          ...(mayFind ? [{ value: "found", label: say("playground.found") }] : []),
        ]}
      />
      {who === "supposed" && <Supposed {...props} />}
      {who === "found" && mayFind && <Found key={props.address.customer} {...props} />}
    </>
  );
}

function Supposed({ address, known, onChange }: BuyerProps): ReactNode {
  const { say } = useReader();
  return (
    <div className={classes.pair}>
      <TagsInput
        label={say("playground.segments")}
        data={[...known.segments]}
        value={namesOf(address.segments)}
        onChange={(names) => onChange({ segments: namesText(names) })}
        renderOption={namedOption}
        translate="no"
      />
      <Autocomplete
        label={say("playground.tier")}
        data={[...known.tiers]}
        value={address.tier}
        onChange={(tier) => onChange({ tier })}
        renderOption={namedOption}
        translate="no"
      />
      <Whole name="orders" address={address} onChange={onChange} />
      <Whole name="balance" address={address} onChange={onChange} />
      <Whole name="spent" address={address} onChange={onChange} />
      <TextInput
        type="date"
        label={say("playground.birthday")}
        value={address.birthday}
        onChange={(event) => onChange({ birthday: event.currentTarget.value })}
      />
    </div>
  );
}

function Whole(props: {
  readonly name: "orders" | "balance" | "spent";
  readonly address: CartAddress;
  readonly onChange: ChangeCart;
}): ReactNode {
  const { say } = useReader();
  const { name, address, onChange } = props;
  return (
    <NumberInput
      label={say(`playground.${name}`)}
      value={address[name]}
      onChange={(value) => onChange({ [name]: String(value) })}
      min={0}
      max={1_000_000_000}
      allowDecimal={false}
      hideControls
    />
  );
}

function Found({ address, priced, onChange }: BuyerProps): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState(address.customer);
  const [fault, setFault] = useState<string | null>(null);
  const find = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setFault(null);
    try {
      const id = text.trim() === "" ? "" : await customerNamed(text.trim());
      if (id === null) setFault(say("customers.notFound"));
      else onChange({ customer: id }, true);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      setFault(problemText(error, say));
    }
  };
  const customer = priced?.facts.sides[0]?.customer ?? null;
  return (
    <>
      <form className={classes.finder} onSubmit={(event) => void find(event)}>
        <TextInput
          label={say("customers.search")}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={fault}
          maxLength={100}
          autoComplete="off"
          translate="no"
        />
        <Button type="submit" variant="default">
          {say("customers.find")}
        </Button>
      </form>
      {customer !== null && customer.id === address.customer && (
        <p className={classes.told}>
          <span translate="no">
            {[customer.id, customer.tier, ...customer.segments].filter(Boolean).join(" · ")}
          </span>
          {" · "}
          <Points points={customer.balancePoints} />
        </p>
      )}
    </>
  );
}
