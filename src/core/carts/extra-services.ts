// Extra services of a cart: which of ours apply, at our prices, with the shopper's ticks.
import type { Minor } from "../money/index.ts";

/** A service as the retailer offers it. */
export interface ExtraService {
  readonly id: string;
  /** The good it belongs to; null: the whole cart. */
  readonly itemId: string | null;
  readonly title: string;
  readonly description: string | null;
  readonly price: Minor;
  /** A text to read more in. */
  readonly modal: { readonly title: string; readonly text: string } | null;
}

/** What the request says of a service; nothing else of it counts. */
export interface ServiceTick {
  readonly serviceId: string;
  readonly itemId: string | null;
  readonly isSelected: boolean;
}

/** A good of the cart with all names a service may know it by, the app's own first. */
export interface ServiceGood {
  readonly names: readonly string[];
}

/** A service to answer; `itemId` as the request named the good. */
export interface OfferedService extends ExtraService {
  readonly isSelected: boolean;
}

/** Services that apply to the cart, in their own order; each once, however many lines its good has. */
export function servicesFor(
  services: readonly ExtraService[],
  ticks: readonly ServiceTick[],
  goods: readonly ServiceGood[],
): OfferedService[] {
  return services.flatMap((service) => {
    const named = ticks.filter((tick) => tick.serviceId === service.id);
    if (service.itemId === null) {
      return [{ ...service, isSelected: named.some((tick) => tick.isSelected) }];
    }
    const good = goodOf(goods, service.itemId);
    if (good === undefined) return [];
    const own = named.filter((tick) => tick.itemId === null || good.names.includes(tick.itemId));
    const itemId = own.find((tick) => tick.itemId !== null)?.itemId ?? good.names[0] ?? service.itemId;
    return [{ ...service, itemId, isSelected: own.some((tick) => tick.isSelected) }];
  });
}

/** The app's own name wins over the others: a product id may look like another good's offer id. */
function goodOf(goods: readonly ServiceGood[], itemId: string): ServiceGood | undefined {
  return goods.find((good) => good.names[0] === itemId) ?? goods.find((good) => good.names.includes(itemId));
}
