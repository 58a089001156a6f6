// Points of one customer and one order after another, for tests: each case begins with nobody and nothing.
import { type Instant, instant } from "../../src/core/basics/index.ts";
import { DEFAULT_TERMS, holdEnd, type LoyaltyTerms, lotTimes } from "../../src/core/loyalty/index.ts";
import { points } from "../../src/core/money/index.ts";
import { earnPoints } from "../../src/flows/earn-points.ts";
import { capturePoints, holdPoints, releasePoints } from "../../src/flows/hold-points.ts";
import { returnPoints } from "../../src/flows/return-points.ts";
import { setPoints } from "../../src/flows/set-points.ts";
import { balanceOf, type Database, readPoints, type Tx } from "../../src/storage/index.ts";
import { type HouseUnderTest, houseOver } from "./house.ts";

/** When it all happens. */
export const NOW = instant(1_763_712_000_000);

/** So many days later. */
export const later = (days: number): Instant => instant(NOW + days * 86_400_000);

/** What cases do, always to the customer `id` and the order `order`. */
export class PointsDesk {
  id = "";
  order = "";
  readonly house: HouseUnderTest;
  #count = 0;

  constructor(database: Database) {
    this.house = houseOver(database, NOW);
  }

  /** Somebody new with a new order. */
  begin(): void {
    this.#count += 1;
    this.id = `c-${this.#count}`;
    this.order = `o-${this.#count}`;
  }

  does<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.house.database.transaction(work);
  }

  balance(at: Instant = NOW) {
    return this.house.database.read((tx) => balanceOf(tx, this.id, at));
  }

  book(who = this.id) {
    return this.house.database.read((tx) => readPoints(tx, who));
  }

  /** Puts `amount` in, as a lot of its own. */
  open(amount: number, expiresAt: Instant | null = null) {
    const customerId = this.id;
    this.#count += 1;
    const key = `k-${this.#count}`;
    return this.does(async (tx) => {
      const sum = points((await balanceOf(tx, customerId, NOW)) + amount);
      return setPoints(tx, this.house, { customerId, amount: sum, at: NOW, key, expiresAt });
    });
  }

  hold(amount: number, at: Instant = NOW) {
    const { order: orderId, id: customerId } = this;
    const request = {
      orderId,
      customerId,
      amount: points(amount),
      at,
      releaseAt: holdEnd(DEFAULT_TERMS, at),
    };
    return this.does((tx) => holdPoints(tx, this.house, request));
  }

  capture(at: Instant = NOW) {
    return this.does((tx) => capturePoints(tx, this.house, { orderId: this.order, at }));
  }

  release(at: Instant = NOW, terms: LoyaltyTerms = DEFAULT_TERMS, isLapse = false) {
    return this.does((tx) => releasePoints(tx, this.house, { orderId: this.order, at, terms, isLapse }));
  }

  earn(amount: number, at: Instant = NOW, terms: LoyaltyTerms = DEFAULT_TERMS) {
    const { order: orderId, id: customerId } = this;
    const request = { orderId, customerId, amount: points(amount), ...lotTimes(terms, at), at };
    return this.does((tx) => earnPoints(tx, this.house, request));
  }

  giveBack(
    returnId: string,
    spentBack: number,
    earnedBack: number,
    at: Instant = NOW,
    terms: LoyaltyTerms = DEFAULT_TERMS,
  ) {
    const amounts = { spentBack: points(spentBack), earnedBack: points(earnedBack) };
    return this.does((tx) =>
      returnPoints(tx, this.house, { orderId: this.order, returnId, ...amounts, at, terms }),
    );
  }
}
