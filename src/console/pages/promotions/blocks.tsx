// Conditions, effects and other entries as blocks: added from a menu, removed and moved by buttons, all of it by keyboard too.
import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useReader } from "../../reader.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./form.module.css";
import { asObject, useFieldState, withKey } from "./form-state.ts";
import { kindOf, placesOf, resolved, type Schema, type Step } from "./schema.ts";
import type { FieldProps } from "./simple-fields.tsx";
import { CONDITION_STARTS, EFFECT_STARTS } from "./starts.ts";

/** What draws the fields of a block: given, since fields hold blocks and blocks hold fields. */
export interface Drawing {
  readonly Field: (props: FieldProps) => ReactNode;
  readonly GroupField: (props: FieldProps & { readonly isBare?: boolean }) => ReactNode;
}

/** The list. */
export interface BlocksProps {
  readonly draw: Drawing;
  /** Null: entries are objects of one kind. */
  readonly kinds: "condition" | "effect" | null;
  readonly schema: Schema;
  /** Name of the field that holds the list. */
  readonly name: string;
  readonly steps: readonly Step[];
  readonly entries: readonly unknown[];
  readonly onChange: (entries: readonly unknown[]) => void;
  readonly onStart: () => unknown;
  /** True: the one entry can be exchanged, not added to; its path has no index. */
  readonly isSingle?: boolean;
}

/** The blocks. After adding, the new block has the focus; after removing, the button that adds. */
export function Blocks(props: BlocksProps): ReactNode {
  const { entries, onChange } = props;
  const { isReadOnly } = useFieldState(props.steps);
  const list = useRef<HTMLDivElement>(null);
  const wish = useRef<number | "add" | null>(null);
  useEffect(() => {
    const wanted = wish.current;
    wish.current = null;
    if (wanted === "add") list.current?.querySelector<HTMLElement>(":scope > [data-add]")?.focus();
    else if (wanted !== null) {
      const block = list.current?.querySelectorAll<HTMLElement>(":scope > [data-block]")[wanted];
      block?.querySelector<HTMLElement>("input:not([type=hidden]), textarea")?.focus();
    }
  });
  const add = (entry: unknown): void => {
    wish.current = props.isSingle ? 0 : entries.length;
    onChange([...entries, entry]);
  };
  const put = (index: number, entry: unknown): void =>
    onChange(entries.map((one, at) => (at === index ? entry : one)));
  const remove = (index: number): void => {
    wish.current = "add";
    onChange(entries.filter((_, at) => at !== index));
  };
  const move = (index: number, by: -1 | 1): void => {
    wish.current = index + by;
    const next = [...entries];
    next.splice(index + by, 0, ...next.splice(index, 1));
    onChange(next);
  };
  return (
    <div ref={list} className={classes.blocks}>
      {entries.map((entry, index) => (
        <Block
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name of their own, and keep their fields' focus so.
          key={index}
          list={props}
          entry={entry}
          index={index}
          onChange={(next) => put(index, next)}
          onRemove={isReadOnly || props.isSingle ? null : () => remove(index)}
          onMove={isReadOnly || props.isSingle ? null : (by) => move(index, by)}
        />
      ))}
      {!isReadOnly && <Adding {...props} onAdd={add} />}
    </div>
  );
}

function startOf(kinds: "condition" | "effect", key: string): unknown {
  return { [key]: (kinds === "condition" ? CONDITION_STARTS : EFFECT_STARTS)[key] };
}

function Adding(props: BlocksProps & { readonly onAdd: (entry: unknown) => void }): ReactNode {
  const { say } = useReader();
  const words = useFieldWords();
  const { kinds } = props;
  const look = {
    size: "compact-sm",
    variant: "default",
    leftSection: <IconPlus size={14} aria-hidden />,
  } as const;
  if (kinds === null) {
    return (
      <Button {...look} data-add onClick={() => props.onAdd(props.onStart())}>
        {say("promotions.form.add")}
      </Button>
    );
  }
  const keys = Object.keys(kinds === "condition" ? CONDITION_STARTS : EFFECT_STARTS);
  const text = props.isSingle ? "exchange" : kinds === "condition" ? "addCondition" : "addEffect";
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button {...look} data-add>
          {say(`promotions.form.${text}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        {keys.map((key) => (
          <Menu.Item key={key} onClick={() => props.onAdd(startOf(kinds, key))}>
            {words.label(kinds, key)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Block(props: {
  readonly list: BlocksProps;
  readonly entry: unknown;
  readonly index: number;
  readonly onChange: (entry: unknown) => void;
  readonly onRemove: (() => void) | null;
  readonly onMove: ((by: -1 | 1) => void) | null;
}): ReactNode {
  const { say } = useReader();
  const words = useFieldWords();
  const { list, entry, index, onRemove, onMove } = props;
  const steps = list.isSingle ? list.steps : [...list.steps, index];
  const key = keyOf(list, entry);
  const name =
    list.kinds === null
      ? `${words.label(containerOf(list), list.name)} ${index + 1}`
      : words.label(list.kinds, key ?? "");
  return (
    <section className={classes.block} aria-label={name} data-block>
      <div className={classes.blockHead}>
        <h3>{name}</h3>
        {onMove !== null && list.entries.length > 1 && (
          <>
            <ActionIcon
              size="sm"
              aria-label={say("promotions.form.up", { name })}
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              <IconArrowUp size={14} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={say("promotions.form.down", { name })}
              disabled={index === list.entries.length - 1}
              onClick={() => onMove(1)}
            >
              <IconArrowDown size={14} />
            </ActionIcon>
          </>
        )}
        {onRemove !== null && (
          <ActionIcon size="sm" aria-label={say("promotions.form.removeNamed", { name })} onClick={onRemove}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      <BlockFields {...props} steps={steps} chosen={key} />
    </section>
  );
}

/** The name of the object that holds the list: words of entries are kept there. */
function containerOf(list: BlocksProps): string {
  const holder = list.steps.findLast((step, at) => typeof step === "string" && at < list.steps.length - 1);
  if (list.name === "any" || list.name === "all") return "goods";
  if (list.name === "gifts") return "effect";
  return holder === undefined ? "promotion" : String(holder);
}

/** The key that tells the kind of a condition or of an effect. */
function keyOf(list: BlocksProps, entry: unknown): string | null {
  if (list.kinds === null) return null;
  const starts = list.kinds === "condition" ? CONDITION_STARTS : EFFECT_STARTS;
  return Object.keys(asObject(entry)).find((key) => Object.hasOwn(starts, key)) ?? null;
}

function BlockFields(props: {
  readonly list: BlocksProps;
  readonly entry: unknown;
  readonly chosen: string | null;
  readonly steps: readonly Step[];
  readonly onChange: (entry: unknown) => void;
}): ReactNode {
  const { list, entry, chosen, steps, onChange } = props;
  const { Field, GroupField } = list.draw;
  if (list.kinds === null) {
    const isGoods = list.schema.title === "goods";
    const Shown = isGoods ? Field : GroupField;
    return (
      <Shown
        schema={list.schema}
        container={isGoods ? "goods" : list.name}
        name={list.name}
        steps={steps}
        value={entry}
        isNeeded
        onChange={onChange}
        {...(isGoods ? {} : { isBare: true })}
      />
    );
  }
  const alternative = (list.schema.anyOf ?? []).find(
    (one) => chosen !== null && Object.hasOwn(one.properties ?? {}, chosen),
  );
  if (alternative === undefined) return null;
  return (
    <div className={classes.fields}>
      {placesOf(alternative, list.kinds).map((place) => {
        const isGroup = kindOf(place.schema) === "group";
        const Shown = isGroup ? GroupField : Field;
        return (
          <Shown
            key={place.name}
            {...place}
            schema={resolved(place.schema)}
            steps={[...steps, place.name]}
            value={asObject(entry)[place.name]}
            isNeeded={alternative.required?.includes(place.name) ?? false}
            onChange={(next: unknown) => onChange(withKey(entry, place.name, next))}
            {...(isGroup ? { isBare: true } : {})}
          />
        );
      })}
    </div>
  );
}
