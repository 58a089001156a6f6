// Exact search of one component: branch and bound in the order of application, so that at every node the money is known.
import { applySlot } from "./application.ts";
import { holdAll } from "./check.ts";
import { addTo, isIn, meets, removeFrom } from "./rank-set.ts";
import { copyRow, rowOf } from "./row.ts";
import { type BoundRows, boundFrom, boundRows } from "./search-bound.ts";
import { type Frame, type Framed, frameOf, type Step } from "./search-frame.ts";
import { greedyChoice } from "./search-start.ts";
import type { Slot } from "./slot.ts";
import { type Play, runTrial, workOf } from "./trial.ts";

/** A component's best choice, written into the flags given, and how much better an untried one could be. */
export interface Found {
  readonly gap: number;
}

/** Decisions one below the other at the most: the stack of calls has an end. */
const DEEPEST = 500;

/** One search. Flags hold what is decided outside of it and receive the choice. */
export interface Search extends Framed {
  /** Work left for the whole calculation, in places of goods; shared by its searches. */
  readonly budget: { left: number };
}

/** Finds the choice of greatest value; of several equal ones the one with the better merits. */
export function searchBest(search: Search): Found {
  const { play, flags, budget } = search;
  const frame = frameOf(search);
  const start = greedyChoice(search);
  const value = runTrial(play, start);
  budget.left -= workOf(play, start);
  // What was allowed and yet failed its own conditions is not taken.
  for (const index of search.free) if (!(play.slots[index] as Slot).isIn) start[index] = 0;
  const walk = new Walk(search, frame, start, value);
  const gap = walk.run();
  flags.set(walk.bestFlags);
  return { gap };
}

/** The walk through the tree of choices. Money is moved forward on the way down and back on the way up. */
class Walk {
  readonly play: Play;
  readonly frame: Frame;
  readonly budget: { left: number };
  readonly rows: BoundRows;
  /** Money with which each step's layer began, a row for each layer. */
  readonly layers: number[][];
  readonly layerOf: number[];
  /** Sets by depth: ranks that may still be taken, and ranks taken. */
  readonly open: Int32Array[];
  readonly taken: Int32Array[];
  /** Steps left out although nothing taken forbids them, and harmless: sensible only beside a rival. */
  readonly refused: Step[] = [];
  best: number;
  bestFlags: Uint8Array;
  readonly bestTaken: Int32Array;
  /** Largest bound that was left untried. */
  untried = Number.NEGATIVE_INFINITY;
  readonly flags: Uint8Array;

  constructor(search: Search, frame: Frame, start: Uint8Array, value: number) {
    this.play = search.play;
    this.frame = frame;
    this.budget = search.budget;
    this.rows = boundRows(frame);
    this.layers = [];
    this.layerOf = [];
    for (const step of frame.steps) {
      if (step.opensLayer) this.layers.push(rowOf(search.play.situation.pools.length));
      this.layerOf.push(this.layers.length - 1);
    }
    this.open = [new Int32Array(frame.words)];
    this.taken = [new Int32Array(frame.words)];
    this.flags = search.flags.slice();
    this.best = value;
    this.bestFlags = start;
    this.bestTaken = new Int32Array(frame.words);
    for (const step of frame.steps)
      if (step.isFree) {
        addTo(this.open[0] as Int32Array, step.rank);
        if (start[step.index] === 1) addTo(this.bestTaken, step.rank);
      }
  }

  /** Walks the whole tree, or as far as the budget goes; gives what may have been missed. */
  run(): number {
    const { ledger, situation } = this.play;
    const own = ledger.layerMoney;
    copyRow(ledger.money, situation.gross);
    for (let pool = 0; pool < situation.pools.length; pool += 1) {
      ledger.paid[pool] = situation.pools[pool]?.units ?? 0;
      ledger.codeUsed[pool] = 0;
    }
    this.visit(0, 0, 0);
    ledger.layerMoney = own;
    return Math.max(0, this.untried - this.best);
  }

  /** From `from` on with `depth` free steps decided and `value` saved so far. */
  visit(from: number, depth: number, value: number): void {
    const { steps } = this.frame;
    let place = from;
    let saved = value;
    const open = this.open[depth] as Int32Array;
    for (; place < steps.length; place += 1) {
      const step = steps[place] as Step;
      if (step.opensLayer) this.openLayer(place);
      if (!step.isFree) saved += this.apply(place, step);
      else if (isIn(open, step.rank)) break;
    }
    if (place === steps.length) this.keep(depth, saved);
    else if (this.isWorthwhile(place, depth, saved)) this.decide(place, depth, saved);
    for (place -= 1; place >= from; place -= 1) {
      const step = steps[place] as Step;
      if (!step.isFree) this.undo(step.slot);
    }
  }

  decide(place: number, depth: number, value: number): void {
    const step = this.frame.steps[place] as Step;
    this.descend(depth);
    if (!this.take(place, step, depth, value)) {
      this.leave(place, step, depth, value, false);
    } else if (step.mayHarm || this.hasReason(step, depth)) {
      this.leave(place, step, depth, value, !step.mayHarm);
    }
  }

  /** Makes room for one more decision. */
  descend(depth: number): void {
    if (this.open.length > depth + 1) return;
    this.open.push(new Int32Array(this.frame.words));
    this.taken.push(new Int32Array(this.frame.words));
  }

  /** A step is sensibly left out beside a rival that it forbids, or for one that it would spoil. */
  hasReason({ enemies, victims }: Step, depth: number): boolean {
    const open = this.open[depth] as Int32Array;
    const taken = this.taken[depth] as Int32Array;
    return meets(enemies, open) || meets(victims, open) || meets(enemies, taken) || meets(victims, taken);
  }

  /** False when its own conditions fail now, so that taking it is the same as leaving it out. */
  take(place: number, step: Step, depth: number, value: number): boolean {
    if (!this.holds(place, step)) return false;
    const gain = this.applyHeld(place, step);
    const open = this.open[depth + 1] as Int32Array;
    const taken = this.taken[depth + 1] as Int32Array;
    for (let word = 0; word < open.length; word += 1) {
      open[word] = (this.open[depth]?.[word] as number) & ~(step.enemies[word] as number);
      taken[word] = this.taken[depth]?.[word] as number;
    }
    removeFrom(open, step.rank);
    addTo(taken, step.rank);
    this.flags[step.index] = 1;
    this.visit(place + 1, depth + 1, value + gain);
    this.flags[step.index] = 0;
    this.undo(step.slot);
    return true;
  }

  leave(place: number, step: Step, depth: number, value: number, needsReason: boolean): void {
    const open = this.open[depth + 1] as Int32Array;
    open.set(this.open[depth] as Int32Array);
    (this.taken[depth + 1] as Int32Array).set(this.taken[depth] as Int32Array);
    removeFrom(open, step.rank);
    if (needsReason) this.refused.push(step);
    this.visit(place + 1, depth + 1, value);
    if (needsReason) this.refused.pop();
  }

  /** False when nothing below can be better, or as good with better merits, or when the budget is spent. */
  isWorthwhile(place: number, depth: number, value: number): boolean {
    const open = this.open[depth] as Int32Array;
    const taken = this.taken[depth] as Int32Array;
    this.closeFailed(place, open);
    for (const step of this.refused) if (!this.hasReason(step, depth)) return false;
    const { frame, rows, play, budget } = this;
    const bound = Math.floor(value + boundFrom(place, frame, rows, play.ledger.money, open, this.bestTaken));
    if (bound < this.best) return false;
    if (bound === this.best && !this.mayRank(open, taken)) return false;
    budget.left -= boundWork(frame.steps.length - place, frame);
    if (budget.left > 0 && depth < DEEPEST) return true;
    this.untried = Math.max(this.untried, bound);
    return false;
  }

  /** Money only falls, so conditions that fail now and could only fail more are out for good. */
  closeFailed(place: number, open: Int32Array): void {
    const { steps } = this.frame;
    const { situation } = this.play;
    for (let at = place; at < steps.length; at += 1) {
      const { isRising, isFree, rank, slot } = steps[at] as Step;
      if (!isRising || !isFree || !isIn(open, rank)) continue;
      // The step at hand looks at the money with which its layer began, which is not less.
      if (at > place && !holdAll(slot.rule.dynamic, situation, this.moneyFor(at, place)))
        removeFrom(open, rank);
    }
  }

  /** The most money that the conditions of a later step can see: of its layer where that has begun, of now otherwise. */
  moneyFor(at: number, place: number): readonly number[] {
    const layer = this.layerOf[at] as number;
    return layer === this.layerOf[place] ? (this.layers[layer] as number[]) : this.play.ledger.money;
  }

  /** True when taking everything that is open would have better merits than the best choice so far. */
  mayRank(open: Int32Array, taken: Int32Array): boolean {
    for (let word = 0; word < open.length; word += 1) {
      const most = (open[word] as number) | (taken[word] as number);
      const known = this.bestTaken[word] as number;
      if (most !== known) return most > known;
    }
    return false;
  }

  keep(depth: number, value: number): void {
    if (value < this.best) return;
    const taken = this.taken[depth] as Int32Array;
    if (value === this.best && !this.mayRank(taken, taken)) return;
    this.best = value;
    this.bestFlags = this.flags.slice();
    this.bestTaken.set(taken);
  }

  openLayer(place: number): void {
    copyRow(this.layers[this.layerOf[place] as number] as number[], this.play.ledger.money);
  }

  holds(place: number, { slot }: Step): boolean {
    const { dynamic } = slot.rule;
    if (dynamic.length === 0) return true;
    return holdAll(dynamic, this.play.situation, this.layers[this.layerOf[place] as number] as number[]);
  }

  /** Applies a step that is in; gives what it saves. */
  apply(place: number, step: Step): number {
    step.slot.isIn = this.holds(place, step);
    return step.slot.isIn ? this.applyHeld(place, step) : 0;
  }

  applyHeld(place: number, { slot }: Step): number {
    const { ledger, situation, lowestUnitPrice } = this.play;
    this.budget.left -= 3 + slot.goods.length;
    slot.isIn = true;
    if (slot.rule.effects.length === 0) return slot.rule.worth;
    ledger.layerMoney = this.layers[this.layerOf[place] as number] as number[];
    return slot.rule.worth + applySlot(slot, ledger, situation, lowestUnitPrice);
  }

  undo(slot: Slot): void {
    if (!slot.isIn || slot.rule.effects.length === 0) return;
    const { money, paid, codeUsed } = this.play.ledger;
    const { goods, given, freed, rule } = slot;
    for (let at = 0; at < goods.length; at += 1) {
      const pool = goods[at] as number;
      const off = given[at] as number;
      money[pool] = (money[pool] as number) + off;
      paid[pool] = (paid[pool] as number) + (freed[at] as number);
      if (rule.needsCode) codeUsed[pool] = (codeUsed[pool] as number) - off;
    }
  }
}

/** What a bound over so many steps costs, in the places of goods that work is reckoned in. */
function boundWork(steps: number, { classes, classOf }: Frame): number {
  return ((steps * steps) >> 4) + ((steps * classes) >> 3) + classOf.length;
}
