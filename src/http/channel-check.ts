// One call of the channels' self-test and what came of it: what runs it stands outside, what shows it inside the API.

/** A channel of vendors. */
export type CheckedChannel = "irp" | "yandex-eats";

/** The call's name. Those of something refused are made with something wrong. */
export type ChannelCheckName =
  | "key_refused"
  | "basket"
  | "order"
  | "order_again"
  | "rating"
  | "secret_refused"
  | "token"
  | "token_refused"
  | "feedback";

/** A call and what came of it. */
export interface ChannelCheck {
  readonly channel: CheckedChannel;
  readonly name: ChannelCheckName;
  readonly path: string;
  /** Status that the contract wants. */
  readonly wanted: number;
  /** Null: the call could not be made, see `problem`. */
  readonly status: number | null;
  /** What is wrong: the status, the content, or that there are no goods to try with. Null: it is as it should be. */
  readonly problem: "wrong_status" | "wrong_answer" | "no_goods" | null;
  /** Beginning of an answer that is not as it should be. */
  readonly said: string | null;
  /** How long the answer took, ms. */
  readonly ms: number;
}
