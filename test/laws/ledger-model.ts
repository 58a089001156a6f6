// The plain model of the points ledger: every single point is an object, and nothing is clever. Shares no code with the ledger.

type State = "pending" | "available" | "held" | "spent" | "expired" | "gone";

/** One point. */
interface Point {
  owner: string;
  /** Number of its lot, in the order of making. */
  lot: number;
  createdAt: number;
  activeFrom: number;
  /** Infinity: never. */
  endsAt: number;
  state: State;
}

interface PlainHold {
  owner: string;
  amount: number;
  state: "held" | "captured" | "released" | "lapsed";
  due: number;
  /** In the order of use; what came back is no longer among them. */
  points: Point[];
}

/** The terms that matter for returns. */
export interface PlainTerms {
  readonly restoreExpiredDays: number;
  readonly clawBack: "none" | "lot" | "balance";
}

const DAY = 86_400_000;

/** What it says is compared with what the ledger says. */
export class PlainLedger {
  readonly points: Point[] = [];
  readonly holds = new Map<string, PlainHold>();
  readonly earned = new Map<string, { lot: number; amount: number; asked: number; forgiven: number }>();
  readonly returns = new Map<string, object>();
  readonly openings = new Map<string, { in: Point[]; out: Point[]; isUndone: boolean }>();
  readonly corrections = new Set<string>();
  #lots = 0;

  of(owner: string, state: State): Point[] {
    return this.points.filter((point) => point.owner === owner && point.state === state);
  }

  balance(owner: string, at: number): number {
    const open = [...this.of(owner, "pending"), ...this.of(owner, "available")];
    return open.filter((point) => point.activeFrom <= at && at < point.endsAt).length;
  }

  settle(owner: string, at: number): void {
    for (const point of this.of(owner, "pending")) if (point.activeFrom <= at) point.state = "available";
    for (const point of this.of(owner, "available")) if (point.endsAt <= at) point.state = "expired";
  }

  #usable(owner: string, at: number): Point[] {
    return this.of(owner, "available")
      .filter((point) => point.activeFrom <= at && at < point.endsAt)
      .sort((one, two) =>
        one.endsAt !== two.endsAt
          ? one.endsAt < two.endsAt
            ? -1
            : 1
          : one.createdAt - two.createdAt || one.lot - two.lot,
      );
  }

  #mint(owner: string, amount: number, times: { at: number; activeFrom: number; endsAt: number }): Point[] {
    const lot = ++this.#lots;
    const { at, activeFrom, endsAt } = times;
    const state = activeFrom > at ? "pending" : "available";
    const made = Array.from(
      { length: amount },
      () => ({ owner, lot, createdAt: at, activeFrom, endsAt, state }) as Point,
    );
    this.points.push(...made);
    return made;
  }

  hold(order: string, owner: string, amount: number, at: number, due: number): object {
    this.settle(owner, at);
    const known = this.holds.get(order);
    if (known !== undefined) return { kind: "held", amount: known.amount };
    const usable = this.#usable(owner, at);
    if (usable.length < amount) return { kind: "refused", available: usable.length };
    const points = usable.slice(0, amount);
    for (const point of points) point.state = "held";
    this.holds.set(order, { owner, amount, state: "held", due, points });
    return { kind: "held", amount };
  }

  capture(order: string, at: number): object {
    const hold = this.holds.get(order);
    if (hold === undefined) return { kind: "none" };
    this.settle(hold.owner, at);
    if (hold.state === "captured" || hold.state === "released") return { kind: "ended", state: hold.state };
    const wanted = hold.state === "lapsed" ? hold.amount : hold.points.length;
    if (hold.state === "lapsed") hold.points = this.#usable(hold.owner, at).slice(0, wanted);
    for (const point of hold.points) point.state = "spent";
    hold.state = "captured";
    return { kind: "done", amount: hold.points.length, missing: wanted - hold.points.length };
  }

  release(order: string, at: number, terms: PlainTerms, isLapse: boolean): object {
    const hold = this.holds.get(order);
    if (hold === undefined) return { kind: "none" };
    this.settle(hold.owner, at);
    const { state } = hold;
    if (state === "lapsed" && !isLapse) hold.state = "released";
    if (state !== "held") return { kind: "ended", state };
    hold.state = isLapse ? "lapsed" : "released";
    const { restored, lost } = this.#giveBack(hold.points.splice(0), at, terms);
    return { kind: "done", amount: restored, missing: lost };
  }

  #giveBack(
    points: readonly Point[],
    at: number,
    terms: PlainTerms,
  ): { restored: number; lost: number; renewed: number } {
    const late = points.filter((point) => point.endsAt <= at);
    const isRenewed = terms.restoreExpiredDays > 0 && late.length > 0;
    for (const point of points) point.state = "available";
    for (const point of late) point.state = isRenewed ? "gone" : "expired";
    const lost = isRenewed ? 0 : late.length;
    if (isRenewed) {
      const endsAt = at + terms.restoreExpiredDays * DAY;
      this.#mint((late[0] as Point).owner, late.length, { at, activeFrom: at, endsAt });
    }
    return { restored: points.length - lost, lost, renewed: isRenewed ? this.#lots : 0 };
  }

  earn(
    order: string,
    owner: string,
    amount: number,
    times: { at: number; activeFrom: number; endsAt: number },
  ): object {
    this.settle(owner, times.at);
    const known = this.earned.get(order);
    if (known !== undefined) return { kind: "earned_before", amount: known.amount };
    this.#mint(owner, amount, times);
    this.earned.set(order, { lot: this.#lots, amount, asked: 0, forgiven: 0 });
    return { kind: "earned", amount };
  }

  giveBack(
    order: string,
    id: string,
    spentBack: number,
    earnedBack: number,
    at: number,
    terms: PlainTerms,
  ): object {
    const [hold, earned] = [this.holds.get(order), this.earned.get(order)];
    const own = this.points.filter((point) => point.lot === earned?.lot);
    const owner = hold?.owner ?? own[0]?.owner;
    const nothing = {
      kind: "returned",
      isRepeat: false,
      restored: 0,
      lost: 0,
      takenBack: 0,
      forgiven: 0,
      missing: 0,
    };
    if (owner === undefined) return nothing;
    this.settle(owner, at);
    const before = this.returns.get(`${order} ${id}`);
    if (before !== undefined) return { ...before, isRepeat: true };
    const isOpen = hold?.state === "held" || hold?.state === "captured";
    const parts = isOpen ? hold.points.splice(Math.max(0, hold.points.length - spentBack)) : [];
    const back = this.#giveBack(parts, at, terms);
    if (hold?.state === "held" && hold.points.length === 0) hold.state = "released";
    let left =
      earned === undefined || terms.clawBack === "none"
        ? 0
        : Math.min(earnedBack, earned.amount - earned.asked);
    if (earned !== undefined) earned.asked += left;
    const taken = ["pending", "available"]
      .flatMap((state) => own.filter((point) => point.state === state))
      .slice(0, left);
    left -= taken.length;
    const ended = own.filter((point) => point.state === "expired").length - (earned?.forgiven ?? 0);
    const forgiven = Math.min(left, Math.max(0, ended));
    if (earned !== undefined) earned.forgiven += forgiven;
    left -= forgiven;
    // Points that this very return has given a new expiry are not taken back at once.
    const others = this.#usable(owner, at).filter(({ lot }) => lot !== earned?.lot && lot !== back.renewed);
    const more = terms.clawBack === "balance" ? others.slice(0, left) : [];
    for (const point of [...taken, ...more]) point.state = "gone";
    const done = {
      restored: back.restored,
      lost: back.lost,
      takenBack: taken.length + more.length,
      forgiven,
    };
    const result = { kind: "returned", isRepeat: false, ...done, missing: left - more.length };
    this.returns.set(`${order} ${id}`, result);
    return result;
  }

  set(owner: string, amount: number, key: string, at: number, endsAt: number): object {
    this.settle(owner, at);
    const before = this.#usable(owner, at).length;
    if (this.openings.has(key)) return { kind: "repeated", before };
    if (before === amount) return { kind: "equal", before };
    const out = this.#usable(owner, at).slice(0, Math.max(0, before - amount));
    for (const point of out) point.state = "gone";
    const made = amount > before ? this.#mint(owner, amount - before, { at, activeFrom: at, endsAt }) : [];
    this.openings.set(key, { in: made, out, isUndone: false });
    return { kind: "set", before };
  }

  undo(key: string, at: number): object {
    const opening = this.openings.get(key);
    if (opening === undefined) return { kind: "none" };
    const { owner, lot } = [...opening.in, ...opening.out][0] as Point;
    this.settle(owner, at);
    if (opening.isUndone) return { kind: "repeated" };
    opening.isUndone = true;
    const wanted = opening.in.length;
    const own = this.points.filter((point) => wanted > 0 && point.lot === lot && point.state === "available");
    const others = this.#usable(owner, at).filter((point) => point.lot !== lot);
    const taken = [...own, ...others].slice(0, wanted);
    for (const point of taken) point.state = "gone";
    const back = opening.out.filter((point) => point.endsAt > at);
    for (const point of back) point.state = "available";
    return { kind: "undone", missing: wanted - taken.length, lost: opening.out.length - back.length };
  }

  correct(owner: string, amount: number, key: string, at: number, endsAt: number): object {
    this.settle(owner, at);
    if (this.corrections.has(key)) return { kind: "repeated" };
    const usable = this.#usable(owner, at);
    if (usable.length < -amount) return { kind: "refused" };
    if (amount > 0) this.#mint(owner, amount, { at, activeFrom: at, endsAt });
    for (const point of usable.slice(0, Math.max(0, -amount))) point.state = "gone";
    this.corrections.add(key);
    return { kind: "corrected" };
  }

  transfer(from: string, to: string): object {
    const moved = { pending: this.of(from, "pending").length, available: this.of(from, "available").length };
    const held = this.of(from, "held").length;
    for (const point of this.points) if (point.owner === from) point.owner = to;
    for (const hold of this.holds.values()) if (hold.owner === from) hold.owner = to;
    return { ...moved, held };
  }

  /** The jobs: all that is due, for everybody. */
  tick(at: number, terms: PlainTerms): void {
    const due = this.points.filter(
      ({ state, activeFrom, endsAt }) =>
        (state === "pending" && activeFrom <= at) || (state === "available" && endsAt <= at),
    );
    for (const owner of new Set(due.map((point) => point.owner))) this.settle(owner, at);
    const overdue = [...this.holds].filter(([, hold]) => hold.state === "held" && hold.due <= at);
    for (const [order] of overdue.sort(([one, a], [two, b]) => a.due - b.due || (one < two ? -1 : 1)))
      this.release(order, at, terms, true);
  }
}
