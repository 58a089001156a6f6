// Answers that wait for a second person, and by the same list every other state: the ledger of what was sent.
import { Anchor, Select } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { answerCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Money, When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useToasts } from "../../parts/toasts.tsx";
import { useUrlState } from "../../parts/use-url-state.ts";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import { ANSWER_STATE_TONES, Approval } from "./answers.tsx";
import classes from "./desk.module.css";
import { useBranches, useColleagues } from "./names.ts";
import type { Answer } from "./use-work.ts";

const STATES = [
  "awaiting_approval",
  "unknown",
  "queued",
  "retrying",
  "delivered",
  "outdated",
  "no_subscription",
  "unknown_feedback",
  "rejected",
  "failed",
  "draft",
] as const;

/** The list is read again so often, ms. */
const LOOK_MS = 15_000;

/** The page. */
export default function ApprovalsPage(): ReactNode {
  const { say } = useReader();
  const [{ state }, setValues] = useUrlState(["state"]);
  const chosen = state === "all" ? undefined : (STATES.find((one) => one === state) ?? "awaiting_approval");
  const list = usePages(
    answerCalls.listAnswers,
    { query: chosen === undefined ? {} : { state: chosen } },
    { everyMs: LOOK_MS },
  );
  const columns = useColumns();
  const states = [
    ...STATES.map((one) => ({ value: one as string, label: say(`answers.state.${one}.name`) })),
    { value: "all", label: say("answers.approvals.everything") },
  ];
  return (
    <>
      <PageHeader
        title={say("pages.deskApprovals")}
        about={say("answers.approvals.about")}
        back={{ path: "/desk", title: say("pages.desk") }}
      />
      <DataTable
        name="answers"
        label={say("pages.deskApprovals")}
        columns={columns}
        list={list}
        idOf={(answer) => answer.id}
        filters={
          <Select
            aria-label={say("answers.approvals.show")}
            data={states}
            value={chosen ?? "all"}
            onChange={(value) => setValues({ state: value ?? "" }, true)}
          />
        }
        empty={
          chosen === "awaiting_approval" ? (
            <EmptyState title={say("answers.approvals.empty")} text={say("answers.approvals.emptyText")} />
          ) : (
            <EmptyState title={say("answers.approvals.emptyState")} />
          )
        }
      />
    </>
  );
}

function useColumns(): readonly Column<Answer>[] {
  const { say } = useReader();
  const { branchName } = useBranches();
  const { nameOf } = useColleagues();
  const { tell } = useToasts();
  const mayWrite = useMay("answers:write");
  return useMemo(
    (): readonly Column<Answer>[] => [
      {
        id: "text",
        title: say("answers.approvals.text"),
        isWide: true,
        cell: (answer) => <TextCell answer={answer} />,
      },
      {
        id: "promo",
        title: say("answers.approvals.promo"),
        align: "end",
        cell: (answer) => <PromoCell answer={answer} />,
      },
      {
        id: "branch",
        title: say("answers.approvals.branch"),
        cell: ({ branchId }) => <span translate="no">{branchName(branchId)}</span>,
      },
      {
        id: "who",
        title: say("answers.approvals.who"),
        cell: ({ askedBy, createdBy }) => <span translate="no">{nameOf(askedBy ?? createdBy)}</span>,
      },
      {
        id: "when",
        title: say("answers.approvals.when"),
        cell: ({ createdAt, queuedAt }) => <When at={queuedAt ?? createdAt} style="ago" />,
      },
      {
        id: "state",
        title: say("answers.approvals.state"),
        cell: ({ state }) => (
          <StateBadge tone={ANSWER_STATE_TONES[state]}>{say(`answers.state.${state}.name`)}</StateBadge>
        ),
      },
      {
        id: "decision",
        title: "",
        about: say("answers.approvals.decision"),
        cell: (answer) =>
          mayWrite && answer.state === "awaiting_approval" ? (
            <Approval answer={answer} onMoved={() => tell(say("answers.approvals.moved"))} />
          ) : null,
      },
    ],
    [say, branchName, nameOf, mayWrite, tell],
  );
}

function TextCell({ answer }: { readonly answer: Answer }): ReactNode {
  const { say } = useReader();
  return (
    <span className={classes.stack}>
      <span className={classes.said} translate="no">
        {answer.text}
      </span>
      <Anchor component={Link} size="sm" href={`/desk/items/${encodeURIComponent(answer.itemId)}`}>
        {say("answers.approvals.open")}
      </Anchor>
    </span>
  );
}

function PromoCell({ answer }: { readonly answer: Answer }): ReactNode {
  const { promo, promoMinor } = answer;
  if (promo === null) return null;
  return (
    <span className={classes.stack}>
      <span className="number">{promo}%</span>
      {promoMinor !== null && <Money minor={promoMinor} isShort />}
    </span>
  );
}
