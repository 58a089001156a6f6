// The goods of the cart: found in the catalogue, counted in pieces or weighed, put aside, taken out.
import { ActionIcon, Checkbox, NumberInput, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { numberText } from "../../parts/amounts.ts";
import { Money } from "../../parts/figures.tsx";
import { useOffers } from "../../parts/use-offers.ts";
import { useReader } from "../../reader.tsx";
import { Addons } from "./addons.tsx";
import { type CartAddress, type ChangeCart, linesOf, linesText, type WrittenLine } from "./cart-address.ts";
import classes from "./playground.module.css";
import type { Priced } from "./use-priced.ts";

type Offer = Priced["facts"]["offers"][number];

/** The list with the field that adds to it. */
export function Goods(props: {
  readonly address: CartAddress;
  readonly priced: Priced | null;
  readonly onChange: ChangeCart;
}): ReactNode {
  const { say } = useReader();
  const lines = linesOf(props.address.goods);
  const change = (next: readonly WrittenLine[], isStep = false): void =>
    props.onChange({ goods: linesText(next) }, isStep);
  const add = (offer: string): void => {
    const known = lines.find((line) => line.offer === offer && !line.isAside && line.addons.length === 0);
    const more = known === undefined ? null : { ...known, quantity: known.quantity + 1 };
    change(
      more === null
        ? [...lines, { offer, quantity: 1, isAside: false, addons: [] }]
        : lines.map((line) => (line === known ? more : line)),
      true,
    );
  };
  const offers = offersByAsked(props.priced);
  return (
    <>
      <AddGoods onAdd={add} />
      <ul className={classes.goods} aria-label={say("playground.goods")}>
        {lines.map((line, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place.
            key={`${index} ${line.offer}`}
            line={line}
            offer={offers.get(line.offer)}
            isUnknown={props.priced !== null && isUnknown(props.priced, index)}
            left={leftOf(props.priced, index)}
            nameOf={props.priced?.facts.pricesAddons ? (id) => offers.get(id)?.name ?? id : null}
            onChange={(next) => change(lines.map((one) => (one === line ? next : one)))}
            onRemove={() =>
              change(
                lines.filter((one) => one !== line),
                true,
              )
            }
          />
        ))}
      </ul>
    </>
  );
}

/** The catalogue's goods by id, and by what was asked for. */
function offersByAsked(priced: Priced | null): ReadonlyMap<string, Offer> {
  return new Map(priced?.facts.offers.map((offer) => [offer.id, offer]) ?? []);
}

function isUnknown({ outcomes: [first] }: Priced, index: number): boolean {
  return first?.lines.find(({ lineIndex }) => lineIndex === index)?.problem?.kind === "unknown_offer";
}

/** What the stock left of a line; null: all of it. */
function leftOf(priced: Priced | null, index: number): number | null {
  const [first] = priced?.outcomes ?? [];
  const lowered = first?.lowered.find(({ lineIndex }) => lineIndex === index);
  if (lowered === undefined) return null;
  if (lowered.how === "unticked") return 0;
  return first?.lines.find(({ lineIndex }) => lineIndex === index)?.quantity ?? null;
}

function AddGoods({ onAdd }: { readonly onAdd: (offer: string) => void }): ReactNode {
  const { say } = useReader();
  const [text, setText] = useState("");
  const data = useOffers(text, NONE);
  return (
    <Select
      label={say("playground.add")}
      placeholder={say("playground.addHint")}
      data={data}
      value={null}
      onChange={(id) => {
        if (id !== null) onAdd(id);
        setText("");
      }}
      searchable
      searchValue={text}
      onSearchChange={setText}
      // The server has searched already: by words, by the beginning of an id.
      filter={({ options }) => options}
      // Enter takes the first that was found.
      selectFirstOptionOnChange
      nothingFoundMessage={say("promotions.form.nothingFound")}
      data-search
    />
  );
}

const NONE: readonly string[] = [];

interface LineProps {
  readonly line: WrittenLine;
  readonly offer: Offer | undefined;
  readonly isUnknown: boolean;
  /** Units that the stock leaves; null: as many as are wanted. */
  readonly left: number | null;
  /** Names of add-ons; null: the shop prices none. */
  readonly nameOf: ((offer: string) => string) | null;
  readonly onChange: (line: WrittenLine) => void;
  readonly onRemove: () => void;
}

function Line(props: LineProps): ReactNode {
  const { say, language } = useReader();
  const { line, offer } = props;
  const name = offer?.name ?? line.offer;
  const step = offer?.stepThousandths == null ? null : offer.stepThousandths / 1000;
  return (
    <li className={classes.good} data-good={line.offer}>
      <div className={classes.goodName}>
        <span translate="no">{name}</span>
        <About {...props} />
        {props.nameOf !== null && (
          <Addons
            line={line}
            name={name}
            nameOf={props.nameOf}
            onChange={(addons) => props.onChange({ ...line, addons })}
          />
        )}
      </div>
      <NumberInput
        aria-label={say("playground.quantityOf", { name })}
        value={line.quantity}
        onChange={(value) => typeof value === "number" && props.onChange({ ...line, quantity: value })}
        min={0}
        max={1_000_000}
        step={step ?? 1}
        decimalScale={3}
        decimalSeparator={language === "ru" ? "," : "."}
        allowedDecimalSeparators={[",", "."]}
        className={classes.quantity}
      />
      <Checkbox
        label={say("playground.aside")}
        checked={line.isAside}
        onChange={(event) => props.onChange({ ...line, isAside: event.currentTarget.checked })}
        className={classes.aside}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={say("playground.remove", { name })}
        onClick={props.onRemove}
      >
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </li>
  );
}

/** What there is to know of the good: its price, and what is wrong with it. */
function About({ line, offer, isUnknown, left }: LineProps): ReactNode {
  const { say, language } = useReader();
  return (
    <span className="soft">
      <span className="mono">{line.offer}</span>{" "}
      {offer !== undefined && <Money minor={offer.priceMinor} isShort />}{" "}
      {isUnknown && <em>{say("calculations.unknownGood")}</em>}
      {left !== null && (
        <em data-left={left}>
          {left === 0
            ? say("playground.noneLeft")
            : say("playground.left", { left: numberText(left, language, 3) })}
        </em>
      )}
      {offer?.isAvailable === false && <em>{say("playground.unavailable")}</em>}
    </span>
  );
}
