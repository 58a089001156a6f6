// One import: its numbers, what it changed offer by offer, problems with their lines; a held one is accepted or turned down here.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useParams } from "wouter";
import { catalogueCalls, catalogueImportCalls, catalogueSectionCalls } from "../../../contract/index.ts";
import { useCall, useChange } from "../../api.ts";
import { momentText, numberText } from "../../parts/amounts.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, When } from "../../parts/figures.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { Sums } from "../../parts/sums.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import classes from "./catalogue.module.css";
import { Difference } from "./difference.tsx";
import { type Import, ImportState, reasonText } from "./imports.tsx";
import { Problems } from "./problems.tsx";

/** What a decision on a held import makes old. */
const TOUCHED = [
  catalogueCalls.getImport,
  catalogueCalls.listImports,
  catalogueCalls.listOffers,
  catalogueCalls.getOffer,
  catalogueSectionCalls.listCategories,
  catalogueSectionCalls.listBrands,
];

/** Counts that are told large, in this order; those of price changes stand with the difference. */
const TOLD = [
  "offers",
  "before",
  "added",
  "vanished",
  "changed",
  "entries",
  "outlets",
  "removed",
  "skipped",
  "remarks",
] as const;

/** The page. */
export default function ImportPage(): ReactNode {
  const { importId = "" } = useParams();
  const found = useCall(catalogueCalls.getImport, { params: { importId } });
  if (found.data !== undefined) return <ImportShown one={found.data} />;
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function ImportShown({ one }: { readonly one: Import }): ReactNode {
  const { say, language, zone } = useReader();
  const mayWrite = useMay("catalogue:write");
  const isHeld = one.state === "held";
  const count = (name: string): string => numberText(one.counts[name] ?? 0, language);
  const kind = say(`catalogue.kinds.${one.kind}`);
  return (
    <>
      <PageHeader
        title={say("catalogue.importOf", { kind, at: momentText(one.startedAt, language, zone) })}
        isThing
        back={{ path: "/catalogue?view=imports", title: say("catalogue.view.imports") }}
        about={<ImportState state={one.state} />}
        actions={isHeld && mayWrite ? <Decision one={one} /> : undefined}
      />
      {isHeld && (
        <p className={classes.notice}>
          {say("catalogue.waitsText", { vanished: count("vanished"), before: count("before") })}
        </p>
      )}
      <Sums
        sums={TOLD.map((name) => ({
          name: say(`catalogue.counts.${name}`),
          value: one.counts[name] === undefined ? null : <Count value={one.counts[name]} />,
        }))}
      />
      <KeyValue
        facts={[
          { name: say("catalogue.why"), value: reasonText(one.reason, say) },
          { name: say("catalogue.source"), value: <span className="mono">{one.source}</span> },
          {
            name: say("catalogue.finishedAt"),
            value: one.finishedAt === null ? null : <When at={one.finishedAt} />,
          },
        ]}
      />
      {one.kind === "feed" && <Difference one={one} />}
      <Problems one={one} />
    </>
  );
}

/** Both ways out of the waiting, each with what it does. */
function Decision({ one }: { readonly one: Import }): ReactNode {
  const { say, language } = useReader();
  const { tell } = useToasts();
  const [asked, setAsked] = useState<"accept" | "drop" | null>(null);
  const close = (): void => setAsked(null);
  const options = (text: string) => ({
    touches: TOUCHED,
    onDone: () => {
      tell(text);
      close();
    },
  });
  const accept = useChange(catalogueCalls.acceptImport, options(say("catalogue.accepted")));
  const drop = useChange(catalogueImportCalls.dropImport, options(say("catalogue.dropped")));
  const params = { importId: one.id };
  const count = (name: string): string => numberText(one.counts[name] ?? 0, language);
  return (
    <>
      <Button onClick={() => setAsked("accept")}>{say("catalogue.accept")}</Button>
      <Button variant="default" onClick={() => setAsked("drop")}>
        {say("catalogue.drop")}
      </Button>
      <ConfirmFresh
        isOpen={asked === "accept"}
        onClose={close}
        title={say("catalogue.acceptTitle")}
        text={say("catalogue.acceptText", { vanished: count("vanished"), before: count("before") })}
        action={say("catalogue.accept")}
        onConfirm={() => accept.mutate({ params })}
        isSending={accept.isPending}
        error={accept.error}
      />
      <ConfirmFresh
        isOpen={asked === "drop"}
        onClose={close}
        title={say("catalogue.dropTitle")}
        text={say("catalogue.dropText")}
        action={say("catalogue.drop")}
        onConfirm={() => drop.mutate({ params })}
        isSending={drop.isPending}
        error={drop.error}
      />
    </>
  );
}
