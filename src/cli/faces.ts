// Which vendors' faces this installation shows, and how each is set.
import type { Config } from "../config/index.ts";
import { price } from "../core/pricing/index.ts";
import { type CartDesk, CodeTries, KeyRing, Passwords, type TrySettings } from "../flows/index.ts";
import { apiFace, type Face, LiveCalls } from "../http/index.ts";
import { judgeAddress } from "../outbound/index.ts";
import {
  basketRoute,
  bonusesHistoryRoute,
  cancelRoute,
  historyRoute,
  irpFace,
  irpSettings,
  loyaltyCodeRoute,
  ordersRoute,
  ratingRoute,
  storageRoute,
} from "../protocols/irp/index.ts";
import { readClientPairs, yandexEatsFace } from "../protocols/yandex-eats/index.ts";
import { OfferShelf } from "../storage/index.ts";
import { CommandFailed } from "./context.ts";
import type { Installation } from "./installation.ts";
import { correctionLimitsOf } from "./loyalty.ts";
import { testChannels } from "./self-test.ts";
import { systemOf } from "./system.ts";

/** The faces, in no order; throws CommandFailed(78) for a setting that cannot be read. */
export function facesOf(
  installation: Installation,
  live = new LiveCalls(() => installation.house.now()),
): readonly Face[] {
  const { config, house, secrets, rules, book, shelf } = installation;
  return [
    apiFace({
      house,
      secrets,
      rules,
      book,
      language: config.text("shop.language") === "en" ? "en" : "ru",
      token: config.optional("apiToken"),
      failedAuthLimit: config.number("limits.failedAuth"),
      cartSettings: cartSettingsOf(installation),
      loyaltyCodeMs: config.number("loyalty.codeLifetime"),
      correctionLimits: correctionLimitsOf(config),
      live,
      system: systemOf(installation),
      attention: {
        backupMs: config.number("backup.interval"),
        feedMs: config.number("feed.interval"),
      },
      testChannels: once(() => testChannels(installation, vendorFaces)),
      exportShelf: shelf,
      passwords: new Passwords(),
      sessionTerms: {
        idleMs: config.number("sessions.idle"),
        absoluteMs: config.number("sessions.lifetime"),
      },
      judgeAddress,
    }),
    ...vendorFaces(installation),
  ];
}

/** How the shop wants carts priced, in the app and on the page that tries them. */
function cartSettingsOf({ config }: Installation): TrySettings {
  return {
    shortStock: config.text("irp.shortStock") === "clamp" ? "clamp" : "error",
    severalChoices: config.text("irp.severalChoices") === "union" ? "union" : "first",
    addonPrices: config.flag("irp.addonPrices"),
  };
}

/** The faces that vendors call. */
function vendorFaces(installation: Installation): readonly Face[] {
  return [yandexEats(installation), irp(installation)];
}

/** Whoever asks while it runs waits for the same run. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}

function irp(installation: Installation): Face {
  const { config, house, secrets, rules, book } = installation;
  const offers = new OfferShelf(() => performance.now());
  house.database.onAnnounced((topic) => {
    if (topic === "catalogue") offers.lookSoon();
  });
  const desk: CartDesk = {
    house,
    secrets,
    rules,
    book,
    price,
    tries: new CodeTries(),
    offers,
    settings: {
      onEngineFault: config.text("irp.onEngineFault") === "refuse" ? "refuse" : "catalogue",
      ...cartSettingsOf(installation),
    },
  };
  const keyRing =
    config.text("irp.auth") === "none" ? null : new KeyRing(house, secrets, "irp", config.list("irp.keys"));
  const gate = {
    keyRing,
    bodyLimit: config.number("limits.basketBody"),
    callsPerSecond: config.number("limits.basketRate"),
    failuresPerMinute: config.number("limits.failedAuth"),
    now: () => performance.now(),
  };
  const settings = irpSettings(config);
  const numberPrefix = config.text("orders.numberPrefix");
  const ofOrders = {
    language: settings.language,
    numberPrefix,
    priceIncludesDelivery: config.flag("orders.priceIncludesDelivery"),
    pageSize: config.number("orders.historyPage"),
    imageUrl: config.text("orders.imageUrl"),
    storage: { days: config.number("orders.storageDays"), most: config.number("orders.storageExtensions") },
  };
  const orders = { priceHoldMs: config.number("orders.priceHold"), numberPrefix };
  const onAsked = config.text("irp.nullRating") === "reopen" ? "reopen" : "keep";
  return irpFace(gate, config.text("irp.basePath"), [
    basketRoute(desk, settings),
    ordersRoute({ ...desk, orders }, ofOrders),
    historyRoute(house, secrets, ofOrders),
    cancelRoute({ house, rules }, ofOrders),
    storageRoute(house, ofOrders),
    ratingRoute(house, { onAsked, language: settings.language }),
    bonusesHistoryRoute(house, secrets, rules, {
      dates: config.text("irp.bonusDates") === "number" ? "number" : "text",
      language: settings.language,
    }),
    loyaltyCodeRoute(house, secrets, {
      type: config.text("loyalty.codeType") === "code128" ? "code128" : "qr",
      lifetimeMs: config.number("loyalty.codeLifetime"),
      language: settings.language,
    }),
  ]);
}

/** Clients of the marketplace that the configuration names. */
export function configuredClients(config: Config) {
  const pairs = readClientPairs(config.list("yandexEats.clients"));
  if (pairs.kind === "refused") {
    throw new CommandFailed(
      `yandexEats.clients: entry ${pairs.position} is not id:secret, both URL-encoded`,
      78,
    );
  }
  return pairs.clients;
}

function yandexEats({ config, house, secrets }: Installation): Face {
  return yandexEatsFace(house, {
    mode: config.text("yandexEats.mode") === "strict" ? "strict" : "tolerant",
    basePath: config.text("yandexEats.basePath"),
    clients: configuredClients(config),
    tokenLifetimeSeconds: Math.round(config.number("yandexEats.tokenLifetime") / 1000),
    badCredentialsStatus: config.text("yandexEats.badCredentialsStatus") === "401" ? 401 : 400,
    secrets,
    limits: {
      deliveriesPerSecond: config.number("limits.feedbackRate"),
      tokensPerSecond: config.number("limits.tokenRate"),
      failuresPerMinute: config.number("limits.failedAuth"),
      feedbackBytes: config.number("limits.feedbackBody"),
    },
  });
}
