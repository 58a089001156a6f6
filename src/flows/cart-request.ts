// What a shopper's app asks of the cart calculation, already free of any vendor's words. Protocols make it, the flow reads it.
import type { AppLine, ServiceTick, SyncDate } from "../core/carts/index.ts";
import type { Minor, Points } from "../core/money/index.ts";
import type { Channel, Choice, CustomerFacts } from "../core/pricing/index.ts";
import type { TypedGiftCard } from "./check-gift-cards.ts";
import type { CustomerNames } from "./find-customer.ts";

/** One line as asked for: what the app must get back, and what this call says beside it. */
export interface RequestedLine extends AppLine {
  /** False: the app named no id of its own, and `ref` stands in for it. */
  readonly hasOwnRef: boolean;
  /** Promotion ids echoed from our previous answer. */
  readonly echoed: readonly string[];
  /** The app said that the line costs nothing. */
  readonly sentAsFree: boolean;
  /** The price that the app showed; only compared, never used. */
  readonly sentPrice: Minor | null;
}

/** A customer who is made up to try a cart on: spent alike in every period that the rules ask about. */
export interface SupposedCustomer extends Omit<CustomerFacts, "id" | "spent"> {
  readonly spent: Minor;
}

/** The whole request. */
export interface CartRequest {
  readonly channel: Channel;
  readonly lines: readonly RequestedLine[];
  /** By what the customer may be known. */
  readonly customer: CustomerNames;
  /** Counts in the place of `customer`; only where an operator tries carts on. */
  readonly supposed?: SupposedCustomer;
  /** The app's install, to tell anonymous callers apart; absent where no app calls. */
  readonly deviceId?: string | null;
  readonly code: string | null;
  readonly choices: readonly Choice[];
  readonly pointsToSpend: Points;
  readonly outletId: string | null;
  readonly employeeId: string | null;
  readonly city: {
    readonly name: string | null;
    readonly kladr: string | null;
    readonly fias: string | null;
    /** FIAS of the city proper where it differs from `fias`, and of its region: prices of the feed go by them. */
    readonly cityFias: string | null;
    readonly regionFias: string | null;
  };
  readonly deliveryMethod: string | null;
  readonly paymentMethod: string | null;
  readonly pickupPoint: string | null;
  readonly isEarlyAccess: boolean;
  readonly giftCards: readonly TypedGiftCard[];
  /** Null: the request does not carry services, so the answer does not either. */
  readonly services: readonly ServiceTick[] | null;
  /** When the app's cart was last synchronised; null: no synchronisation wanted. */
  readonly syncDate: SyncDate | null;
  /** Shared by an original cart and the parts it is split into. */
  readonly groupId: string | null;
}
