// Fields that hold one thing: a number, an amount, a text, a choice, a moment, a list of names.
import { Checkbox, Chip, Group, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useReader } from "../../reader.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./form.module.css";
import { asList, asObject, useFieldState } from "./form-state.ts";
import type { Schema, Step } from "./schema.ts";

/** What every field is given. */
export interface FieldProps {
  readonly schema: Schema;
  readonly container: string;
  readonly name: string;
  readonly steps: readonly Step[];
  readonly value: unknown;
  /** True: an empty field is a mistake; what is emptied stays, empty. */
  readonly isNeeded: boolean;
  /** Undefined: the key goes away. */
  readonly onChange: (value: unknown) => void;
}

/** Label, help and the mark of a mistake. */
export function useFrame(props: Pick<FieldProps, "container" | "name" | "steps">) {
  const { say } = useReader();
  const words = useFieldWords();
  const { isWrong, isReadOnly } = useFieldState(props.steps);
  return {
    label: words.label(props.container, props.name),
    description: words.help(props.container, props.name),
    error: isWrong ? say("promotions.form.wrong") : undefined,
    disabled: isReadOnly,
  };
}

/** A number with its unit, or an amount of roubles. */
export function NumberField(props: FieldProps & { readonly isMoney?: boolean }): ReactNode {
  const { say, language } = useReader();
  const words = useFieldWords();
  const { value, schema, name, isMoney = false } = props;
  const suffix = isMoney ? say("promotions.unit.roubles") : words.unit(name);
  const isWhole = schema.type === "integer";
  return (
    <NumberInput
      {...useFrame(props)}
      className={classes.short}
      value={value === null || value === undefined ? "" : Number(value)}
      onChange={(next) => props.onChange(next === "" ? (props.isNeeded ? null : undefined) : Number(next))}
      {...(suffix === undefined ? {} : { suffix: ` ${suffix}` })}
      decimalSeparator={language === "ru" ? "," : "."}
      allowedDecimalSeparators={[",", "."]}
      allowDecimal={!isWhole}
      decimalScale={isWhole ? 0 : 2}
      allowNegative={(schema.minimum ?? 0) < 0}
      hideControls
    />
  );
}

/** Yes, no, or not said. */
export function SwitchField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const { label, description, error, disabled } = useFrame(props);
  if (props.isNeeded) {
    return (
      <Checkbox
        {...{ label, description, error, disabled }}
        checked={props.value === true}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    );
  }
  const value = props.value === true ? "yes" : props.value === false ? "no" : "unsaid";
  return (
    <Select
      {...{ label, description, error, disabled }}
      className={classes.short}
      data={(["unsaid", "yes", "no"] as const).map((one) => ({
        value: one,
        label: say(`promotions.form.${one}`),
      }))}
      value={value}
      onChange={(next) => props.onChange(next === "unsaid" ? undefined : next === "yes")}
    />
  );
}

/** One of several values. */
export function ChoiceField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const words = useFieldWords();
  const { schema, name, value } = props;
  const data = (schema.enum ?? []).map((one) => ({ value: one, label: words.option(name, one) }));
  return (
    <Select
      {...useFrame(props)}
      className={classes.short}
      data={data}
      value={typeof value === "string" ? value : null}
      placeholder={say("promotions.form.usual")}
      clearable={!props.isNeeded}
      clearButtonProps={{ "aria-label": say("promotions.form.clear") }}
      onChange={(next) => props.onChange(next ?? undefined)}
    />
  );
}

/** A line of text; times of the day and moments get a field of their own kind. */
export function LineField(props: FieldProps): ReactNode {
  const { value, container, name } = props;
  const text = typeof value === "string" ? value : "";
  const type = container === "hours" ? "time" : inputType(name, text);
  return (
    <TextInput
      {...useFrame(props)}
      className={classes.short}
      type={type}
      value={type === "datetime-local" && /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text}
      onChange={({ currentTarget }) =>
        props.onChange(currentTarget.value === "" && !props.isNeeded ? undefined : currentTarget.value)
      }
      translate="no"
    />
  );
}

const MOMENTS: readonly string[] = ["from", "until", "availableUntil"];

/** Moments are local ones of the shop; one that names its offset from UTC is shown as it is written. */
function inputType(name: string, text: string): "datetime-local" | "text" {
  const isLocal = text === "" || /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/.test(text);
  return MOMENTS.includes(name) && isLocal ? "datetime-local" : "text";
}

/** A text for shoppers in both languages. */
export function TextField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const { label, description, error, disabled } = useFrame(props);
  const { value } = props;
  const own = typeof value === "string" ? { ru: value } : asObject(value);
  const put = (language: "ru" | "en", text: string): void => {
    const next = { ...own, [language]: text };
    const { en, ...rest } = next as { ru?: string; en?: string };
    const kept = en === undefined || en === "" ? rest : { ...rest, en };
    const isEmpty = (kept.ru ?? "") === "" && !("en" in kept);
    props.onChange(isEmpty && !props.isNeeded ? undefined : { ru: "", ...kept });
  };
  return (
    <div className={classes.pair}>
      {(["ru", "en"] as const).map((language) => (
        <TextInput
          key={language}
          label={say("promotions.form.inLanguage", {
            name: label,
            language: say(`promotions.form.${language}`),
          })}
          description={language === "ru" ? description : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          error={language === "ru" ? error : undefined}
          disabled={disabled}
          value={String((own as Record<string, unknown>)[language] ?? "")}
          onChange={(event) => put(language, event.currentTarget.value)}
          translate="no"
        />
      ))}
    </div>
  );
}

/** A list of names that are typed. */
export function NamesField(props: FieldProps): ReactNode {
  const { say } = useReader();
  const names = asList(props.value).map(String);
  return (
    <TagsInput
      {...useFrame(props)}
      placeholder={names.length === 0 ? say("promotions.form.typeAndEnter") : undefined}
      value={names}
      onChange={(next) => props.onChange(next.length === 0 && !props.isNeeded ? undefined : next)}
      acceptValueOnBlur
      translate="no"
    />
  );
}

/** Some of a few values, or days of the week. */
export function ChoicesField(props: FieldProps & { readonly isWeekdays?: boolean }): ReactNode {
  const { language } = useReader();
  const words = useFieldWords();
  const { label, description, error, disabled } = useFrame(props);
  const chosen = asList(props.value).map(String);
  const all = props.isWeekdays ? ["1", "2", "3", "4", "5", "6", "7"] : (props.schema.items?.enum ?? []);
  const day = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  // 1 January 2024 was a Monday.
  const nameOf = (value: string): string =>
    props.isWeekdays ? day.format(Date.UTC(2024, 0, Number(value))) : words.option(props.name, value);
  const change = (next: string[]): void => {
    const sorted = all.filter((one) => next.includes(one));
    const values = props.isWeekdays ? sorted.map(Number) : sorted;
    props.onChange(values.length === 0 && !props.isNeeded ? undefined : values);
  };
  return (
    <fieldset className={classes.chips} disabled={disabled}>
      <legend>{label}</legend>
      <Chip.Group multiple value={chosen} onChange={change}>
        <Group gap={6}>
          {all.map((one) => (
            <Chip key={one} value={one} size="xs" disabled={disabled}>
              {nameOf(one)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {description !== undefined && <p className={classes.help}>{description}</p>}
      {error !== undefined && <p className={classes.wrong}>{error}</p>}
    </fieldset>
  );
}
