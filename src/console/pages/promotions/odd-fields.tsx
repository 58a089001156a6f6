// Two fields of a shape of their own: whom a promotion stands beside, and attributes of the catalogue with their values.
import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useReader } from "../../reader.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./form.module.css";
import { asObject, unlessEmpty, withKey } from "./form-state.ts";
import { type FieldProps, useFrame } from "./simple-fields.tsx";

/** All, none, or the groups that are named. */
export function StandingField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const words = useFieldWords();
  const frame = useFrame(props);
  const { value, onChange } = props;
  const choice = Array.isArray(value) ? "groups" : typeof value === "string" ? value : null;
  return (
    <div className={classes.pair}>
      <Select
        {...frame}
        data={["all", "none", "groups"].map((one) => ({ value: one, label: words.option("with", one) }))}
        value={choice}
        placeholder={say("promotions.form.usual")}
        clearable
        clearButtonProps={{ "aria-label": say("promotions.form.clear") }}
        onChange={(next) => onChange(next === "groups" ? [] : (next ?? undefined))}
      />
      {Array.isArray(value) && (
        <TagsInput
          label={words.option("with", "groups")}
          disabled={frame.disabled}
          value={value.map(String)}
          onChange={onChange}
          acceptValueOnBlur
          translate="no"
        />
      )}
    </div>
  );
}

/** Attributes of the catalogue, each with the values that will do. */
export function ParamsField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const { label, disabled, error } = useFrame(props);
  const [name, setName] = useState("");
  const params = asObject(props.value);
  const put = (param: string, values: readonly string[] | undefined): void =>
    props.onChange(unlessEmpty(withKey(params, param, values)));
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {Object.entries(params).map(([param, values]) => (
        <TagsInput
          key={param}
          label={<span translate="no">{param}</span>}
          disabled={disabled}
          value={Array.isArray(values) ? values.map(String) : []}
          onChange={(next) => put(param, next.length === 0 ? undefined : next)}
          acceptValueOnBlur
          translate="no"
        />
      ))}
      {!disabled && (
        <div className={classes.pair}>
          <TextInput
            label={say("promotions.form.attribute")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            translate="no"
          />
          <Button
            variant="default"
            className={classes.low}
            disabled={name.trim() === ""}
            onClick={() => {
              put(name.trim(), []);
              setName("");
            }}
          >
            {say("promotions.form.add")}
          </Button>
        </div>
      )}
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </fieldset>
  );
}
