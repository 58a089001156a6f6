// Which file shows which page. Each is a file of its own in the build, fetched when the page is first opened.
import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { PageId } from "./registry.ts";

/** The screens: one line a page, in the order of the registry. Parameters come from `useParams` of the router. */
export const SCREENS: Readonly<Partial<Record<PageId, LazyExoticComponent<ComponentType>>>> = {
  home: lazy(() => import("./today/page.tsx")),
  live: lazy(() => import("./live/page.tsx")),
  promotions: lazy(() => import("./promotions/page.tsx")),
  promotionDraft: lazy(() => import("./promotions/draft-page.tsx")),
  promotionEditor: lazy(() => import("./promotions/editor-page.tsx")),
  promotionVersion: lazy(() => import("./promotions/version-page.tsx")),
  promotion: lazy(() => import("./promotions/promotion-page.tsx")),
  codes: lazy(() => import("./codes/page.tsx")),
  codeBatch: lazy(() => import("./codes/batch-page.tsx")),
  calculations: lazy(() => import("./calculations/page.tsx")),
  calculation: lazy(() => import("./calculations/calculation-page.tsx")),
  customers: lazy(() => import("./customers/page.tsx")),
  customer: lazy(() => import("./customers/customer-page.tsx")),
  loyalty: lazy(() => import("./loyalty/page.tsx")),
  desk: lazy(() => import("./desk/page.tsx")),
  deskItem: lazy(() => import("./desk/item-page.tsx")),
  deskApprovals: lazy(() => import("./desk/approvals-page.tsx")),
  deskSettings: lazy(() => import("./desk/settings-page.tsx")),
  numbers: lazy(() => import("./numbers/page.tsx")),
  alerts: lazy(() => import("./alerts/page.tsx")),
  channels: lazy(() => import("./channels/page.tsx")),
  webhooks: lazy(() => import("./webhooks/page.tsx")),
  webhook: lazy(() => import("./webhooks/webhook-page.tsx")),
  people: lazy(() => import("./people/page.tsx")),
  person: lazy(() => import("./people/person-page.tsx")),
  tokens: lazy(() => import("./tokens/page.tsx")),
  audit: lazy(() => import("./audit/page.tsx")),
  system: lazy(() => import("./system/page.tsx")),
  account: lazy(() => import("./account/page.tsx")),
  signIn: lazy(() => import("./welcome/sign-in.tsx")),
  welcome: lazy(() => import("./welcome/page.tsx")),
};
