// Names of branches for who may read them; everybody else sees ids.
import { useEffect } from "react";
import { catalogueCalls } from "../../../contract/index.ts";
import { usePages } from "../../api.ts";
import { useMay } from "../../session.tsx";

/** Branches by name, and the name of an id. */
export interface BranchNames {
  readonly all: readonly { readonly id: string; readonly name: string }[];
  readonly nameOf: (id: string) => string;
}

/** Reads the outlets, all pages of them. */
export function useBranchNames(): BranchNames {
  const isOn = useMay("catalogue:read");
  const { rows, hasMore, isFetchingMore, fetchMore } = usePages(
    catalogueCalls.listOutlets,
    { query: { limit: 100 } },
    { isOn },
  );
  useEffect(() => {
    if (hasMore && !isFetchingMore) fetchMore();
  }, [hasMore, isFetchingMore, fetchMore]);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return {
    all: rows.map(({ id, name }) => ({ id, name: name || id })),
    nameOf: (id) => names.get(id) || id,
  };
}
