// Promotions to begin with: what each is good for, its rule as one sentence, and what is left to put in.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { PROMOTION_TEMPLATES, promotionSentence } from "../../../contract/index.ts";
import { useReader } from "../../reader.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./promotions.module.css";

/** The templates. `onTake` null: only to look at. */
export function Templates({ onTake }: { readonly onTake: ((templateId: string) => void) | null }): ReactNode {
  const { say, language } = useReader();
  const words = useFieldWords();
  return (
    <ul className={classes.templates}>
      {PROMOTION_TEMPLATES.map(({ id, title, use, promotion, fill }) => {
        const { status: _draft, ...shown } = promotion;
        return (
          <li key={id}>
            <h2>{title[language]}</h2>
            <p>{use[language]}</p>
            <p className="soft" translate="no">
              {promotionSentence(shown, language)}
            </p>
            {fill.length > 0 && (
              <p className="soft">
                {say("promotions.template.fill", {
                  places: fill.map((path) => words.place(path)).join("; "),
                })}
              </p>
            )}
            {onTake !== null && (
              <Button size="xs" variant="default" onClick={() => onTake(id)}>
                {say("promotions.template.use")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
