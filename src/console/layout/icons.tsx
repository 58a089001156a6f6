// Icons of the pages, and the product's mark.
import {
  IconActivity,
  IconBell,
  IconCalculator,
  IconChartBar,
  IconCoins,
  IconDiscount,
  IconFlask,
  IconHistory,
  IconHome,
  IconInbox,
  IconKey,
  IconPackage,
  IconPlug,
  IconSettings,
  IconShoppingCart,
  IconTicket,
  IconUserCircle,
  IconUserShield,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { PageId } from "../pages/registry.ts";

const ICONS: Readonly<Partial<Record<PageId, typeof IconHome>>> = {
  home: IconHome,
  live: IconActivity,
  promotions: IconDiscount,
  codes: IconTicket,
  calculations: IconCalculator,
  playground: IconFlask,
  orders: IconShoppingCart,
  catalogue: IconPackage,
  customers: IconUsers,
  loyalty: IconCoins,
  desk: IconInbox,
  numbers: IconChartBar,
  alerts: IconBell,
  channels: IconPlug,
  webhooks: IconWebhook,
  people: IconUserShield,
  tokens: IconKey,
  audit: IconHistory,
  system: IconSettings,
  account: IconUserCircle,
};

/** The icon of a page; nothing where it has none. Decoration: the name stands beside it. */
export function PageIcon({ id }: { readonly id: PageId }): ReactNode {
  const Icon = ICONS[id];
  return Icon === undefined ? null : <Icon size={18} stroke={1.6} aria-hidden />;
}

/** The mark: a counter under its awning. */
export function ProductMark({ size = 24 }: { readonly size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0f6b66" />
      <path
        d="M8 24V10.5A2.5 2.5 0 0 1 10.5 8h11a2.5 2.5 0 0 1 2.5 2.5V24M6 15.5h20"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  );
}
