// Every page of the console as data: its address, its place in the rail, its letter and what it takes to open it.
// The rail, the palette, the router, the server's list of addresses and the tests in a browser all read this table.

/** Groups of the rail, in its order. Words: shell.group.<name>. */
export const GROUPS = ["today", "sales", "customers", "feedback", "setup"] as const;

/** A group of the rail. */
export type GroupName = (typeof GROUPS)[number];

/** A page. Its words are pages.<id> (the title) in words/<language>/pages.ts. */
export interface PageRow {
  /** Address with parameters as `:name`. */
  readonly path: string;
  /** Place in the rail; left out: reached from another page or from the person's menu. */
  readonly group?: GroupName;
  /** Pressed after `g`. Unique. */
  readonly letter?: string;
  /** Scopes of which one is enough to open it; left out: everybody who signed in. */
  readonly scopes?: readonly string[];
  /** True: for people of all outlets only, as the call is that the page stands on; a test compares the two. */
  readonly isOfAll?: boolean;
  /** True: opens without a session. */
  readonly isPublic?: boolean;
  /** The page of the rail that is marked while this one is open. */
  readonly under?: string;
}

/** The table. A page is shown only when screens.ts has a screen for it. */
export const PAGES = {
  home: { path: "/", group: "today", letter: "h" },
  live: { path: "/live", group: "today", letter: "l", scopes: ["live:read"], isOfAll: true },
  promotions: {
    path: "/promotions",
    group: "sales",
    letter: "p",
    scopes: ["promotions:read"],
  },
  promotionDraft: {
    path: "/promotions/drafts/:draftId",
    under: "promotions",
    scopes: ["promotions:read"],
  },
  promotionEditor: {
    path: "/promotions/drafts/:draftId/:promotionId",
    under: "promotionDraft",
    scopes: ["promotions:read"],
  },
  promotionVersion: {
    path: "/promotions/versions/:version",
    under: "promotions",
    scopes: ["promotions:read"],
  },
  promotion: {
    path: "/promotions/:promotionId",
    under: "promotions",
    scopes: ["promotions:read"],
  },
  codes: {
    path: "/codes",
    group: "sales",
    letter: "c",
    scopes: ["promotions:read"],
  },
  codeBatch: { path: "/codes/:batchId", under: "codes", scopes: ["promotions:read"] },
  calculations: {
    path: "/calculations",
    group: "sales",
    letter: "x",
    scopes: ["calculations:read"],
  },
  calculation: {
    path: "/calculations/:calculationId",
    under: "calculations",
    scopes: ["calculations:read"],
  },
  playground: {
    path: "/playground",
    group: "sales",
    letter: "b",
    scopes: ["promotions:read"],
  },
  orders: { path: "/orders", group: "sales", letter: "o", scopes: ["orders:read"] },
  order: { path: "/orders/:orderId", under: "orders", scopes: ["orders:read"] },
  catalogue: {
    path: "/catalogue",
    group: "sales",
    letter: "k",
    scopes: ["catalogue:read"],
  },
  offer: {
    path: "/catalogue/offers/:offerId",
    under: "catalogue",
    scopes: ["catalogue:read"],
  },
  catalogueImport: {
    path: "/catalogue/imports/:importId",
    under: "catalogue",
    scopes: ["catalogue:read"],
    isOfAll: true,
  },
  customers: {
    path: "/customers",
    group: "customers",
    letter: "u",
    scopes: ["customers:read"],
  },
  customer: {
    path: "/customers/:customerId",
    under: "customers",
    scopes: ["customers:read"],
  },
  loyalty: {
    path: "/loyalty",
    group: "customers",
    letter: "y",
    scopes: ["loyalty:read"],
    isOfAll: true,
  },
  desk: { path: "/desk", group: "feedback", letter: "i", scopes: ["feedback:read"] },
  deskItem: { path: "/desk/items/:itemId", under: "desk", scopes: ["feedback:read"] },
  deskApprovals: { path: "/desk/approvals", under: "desk", scopes: ["answers:read"] },
  deskSettings: { path: "/desk/settings", under: "desk", scopes: ["feedback:read"] },
  numbers: {
    path: "/numbers",
    group: "feedback",
    letter: "d",
    scopes: ["feedback:read"],
  },
  alerts: {
    path: "/alerts",
    group: "feedback",
    letter: "n",
    scopes: ["feedback:read"],
  },
  channels: {
    path: "/channels",
    group: "setup",
    letter: "v",
    scopes: ["channels:read"],
    isOfAll: true,
  },
  webhooks: { path: "/webhooks", group: "setup", letter: "w", scopes: ["events:read"], isOfAll: true },
  webhook: { path: "/webhooks/:webhookId", under: "webhooks", scopes: ["events:read"], isOfAll: true },
  people: { path: "/people", group: "setup", letter: "e", scopes: ["people:read"], isOfAll: true },
  person: { path: "/people/:personId", under: "people", scopes: ["people:read"], isOfAll: true },
  tokens: { path: "/tokens", group: "setup", letter: "t", scopes: ["tokens:read"], isOfAll: true },
  audit: { path: "/audit", group: "setup", letter: "a", scopes: ["audit:read"], isOfAll: true },
  system: { path: "/system", group: "setup", letter: "s", scopes: ["system:read"], isOfAll: true },
  account: { path: "/account", letter: "m" },
  signIn: { path: "/sign-in", isPublic: true },
  welcome: { path: "/welcome", isPublic: true },
} as const satisfies Readonly<Record<string, PageRow>>;

/** A page's name. */
export type PageId = keyof typeof PAGES;

/** The row of a page. */
export function pageRow(id: PageId): PageRow {
  return PAGES[id];
}

/** All names, in the order of the table. */
export const PAGE_IDS = Object.keys(PAGES) as PageId[];

/** First segments of all addresses but the root: where the server answers with the console. */
export function firstSegments(): string[] {
  const segments = PAGE_IDS.map((id) => pageRow(id).path.split("/")[1] ?? "");
  return [...new Set(segments)].filter((segment) => segment !== "");
}
