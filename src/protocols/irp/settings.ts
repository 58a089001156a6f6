// How the operator wants the ambiguous parts of the protocol read.
import type { Language } from "./messages.ts";

/** Settings of the basket's answer; see the configuration manual for each. */
export interface IrpSettings {
  readonly language: Language;
  readonly promocodeStatus: "earlyAccess" | "always";
  readonly promocodeErrorMessage: boolean;
  readonly unavailableLine: "error" | "notice";
  readonly priceNotice: boolean;
  readonly extraServicesInTotal: boolean;
  readonly giftCardsInTotal: boolean;
  /** Shipment groups that the vendor's manager has set up; a line may be moved among them. */
  readonly deliveryGroups: readonly string[];
}

/** Where settings come from: names as in the manual. */
export interface SettingSource {
  text(name: string): string;
  flag(name: string): boolean;
  list(name: string): readonly string[];
}

/** The settings of the basket's answer. */
export function irpSettings(source: SettingSource): IrpSettings {
  return {
    language: source.text("shop.language") === "en" ? "en" : "ru",
    promocodeStatus: source.text("irp.promocodeStatus") === "always" ? "always" : "earlyAccess",
    promocodeErrorMessage: source.flag("irp.promocodeErrorMessage"),
    unavailableLine: source.text("irp.unavailableLine") === "notice" ? "notice" : "error",
    priceNotice: source.flag("irp.priceNotice"),
    extraServicesInTotal: source.flag("irp.extraServicesInTotal"),
    giftCardsInTotal: source.flag("irp.giftCardsInTotal"),
    deliveryGroups: source.list("irp.deliveryGroups"),
  };
}
