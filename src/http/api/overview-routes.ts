// The front page.
import { isAllowed, overviewCalls, type Scope } from "../../contract/index.ts";
import { type Figure, type ListLink, readOverview, type Span } from "../../flows/index.ts";
import { route, shown, shownOrNull } from "./route.ts";

const overview = route(overviewCalls.readOverview, async ({ house, rules, caller, attention }) => {
  const mayRead = (noun: string): boolean => isAllowed(caller.scopes, `${noun}:read` as Scope);
  const found = await readOverview(house, rules, attention, { mayRead, stores: caller.stores });
  const { carts, orders, points } = found;
  return {
    at: shown(found.at),
    day: found.day,
    today: spanShown(found.today),
    before: spanShown(found.before),
    carts:
      carts === null
        ? null
        : {
            ...figureShown(carts),
            hours: carts.hours.map(({ at, ...rest }) => ({ at: shown(at), ...rest })),
          },
    orders:
      orders === null
        ? null
        : {
            count: figureShown(orders.count),
            totalMinor: figureShown(orders.totalMinor),
            discountMinor: figureShown(orders.discountMinor),
          },
    points:
      points === null ? null : { issued: figureShown(points.issued), redeemed: figureShown(points.redeemed) },
    liability: found.liability,
    ratings:
      found.ratings === null
        ? null
        : found.ratings.map(({ link, ...rest }) => ({ ...rest, link: linkShown(link) })),
    calls: found.calls.map(({ at, ...rest }) => ({ at: shown(at), ...rest })),
    attention: found.attention.map(({ at, link, ...rest }) => ({
      ...rest,
      at: shownOrNull(at),
      link: linkShown(link),
    })),
  };
});

function spanShown({ from, until }: Span) {
  return { from: shown(from), until: shown(until) };
}

function figureShown({ today, before, link, linkBefore }: Figure) {
  return { today, before, link: linkShown(link), linkBefore: linkShown(linkBefore) };
}

function linkShown({ operation, params, query }: ListLink) {
  return { operation, params: { ...params }, query: { ...query } };
}

/** Routes of the front page. */
export const overviewRoutes = [overview];
