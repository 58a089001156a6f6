// Pricing on the page: the server tells the facts of the cart, the engine in this browser does the rest.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { cartCalls } from "../../../contract/index.ts";
import type { PromotionSet } from "../../../core/pricing/index.ts";
import { call } from "../../api.ts";
import type { CallFailed } from "../../calls.ts";
import { type CartAddress, documentOf, factsWishOf } from "./cart-address.ts";
import type { AskedGood, CartFacts, TriedOutcome } from "./engine.ts";

/** The cart under one or two sets of rules. */
export interface Priced {
  readonly facts: CartFacts;
  /** One for each side. */
  readonly outcomes: readonly TriedOutcome[];
  /** Rules of each side as their authors wrote them. */
  readonly sets: readonly PromotionSet[];
}

/** What there is to show. */
export interface Pricing {
  /** Null: nothing yet. While other facts are on their way it is what was priced last. */
  readonly priced: Priced | null;
  readonly error: CallFailed | null;
  readonly isStale: boolean;
  readonly refetch: () => void;
}

/** Prices the cart of the address. Quantities, points and choices ask nobody. */
export function usePriced(address: CartAddress): Pricing {
  const wish = factsWishOf(address);
  const read = useQuery<Read, CallFailed>({
    queryKey: [cartCalls.readCartFacts.id, wish],
    queryFn: async () => {
      const engine = await import("./engine.ts");
      const body = { ...wish, known: engine.knownHashes() };
      return { engine, asked: wish.cart.lines, facts: await call(cartCalls.readCartFacts, { body }) };
    },
    placeholderData: keepPreviousData,
    structuralSharing: false,
    refetchOnWindowFocus: false,
  });
  const { data, isPlaceholderData: isStale } = read;
  const written = JSON.stringify(documentOf(address));
  const now = useMemo(
    () => (data === undefined || isStale ? null : pricedOf(data, JSON.parse(written))),
    [data, isStale, written],
  );
  const last = useRef<Priced | null>(null);
  if (now !== null) last.current = now;
  return {
    priced: now ?? (read.error === null ? last.current : null),
    error: read.error,
    isStale: now === null,
    refetch: () => void read.refetch(),
  };
}

interface Read {
  readonly engine: typeof import("./engine.ts");
  readonly asked: readonly AskedGood[];
  readonly facts: CartFacts;
}

function pricedOf({ engine, asked, facts }: Read, written: ReturnType<typeof documentOf>): Priced {
  return {
    facts,
    outcomes: facts.sides.map((side) => engine.priceHere(facts, side, asked, written)),
    sets: facts.sides.map((side) => engine.setOf(facts, side)),
  };
}
