// Which extra services to answer for a cart that asks for them.
import { type OfferedService, type ServiceGood, type ServiceTick, servicesFor } from "../core/carts/index.ts";
import { listExtraServices, type Tx } from "../storage/index.ts";

/** Services of our own catalogue, with the ticks of the request; one statement. */
export async function extraServicesFor(
  tx: Tx,
  ticks: readonly ServiceTick[],
  goods: readonly ServiceGood[],
): Promise<OfferedService[]> {
  return servicesFor(await listExtraServices(tx), ticks, goods);
}
