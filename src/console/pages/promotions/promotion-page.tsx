// One promotion in force: its rule in words, how it goes, how far its limits are used, what it excludes; and the way to change it.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useParams } from "wouter";
import { promotionBoardCalls, promotionCalls } from "../../../contract/index.ts";
import { useCall } from "../../api.ts";
import { moneyText, numberText } from "../../parts/amounts.ts";
import { ErrorState } from "../../parts/error-state.tsx";
import { Count, Money } from "../../parts/figures.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { KeyValue } from "../../parts/key-value.tsx";
import { NotFound } from "../../parts/nowhere.tsx";
import { PageHeader, Section } from "../../parts/page-header.tsx";
import { PageSkeleton } from "../../parts/skeletons.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { type Board, type Entry, rivalsOf, STATE_TONES } from "./board.ts";
import { RivalList } from "./board-view.tsx";
import { DraftDoor } from "./door.tsx";
import { useFieldWords } from "./field-words.ts";
import classes from "./form.module.css";
import { type Fitting, nameIn, useSentence } from "./names.ts";
import { Window } from "./promotion-list.tsx";
import type { SetPromotion } from "./sets.ts";

/** The page. */
export default function PromotionPage(): ReactNode {
  const { promotionId = "" } = useParams();
  const found = useCall(promotionCalls.getPromotion, { params: { promotionId } });
  const board = useCall(promotionBoardCalls.readPromotionBoard, { query: {} });
  if (found.data !== undefined) {
    return <PromotionShown promotion={found.data as SetPromotion} board={board.data ?? null} />;
  }
  if (found.error === null) return <PageSkeleton />;
  if (found.error.status === 404) return <NotFound />;
  return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
}

function PromotionShown(props: {
  readonly promotion: SetPromotion;
  readonly board: Board | null;
}): ReactNode {
  const { say, language } = useReader();
  const mayWrite = useMay("promotions:write");
  const [isEditing, setEditing] = useState(false);
  const { promotion, board } = props;
  const sentence = useSentence(promotion as unknown as Fitting);
  const entry = board?.items.find(({ promotionId }) => promotionId === promotion.id);
  const name = nameIn(promotion["name"], language);
  return (
    <>
      <PageHeader
        title={name}
        isThing
        back={{ path: "/promotions", title: say("pages.promotions") }}
        about={
          <>
            {entry !== undefined && (
              <StateBadge tone={STATE_TONES[entry.status]}>
                {say(`promotions.states.${entry.status}`)}
              </StateBadge>
            )}{" "}
            <span className="mono">{promotion.id}</span>
          </>
        }
        actions={
          mayWrite ? <Button onClick={() => setEditing(true)}>{say("promotions.edit")}</Button> : undefined
        }
      />
      <p className={classes.sentence} translate="no">
        {sentence}
      </p>
      {entry !== undefined && (
        <Section title={say("promotions.facts")}>
          <Facts entry={entry} />
        </Section>
      )}
      {board !== null && (
        <Section title={say("promotions.rivalsTitle")}>
          {rivalsOf(board, promotion.id).length === 0 ? (
            <p className="soft">{say("promotions.noRivals")}</p>
          ) : (
            <RivalList board={board} promotionId={promotion.id} />
          )}
        </Section>
      )}
      <Section title={say("promotions.document")}>
        <JsonView value={promotion} label={say("promotions.document")} />
      </Section>
      <DraftDoor
        wish={isEditing ? { kind: "edit", promotionId: promotion.id, name } : null}
        onClose={() => setEditing(false)}
      />
    </>
  );
}

function Facts({ entry }: { readonly entry: Entry }): ReactNode {
  const { say, language } = useReader();
  const words = useFieldWords();
  const facts = [
    { name: say("promotions.window"), value: <Window entry={entry} /> },
    { name: say("promotions.uses"), value: <Count value={entry.orders} /> },
    { name: say("promotions.discount"), value: <Money minor={entry.discountMinor} /> },
    { name: say("promotions.layer"), value: <Count value={entry.layer} /> },
    {
      name: say("promotions.group"),
      value: entry.group === null ? null : <span translate="no">{entry.group}</span>,
    },
    ...entry.limits.map(({ limit, period, used, most }) => {
      const figure = (value: number): string =>
        limit === "budget" ? moneyText(value, language, { isShort: true }) : numberText(value, language);
      const kind = period === null ? null : words.option("per", period.split(" ")[0] ?? "");
      const title = words.label("limits", limit);
      return {
        name: kind === null ? title : `${title}, ${kind}`,
        value: say("promotions.limitOf", { used: figure(used), most: figure(most) }),
      };
    }),
  ];
  return <KeyValue facts={facts} />;
}
