// How this installation reads the bodies of its channels: for reading them again.
import type { Config } from "../config/index.ts";
import type { BodyReaders } from "../flows/index.ts";
import { readRatingText } from "../protocols/irp/index.ts";
import { readDelivery } from "../protocols/yandex-eats/index.ts";

/** Readers by the configuration's modes. */
export function bodyReaders(config: Config): BodyReaders {
  const isStrict = config.text("yandexEats.mode") === "strict";
  return {
    feedback: ({ body, contentType }) => {
      const read = readDelivery(body, contentType, isStrict);
      return read.kind === "usable" ? read.content : null;
    },
    rating: ({ body }) => readRatingText(Buffer.from(body).toString("utf8")),
    onAsked: config.text("irp.nullRating") === "reopen" ? "reopen" : "keep",
  };
}
