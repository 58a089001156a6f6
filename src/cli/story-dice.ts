// Numbers that look like chance and are the same in every run.

/** Draws them. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, and without, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, and without, `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** One of `choices`. */
  of<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.below(choices.length)] as Choice;
  }

  /** The place of a share that the draw falls into; shares need not add up to 1: the last place takes the rest. */
  share(shares: readonly number[]): number {
    let left = this.next();
    const found = shares.findIndex((share) => {
      left -= share;
      return left < 0;
    });
    return found === -1 ? shares.length : found;
  }
}
