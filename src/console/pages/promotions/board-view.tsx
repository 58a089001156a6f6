// The board by layer and group: what applies after what, and which promotions never apply beside each other.
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { StateBadge } from "../../parts/state-badge.tsx";
import { useReader } from "../../reader.tsx";
import { type Board, type Entry, layersOf, rivalsOf, STATE_TONES } from "./board.ts";
import classes from "./promotions.module.css";

/** The view. */
export function BoardView({ board }: { readonly board: Board }): ReactNode {
  const { say } = useReader();
  return (
    <>
      <p className="soft">{say("promotions.boardAbout")}</p>
      {layersOf(board.items).map(({ layer, groups }) => (
        <section key={layer} className={classes.layer}>
          <h2>{say("promotions.layerName", { layer })}</h2>
          <div className={classes.groups}>
            {groups.map(({ name, isBestOf, entries }) => (
              <div key={`${isBestOf} ${name}`} className={classes.groupBox}>
                <h3 translate="no">
                  {name === null
                    ? say("promotions.noGroup")
                    : isBestOf
                      ? say("promotions.bestOf", { name })
                      : name}
                </h3>
                {entries.map((entry) => (
                  <BoardEntry key={entry.promotionId} entry={entry} board={board} />
                ))}
              </div>
            ))}
          </div>
        </section>
      ))}
      {!board.areRivalsWhole && <p className="soft">{say("promotions.rivalsCut")}</p>}
    </>
  );
}

function BoardEntry({ entry, board }: { readonly entry: Entry; readonly board: Board }): ReactNode {
  const { say, language } = useReader();
  const rivals = rivalsOf(board, entry.promotionId);
  return (
    <article className={classes.card}>
      <div>
        <PromotionLink id={entry.promotionId} name={entry.name[language]} />{" "}
        <StateBadge tone={STATE_TONES[entry.status]}>{say(`promotions.states.${entry.status}`)}</StateBadge>
      </div>
      {rivals.length > 0 && (
        <details>
          <summary className="soft">{say("promotions.rivals", { count: rivals.length })}</summary>
          <RivalList board={board} promotionId={entry.promotionId} />
        </details>
      )}
    </article>
  );
}

/** A promotion under its name. */
export function PromotionLink({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  return (
    <Anchor component={Link} href={`/promotions/${encodeURIComponent(id)}`} translate="no">
      {name}
    </Anchor>
  );
}

/** Those that never apply beside a promotion, each with the reason. */
export function RivalList(props: { readonly board: Board; readonly promotionId: string }): ReactNode {
  const { say, language } = useReader();
  const names = new Map(props.board.items.map(({ promotionId, name }) => [promotionId, name[language]]));
  return (
    <ul className={classes.plain}>
      {rivalsOf(props.board, props.promotionId).map(({ id, reason }) => (
        <li key={`${id} ${reason}`}>
          <PromotionLink id={id} name={names.get(id) ?? id} />{" "}
          <span className="soft">{say(`promotions.rival.${reason}`)}</span>
        </li>
      ))}
    </ul>
  );
}
