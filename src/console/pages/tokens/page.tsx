// Tokens of the API: who has a key to it, what each may do, when it was last used.
import { type ReactNode, useMemo } from "react";
import { tokenCalls } from "../../../contract/index.ts";
import { type ItemOf, usePages } from "../../api.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import type { Say } from "../../words.ts";

type Token = ItemOf<typeof tokenCalls.listTokens>;

/** The page. */
export default function TokensPage(): ReactNode {
  const { say } = useReader();
  const list = usePages(tokenCalls.listTokens, { query: {} });
  const columns = useMemo(() => columnsOf(say), [say]);
  return (
    <>
      <PageHeader title={say("pages.tokens")} about={say("tokens.about")} />
      <DataTable
        name="tokens"
        label={say("pages.tokens")}
        columns={columns}
        list={list}
        idOf={(token) => token.id}
        empty={<EmptyState title={say("tokens.empty")} text={say("tokens.emptyText")} />}
      />
    </>
  );
}

/** The state of a token as a badge. */
function TokenState({ token }: { readonly token: Token }): ReactNode {
  const { say } = useReader();
  if (token.revokedAt !== null) return <StateBadge tone="quiet">{say("tokens.revoked")}</StateBadge>;
  const isOver = token.expiresAt !== null && Date.parse(token.expiresAt) <= Date.now();
  if (isOver) return <StateBadge tone="warn">{say("tokens.expired")}</StateBadge>;
  return <StateBadge tone="good">{say("tokens.active")}</StateBadge>;
}

function columnsOf(say: Say): readonly Column<Token>[] {
  return [
    {
      id: "label",
      title: say("tokens.label"),
      cell: (token) => token.label,
      sortBy: (token) => token.label,
      isWide: true,
    },
    { id: "state", title: say("tokens.state"), cell: (token) => <TokenState token={token} /> },
    {
      id: "prefix",
      title: say("tokens.prefix"),
      cell: (token) => <span className="mono">{token.prefix}</span>,
    },
    {
      id: "scopes",
      title: say("tokens.scopes"),
      cell: (token) => token.scopes.join(", "),
      isHiddenAtFirst: true,
    },
    {
      id: "lastUsedAt",
      title: say("tokens.lastUsedAt"),
      cell: (token) => <When at={token.lastUsedAt} style="ago" />,
      sortBy: (token) => token.lastUsedAt,
    },
    {
      id: "createdAt",
      title: say("tokens.createdAt"),
      cell: (token) => <When at={token.createdAt} style="day" />,
      sortBy: (token) => token.createdAt,
    },
    {
      id: "expiresAt",
      title: say("tokens.expiresAt"),
      cell: (token) => <When at={token.expiresAt} style="day" />,
    },
  ];
}
