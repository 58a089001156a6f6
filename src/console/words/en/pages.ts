// Names of pages: in the rail, in the palette and in the tab's title.
import type { Same } from "../../words.ts";
import type { pages as ru } from "../ru/pages.ts";

/** Names of pages by their name in the registry. */
export const pages: Same<typeof ru> = {
  home: "Home",
  live: "Live",
  promotions: "Promotions",
  promotion: "Promotion",
  codes: "Promo codes",
  codeBatch: "Batch of codes",
  calculations: "Calculations",
  calculation: "Calculation",
  playground: "Basket playground",
  orders: "Orders",
  order: "Order",
  catalogue: "Catalogue",
  offer: "Product",
  catalogueImport: "Catalogue upload",
  customers: "Customers",
  customer: "Customer",
  loyalty: "Loyalty",
  desk: "Inbox",
  deskItem: "Feedback item",
  numbers: "Dashboard",
  alerts: "Alerts",
  channels: "Channels",
  webhooks: "Webhooks",
  webhook: "Webhook",
  people: "People",
  person: "Person",
  tokens: "API tokens",
  audit: "Audit log",
  system: "System",
  account: "My account",
  signIn: "Sign in",
  welcome: "First sign-in",
};
