// Tokens of the API: who has a key to it, what each may do, when it was last used.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo, useState } from "react";
import { tokenCalls } from "../../../contract/index.ts";
import { type ItemOf, useChange, usePages } from "../../api.ts";
import { ConfirmFresh } from "../../parts/confirm-fresh.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { When } from "../../parts/figures.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { StateBadge } from "../../parts/state-badge.tsx";
import { type Column, DataTable } from "../../parts/table.tsx";
import { useReader } from "../../reader.tsx";
import { useMay } from "../../session.tsx";
import type { Say } from "../../words.ts";
import { NewToken } from "./new-token.tsx";

type Token = ItemOf<typeof tokenCalls.listTokens>;

/** The page. */
export default function TokensPage(): ReactNode {
  const { say } = useReader();
  const mayWrite = useMay("tokens:write");
  const [isMaking, setMaking] = useState(false);
  const [leaving, setLeaving] = useState<Token | null>(null);
  const list = usePages(tokenCalls.listTokens, { query: {} });
  const columns = useMemo(() => columnsOf(say, mayWrite ? setLeaving : null), [say, mayWrite]);
  const make = mayWrite ? <Button onClick={() => setMaking(true)}>{say("tokens.make")}</Button> : undefined;
  return (
    <>
      <PageHeader title={say("pages.tokens")} about={say("tokens.about")} actions={make} />
      <DataTable
        name="tokens"
        label={say("pages.tokens")}
        columns={columns}
        list={list}
        idOf={(token) => token.id}
        empty={<EmptyState title={say("tokens.empty")} text={say("tokens.emptyText")} />}
      />
      <NewToken isOpen={isMaking} onClose={() => setMaking(false)} />
      <Revocation token={leaving} onClose={() => setLeaving(null)} />
    </>
  );
}

function Revocation(props: { readonly token: Token | null; readonly onClose: () => void }): ReactNode {
  const { say } = useReader();
  const { token, onClose } = props;
  const revoke = useChange(tokenCalls.revokeToken, { touches: [tokenCalls.listTokens], onDone: onClose });
  return (
    <ConfirmFresh
      isOpen={token !== null}
      onClose={onClose}
      title={say("tokens.revokeTitle", { name: token?.label ?? "" })}
      text={say("tokens.revokeText")}
      action={say("tokens.revoke")}
      onConfirm={() => token !== null && revoke.mutate({ params: { tokenId: token.id } })}
      isSending={revoke.isPending}
      error={revoke.error}
    />
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

function columnsOf(say: Say, onRevoke: ((token: Token) => void) | null): readonly Column<Token>[] {
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
      cell: (token) => <span className="mono">{token.scopes.join(", ")}</span>,
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
    {
      id: "revoke",
      title: "",
      about: say("tokens.revoke"),
      align: "end",
      cell: (token) =>
        onRevoke !== null &&
        token.revokedAt === null && (
          <Button size="compact-sm" variant="default" onClick={() => onRevoke(token)}>
            {say("tokens.revoke")}
          </Button>
        ),
    },
  ];
}
