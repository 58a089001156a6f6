// The API as hooks: what is read is kept and shared by call, what is changed makes the lists it touches read again.
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import type { Operation } from "../contract/index.ts";
import { type AnswerOf, type CallFailed, type Given, newKey, send } from "./calls.ts";

export { CallFailed } from "./calls.ts";

/** Sends one call now, outside of the cache: for exports, pickers and tests of a setting. Throws CallFailed. */
export function call<Shape extends Operation>(
  operation: Shape,
  parts: Given<Shape>,
): Promise<AnswerOf<Shape>> {
  return send(operation, parts) as Promise<AnswerOf<Shape>>;
}

/** How a call is read. */
export interface ReadOptions {
  /** False: not read yet, since something it needs is missing. */
  readonly isOn?: boolean;
  /** Read again every so many ms while the tab is seen. */
  readonly everyMs?: number;
  /** True: not read again when the window gets the focus back, so that rows do not move under the cursor. */
  readonly isStill?: boolean;
}

/** Reads a call and keeps the answer: `const { data, error, isPending, refetch } = useCall(tokenCalls.listTokens, { query: {} })`. */
export function useCall<Shape extends Operation>(
  operation: Shape,
  parts: Given<Shape>,
  options: ReadOptions = {},
): UseQueryResult<AnswerOf<Shape>, CallFailed> {
  return useQuery<AnswerOf<Shape>, CallFailed>({
    queryKey: [operation.id, parts],
    queryFn: ({ signal }) => send(operation, parts, { signal }) as Promise<AnswerOf<Shape>>,
    enabled: options.isOn ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  });
}

/** One page of a list. */
interface ListPage {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
}

/** The entry of a list. */
export type ItemOf<Shape extends Operation> =
  AnswerOf<Shape> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** A list that is read page by page. */
export interface Pages<Item> {
  /** Entries of all pages read so far; empty while the first is on its way. */
  readonly rows: readonly Item[];
  readonly isPending: boolean;
  readonly error: CallFailed | null;
  readonly hasMore: boolean;
  readonly isFetchingMore: boolean;
  readonly fetchMore: () => void;
  readonly refetch: () => void;
  /** When it was read last, ms; 0: not yet. */
  readonly readAt: number;
}

/** Reads a list with cursors: give the result to DataTable. `after` in the query is the hook's own. */
export function usePages<Shape extends Operation>(
  operation: Shape,
  parts: Given<Shape>,
  options: ReadOptions = {},
): Pages<ItemOf<Shape>> {
  type Page = AnswerOf<Shape>;
  const { query, ...others } = parts as { query?: Record<string, unknown> };
  const result: UseInfiniteQueryResult<InfiniteData<Page>, CallFailed> = useInfiniteQuery({
    queryKey: [operation.id, "pages", parts],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      send(operation, { ...others, query: { ...query, after: pageParam } }, { signal }) as Promise<Page>,
    getNextPageParam: (page) => (page as unknown as ListPage).nextCursor ?? undefined,
    enabled: options.isOn ?? true,
    ...(options.isStill ? { refetchOnWindowFocus: false } : {}),
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  });
  const pages = (result.data?.pages ?? []) as unknown as readonly ListPage[];
  return {
    rows: pages.flatMap((page) => page.items) as ItemOf<Shape>[],
    isPending: result.isPending,
    error: result.error,
    hasMore: result.hasNextPage,
    isFetchingMore: result.isFetchingNextPage,
    fetchMore: () => void result.fetchNextPage(),
    refetch: () => void result.refetch(),
    readAt: result.dataUpdatedAt,
  };
}

/** What happens around a change. */
export interface ChangeOptions<Answer> {
  /** Calls whose kept answers are out of date after it; they are read again where they are on screen. */
  readonly touches?: readonly Pick<Operation, "id">[];
  readonly onDone?: (answer: Answer) => void;
}

/**
 * Changes something: `const revoke = useChange(tokenCalls.revokeToken, { touches: [tokenCalls.listTokens] })`, then
 * `revoke.mutate({ params: { tokenId } })`. A creating call sent again after a failure keeps its Idempotency-Key while
 * what is sent is the same, so that pressing the button twice makes one thing.
 */
export function useChange<Shape extends Operation>(
  operation: Shape,
  options: ChangeOptions<AnswerOf<Shape>> = {},
): UseMutationResult<AnswerOf<Shape>, CallFailed, Given<Shape>> {
  const client = useQueryClient();
  const last = useRef({ text: "", key: "" });
  return useMutation<AnswerOf<Shape>, CallFailed, Given<Shape>>({
    mutationFn: (parts) => {
      const text = JSON.stringify(parts);
      if (last.current.text !== text) last.current = { text, key: newKey() };
      return send(operation, parts, { idempotencyKey: last.current.key }) as Promise<AnswerOf<Shape>>;
    },
    onSuccess: (answer) => {
      last.current = { text: "", key: "" };
      for (const { id } of options.touches ?? []) void client.invalidateQueries({ queryKey: [id] });
      options.onDone?.(answer);
    },
  });
}
