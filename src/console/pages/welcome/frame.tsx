// What stands around the pages before a session: the mark, the language, one narrow column.
import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { ProductMark } from "../../layout/icons.tsx";
import { useReader } from "../../reader.tsx";
import { LANGUAGES } from "../../words.ts";
import classes from "./frame.module.css";

/** The frame. */
export function Frame({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}): ReactNode {
  const { say, language, setLanguage } = useReader();
  const other = LANGUAGES.find((one) => one !== language) ?? "en";
  return (
    <div className={classes.page}>
      <main className={classes.column}>
        <div className={classes.name}>
          <ProductMark size={28} />
          {say("shell.product")}
        </div>
        <Title order={1}>{title}</Title>
        {children}
        <button type="button" className={classes.language} onClick={() => setLanguage(other)}>
          {say("shell.otherLanguageName")}
        </button>
      </main>
    </div>
  );
}
