// Where, when and how it is bought: the moment on the shop's clocks, the face, the outlet, delivery and payment.
import { Autocomplete, Button, SegmentedControl, Switch, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { OutletSelect } from "../../parts/outlet-select.tsx";
import { instantIn, localIn } from "../../parts/shop-moment.ts";
import { useReader } from "../../reader.tsx";
import type { CartAddress, ChangeCart } from "./cart-address.ts";
import { namedOption } from "./named-option.tsx";
import classes from "./playground.module.css";
import type { Suggestions } from "./suggestions.ts";

interface Props {
  readonly address: CartAddress;
  readonly known: Suggestions;
  readonly onChange: ChangeCart;
}

/** All of it. */
export function Circumstances(props: Props): ReactNode {
  const { say } = useReader();
  const { address, onChange } = props;
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={say("playground.face")}
        value={address.face}
        onChange={(face) => onChange({ face })}
        data={[
          { value: "", label: say("calculations.channels.app") },
          { value: "seller", label: say("calculations.channels.seller") },
        ]}
      />
      <Moment {...props} />
      <div className={classes.pair}>
        <OutletSelect
          label={say("calculations.outlet")}
          value={address.outlet}
          onChange={(outlet) => onChange({ outlet })}
        />
        {address.face === "seller" && <Said name="employee" {...props} />}
        <Said name="city" {...props} />
        <Said name="delivery" {...props} options={props.known.delivery} />
        <Said name="payment" {...props} options={props.known.payment} />
        <Said name="pickup" {...props} options={props.known.pickupPoints} />
      </div>
      <Switch
        label={say("playground.early")}
        checked={address.early !== ""}
        onChange={(event) => onChange({ early: event.currentTarget.checked ? "1" : "" })}
      />
    </>
  );
}

/** What is said of a moment: prices of the past are not kept. */
function whenOf(at: string, zone: string) {
  if (at === "") return "playground.atNow";
  const moment = /Z|[+-]\d\d:\d\d$/.test(at) ? at : instantIn(at, zone);
  return Date.parse(moment) < Date.now() ? "playground.atPast" : "playground.atText";
}

function Moment({ address, onChange }: Props): ReactNode {
  const { say, zone } = useReader();
  return (
    <div className={classes.finder}>
      <TextInput
        type="datetime-local"
        label={say("playground.at")}
        description={say(whenOf(address.at, zone))}
        value={/Z|[+-]\d\d:\d\d$/.test(address.at) ? localIn(address.at, zone) : address.at}
        onChange={(event) => onChange({ at: event.currentTarget.value })}
      />
      {address.at !== "" && (
        <Button variant="default" onClick={() => onChange({ at: "" })}>
          {say("playground.now")}
        </Button>
      )}
    </div>
  );
}

function Said(
  props: Props & {
    readonly name: "employee" | "city" | "delivery" | "payment" | "pickup";
    readonly options?: readonly string[];
  },
): ReactNode {
  const { say } = useReader();
  const { name, address, onChange, options = [] } = props;
  // Codes of a city go with its name: another name is another city.
  const codes = name === "city" ? { kladr: "", fias: "" } : {};
  return (
    <Autocomplete
      label={say(`playground.${name}`)}
      data={[...options]}
      value={address[name]}
      onChange={(value) => onChange({ [name]: value, ...codes })}
      maxLength={200}
      renderOption={namedOption}
      translate="no"
    />
  );
}
