// One call of the channels' self-test and what came of it: what runs it stands outside, what shows it inside the API.

/** What is checked, in its order. */
export const CHANNEL_CHECKS = {
  irp: ["key_refused", "basket", "order", "order_again", "rating"],
  "yandex-eats": ["secret_refused", "token", "token_refused", "feedback"],
} as const;

/** A channel of vendors. */
export type CheckedChannel = keyof typeof CHANNEL_CHECKS;

/** The call's name. */
export type ChannelCheckName = (typeof CHANNEL_CHECKS)[CheckedChannel][number];

/** What is wrong with an answer: its status, its content, or that there was none. */
export const CHECK_PROBLEMS = ["wrong_status", "wrong_answer", "no_goods"] as const;

/** A call and what came of it. */
export interface ChannelCheck {
  readonly channel: CheckedChannel;
  readonly name: ChannelCheckName;
  readonly path: string;
  /** Status that the contract wants. */
  readonly wanted: number;
  /** Null: the call could not be made, see `problem`. */
  readonly status: number | null;
  /** Null: as it should be. */
  readonly problem: (typeof CHECK_PROBLEMS)[number] | null;
  /** Beginning of an answer that is not as it should be. */
  readonly said: string | null;
  /** How long the answer took, ms. */
  readonly ms: number;
}
