// The whole form of a promotion, part by part, drawn from its schema.
import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import { useSay } from "../../reader.tsx";
import { EDITOR_PARTS } from "./editor-parts.ts";
import { Field } from "./field.tsx";
import classes from "./form.module.css";
import { asObject, useFieldState, withKey } from "./form-state.ts";
import { PROMOTION, placesOf, resolved } from "./schema.ts";

/** A promotion as it is being written: anything on its way to one. */
export type Sketch = Readonly<Record<string, unknown>>;

/** The form. */
export function PromotionForm(props: {
  readonly sketch: Sketch;
  /** True: the id is not chosen any more. */
  readonly hasId: boolean;
  readonly onChange: (sketch: Sketch) => void;
}): ReactNode {
  const say = useSay();
  return (
    <div>
      {EDITOR_PARTS.map((part) => (
        <section key={part.id} className={classes.part} aria-labelledby={`part-${part.id}`}>
          <h2 id={`part-${part.id}`}>{say(`promotions.editor.part.${part.id}`)}</h2>
          <div className={classes.fields} data-single={part.fields.length === 1 || undefined}>
            {part.fields.map((name) => (
              <TopField key={name} name={name} {...props} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

/** Fields whose presence alone says something: an empty one is still a rule. */
const SWITCHED: Readonly<
  Record<string, { readonly word: "needsCode" | "needsChoice"; readonly start: object }>
> = {
  codes: { word: "needsCode", start: {} },
  choice: { word: "needsChoice", start: { group: "" } },
};

function TopField(props: {
  readonly name: string;
  readonly sketch: Sketch;
  readonly hasId: boolean;
  readonly onChange: (sketch: Sketch) => void;
}): ReactNode {
  const say = useSay();
  const { name, sketch } = props;
  const { isReadOnly } = useFieldState([name]);
  const place = placesOf(PROMOTION, "promotion").find((one) => one.name === name);
  if (place === undefined || (name === "id" && props.hasId)) return null;
  const isNeeded = resolved(PROMOTION).required?.includes(name) ?? false;
  const change = (value: unknown): void => props.onChange(withKey(sketch, name, value));
  const switched = SWITCHED[name];
  const value = sketch[name];
  return (
    <>
      {switched !== undefined && (
        <Checkbox
          label={say(`promotions.editor.${switched.word}`)}
          checked={value !== undefined}
          disabled={isReadOnly}
          onChange={(event) => change(event.currentTarget.checked ? switched.start : undefined)}
        />
      )}
      {(switched === undefined || value !== undefined) && (
        <Field
          {...place}
          steps={[name]}
          value={value}
          isNeeded={isNeeded || switched !== undefined}
          onChange={switched === undefined ? change : (next) => change(asObject(next))}
        />
      )}
    </>
  );
}
