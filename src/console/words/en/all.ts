// The whole English dictionary of the console: one file a noun, by alphabet.
import type { Same } from "../../words.ts";
import type { ruWords } from "../ru/all.ts";
import { account } from "./account.ts";
import { alerts } from "./alerts.ts";
import { answers } from "./answers.ts";
import { audit } from "./audit.ts";
import { calculations } from "./calculations.ts";
import { catalogue } from "./catalogue.ts";
import { channels } from "./channels.ts";
import { codes } from "./codes.ts";
import { customers } from "./customers.ts";
import { desk } from "./desk.ts";
import { deskSettings } from "./desk-settings.ts";
import { home } from "./home.ts";
import { live } from "./live.ts";
import { loyalty } from "./loyalty.ts";
import { numbers } from "./numbers.ts";
import { orders } from "./orders.ts";
import { pages } from "./pages.ts";
import { parts } from "./parts.ts";
import { people } from "./people.ts";
import { playground } from "./playground.ts";
import { problems } from "./problems.ts";
import { promotionFields, promotionHelp, promotionOptions } from "./promotion-fields.ts";
import { promotions } from "./promotions.ts";
import { shell } from "./shell.ts";
import { system } from "./system.ts";
import { tokens } from "./tokens.ts";
import { webhooks } from "./webhooks.ts";

/** The dictionary. */
export const enWords: Same<typeof ruWords> = {
  account,
  alerts,
  answers,
  audit,
  calculations,
  catalogue,
  channels,
  codes,
  customers,
  desk,
  deskSettings,
  home,
  live,
  loyalty,
  numbers,
  orders,
  pages,
  parts,
  people,
  playground,
  problems,
  promotionFields,
  promotionHelp,
  promotionOptions,
  promotions,
  shell,
  system,
  tokens,
  webhooks,
};
