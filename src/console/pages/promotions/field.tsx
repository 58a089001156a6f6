// One place of a promotion as a field: the schema says which kind, and groups draw what is inside of them the same way.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";
import { Blocks, type Drawing } from "./blocks.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./form.module.css";
import { asList, asObject, unlessEmpty, useFieldState, withKey } from "./form-state.ts";
import {
  CategoriesPicker,
  OfferPicker,
  OffersPicker,
  OutletsPicker,
  VendorsPicker,
} from "./goods-pickers.tsx";
import { ParamsField, StandingField } from "./odd-fields.tsx";
import { kindOf, type Place, placesOf, resolved, type Schema } from "./schema.ts";
import {
  ChoiceField,
  ChoicesField,
  type FieldProps,
  LineField,
  NamesField,
  NumberField,
  SwitchField,
  TextField,
  useFrame,
} from "./simple-fields.tsx";
import { entryStart } from "./starts.ts";

/** Places that are picked from the catalogue. */
const PICKERS: Readonly<Record<string, (props: FieldProps) => ReactNode>> = {
  "goods.offers": OffersPicker,
  "goods.categories": CategoriesPicker,
  "goods.vendors": VendorsPicker,
  "gifts.offer": OfferPicker,
  "options.offer": OfferPicker,
  "condition.outlets": OutletsPicker,
};

/** The field. */
export function Field(props: FieldProps): ReactNode {
  const Picker = PICKERS[`${props.container}.${props.name}`];
  if (Picker !== undefined) return <Picker {...props} />;
  const schema = resolved(props.schema);
  const own = { ...props, schema };
  switch (kindOf(schema)) {
    case "roubles":
      // A step begins at a sum or at a quantity: what it is, is said beside it.
      return <NumberField {...own} isMoney={own.container !== "levels" || own.name !== "from"} />;
    case "number":
      return <NumberField {...own} />;
    case "text":
      return <TextField {...own} />;
    case "choice":
      return <ChoiceField {...own} />;
    case "choices":
      return <ChoicesField {...own} />;
    case "weekdays":
      return <ChoicesField {...own} isWeekdays />;
    case "names":
      return <NamesField {...own} />;
    case "switch":
      return <SwitchField {...own} />;
    case "line":
      return <LineField {...own} />;
    case "standing":
      return <StandingField {...own} />;
    case "record":
      return <ParamsField {...own} />;
    case "goods":
      return <GoodsField {...own} />;
    case "list":
      return <ListField {...own} />;
    case "condition":
      return <OneCondition {...own} />;
    default:
      return <GroupField {...own} />;
  }
}

/** An object's fields one under the other. `isBare`: without a frame and a name of its own. */
export function GroupField(props: FieldProps & { readonly isBare?: boolean }): ReactNode {
  const { label, description, error } = useFrame(props);
  const fields = (
    <div className={classes.fields}>
      {placesOf(props.schema, props.name).map((place) => (
        <Inner key={place.name} parent={props} place={place} />
      ))}
    </div>
  );
  if (props.isBare) return fields;
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {description !== undefined && <p className={classes.help}>{description}</p>}
      {fields}
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </fieldset>
  );
}

/** A field of an object; what is emptied goes away, and with its last key the object. */
function Inner({ parent, place }: { readonly parent: FieldProps; readonly place: Place }): ReactNode {
  const value = asObject(parent.value);
  const isNeeded = resolved(parent.schema).required?.includes(place.name) ?? false;
  return (
    <Field
      {...place}
      steps={[...parent.steps, place.name]}
      value={value[place.name]}
      isNeeded={isNeeded}
      onChange={(next) => {
        const changed = withKey(value, place.name, next);
        parent.onChange(parent.isNeeded ? changed : unlessEmpty(changed));
      }}
    />
  );
}

const USUAL_GOODS: readonly string[] = ["categories", "vendors", "offers"];

/** A set of goods: the usual ways to name them, the others on demand. */
function GoodsField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const { label, description, disabled } = useFrame(props);
  const places = placesOf(props.schema, "goods");
  const value = asObject(props.value);
  const usual = USUAL_GOODS.flatMap((name) => places.find((place) => place.name === name) ?? []);
  const others = places.filter(({ name }) => !USUAL_GOODS.includes(name));
  const hasOther = others.some(({ name }) => value[name] !== undefined);
  if (props.container !== "promotion" && !props.isNeeded && props.value === undefined) {
    return (
      <div>
        <Button size="compact-sm" variant="default" disabled={disabled} onClick={() => props.onChange({})}>
          {say("promotions.form.onlySome")}
        </Button>
      </div>
    );
  }
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {description !== undefined && <p className={classes.help}>{description}</p>}
      <div className={classes.fields}>
        {usual.map((place) => (
          <Inner key={place.name} parent={props} place={place} />
        ))}
      </div>
      <details className={classes.more} open={hasOther || undefined}>
        <summary>{say("promotions.form.moreGoods")}</summary>
        {/* Sets hold sets: those that are not there are not drawn, or there would be no end. */}
        <div className={classes.fields}>
          {others.map((place) => (
            <Nested key={place.name} parent={props} place={place} />
          ))}
        </div>
      </details>
    </fieldset>
  );
}

function Nested({ parent, place }: { readonly parent: FieldProps; readonly place: Place }): ReactNode {
  const { say } = useReader();
  const words = useFieldWords();
  const { isReadOnly } = useFieldState(parent.steps);
  const value = asObject(parent.value);
  const name = words.label("goods", place.name);
  if (place.name !== "not" || value["not"] !== undefined) {
    return (
      <div className={classes.nested}>
        <Inner parent={parent} place={place} />
        {place.name === "not" && !isReadOnly && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => parent.onChange(unlessEmpty(withKey(value, "not", undefined)) ?? emptied(parent))}
          >
            {say("promotions.form.removeNamed", { name })}
          </Button>
        )}
      </div>
    );
  }
  if (isReadOnly) return null;
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => parent.onChange(withKey(value, "not", { categories: [] }))}
      >
        {say("promotions.form.addNamed", { name })}
      </Button>
    </div>
  );
}

function emptied(parent: FieldProps): unknown {
  return parent.isNeeded ? {} : undefined;
}

const DRAWING: Drawing = { Field, GroupField };

/** A list of objects: conditions and effects as blocks to choose from, others as entries of one kind. */
function ListField(props: FieldProps): ReactNode {
  const { label, description, error } = useFrame(props);
  const items: Schema = resolved(resolved(props.schema).items ?? {});
  const entries = asList(props.value);
  const put = (next: readonly unknown[]): void =>
    props.onChange(next.length === 0 && !props.isNeeded ? undefined : next);
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {description !== undefined && <p className={classes.help}>{description}</p>}
      <Blocks
        draw={DRAWING}
        kinds={items.title === "condition" || items.title === "effect" ? items.title : null}
        schema={items}
        name={props.name}
        steps={props.steps}
        entries={entries}
        onChange={put}
        onStart={() => entryStart(props.name, items)}
      />
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </fieldset>
  );
}

/** A condition inside of "not": a list of one. */
function OneCondition(props: FieldProps): ReactNode {
  return (
    <Blocks
      draw={DRAWING}
      kinds="condition"
      schema={resolved(props.schema)}
      name={props.name}
      steps={props.steps}
      entries={props.value === undefined ? [] : [props.value]}
      onChange={(next) => props.onChange(next.at(-1) ?? {})}
      onStart={() => ({})}
      isSingle
    />
  );
}
