// The catalogue: goods as carts see them, the last import with what it changed, one that waits for a person, all imports.
import { Anchor, Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { catalogueCalls } from "../../../contract/index.ts";
import { type ItemOf, useCall } from "../../api.ts";
import { momentText, numberText } from "../../parts/amounts.ts";
import { useMayAsk } from "../../parts/may-ask.ts";
import { PageHeader } from "../../parts/page-header.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { Views } from "../../parts/views.tsx";
import { useReader } from "../../reader.tsx";
import classes from "./catalogue.module.css";
import { Goods } from "./goods.tsx";
import { addressOfImport, Imports } from "./imports.tsx";

type Import = ItemOf<typeof catalogueCalls.listImports>;

/** The page. */
export default function CataloguePage(): ReactNode {
  const { say } = useReader();
  const [{ view }] = useUrlState(["view"]);
  const mayImports = useMayAsk(catalogueCalls.listImports);
  const shown = mayImports && view === "imports" ? "imports" : "goods";
  const feed = { query: { kind: "feed", limit: 1 } } as const;
  const last = useCall(catalogueCalls.listImports, feed, { isOn: mayImports }).data?.items[0];
  return (
    <>
      <PageHeader title={say("pages.catalogue")} about={say("catalogue.about")} />
      {last !== undefined && <LastImport last={last} />}
      {mayImports && (
        <Views
          name={say("catalogue.view.name")}
          shown={shown}
          views={(["goods", "imports"] as const).map((id) => ({
            id,
            label: say(`catalogue.view.${id}`),
            href: id === "goods" ? "/catalogue" : "/catalogue?view=imports",
          }))}
        />
      )}
      {shown === "goods" ? <Goods /> : <Imports />}
    </>
  );
}

/** What the last import of goods did; large when it waits for a person. */
function LastImport({ last }: { readonly last: Import }): ReactNode {
  const { say, language, zone } = useReader();
  const count = (name: string): string => numberText(last.counts[name] ?? 0, language);
  if (last.state === "held")
    return (
      <section className={classes.notice} aria-label={say("catalogue.waits")}>
        <strong>{say("catalogue.waits")}</strong>
        <span>{say("catalogue.waitsText", { vanished: count("vanished"), before: count("before") })}</span>
        <Button component={Link} href={addressOfImport(last.id)}>
          {say("catalogue.decide")}
        </Button>
      </section>
    );
  return (
    <p className={classes.last}>
      <Anchor component={Link} href={addressOfImport(last.id)} underline="always">
        {say("catalogue.last")}
      </Anchor>{" "}
      {say("catalogue.lastOf", {
        at: momentText(last.startedAt, language, zone),
        added: count("added"),
        vanished: count("vanished"),
        dearer: count("dearer"),
        cheaper: count("cheaper"),
      })}
    </p>
  );
}
