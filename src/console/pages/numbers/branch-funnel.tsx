// The funnel: number of ratings against low share, with the limits of luck; the table above it tells the same in rows.
import type { ReactNode } from "react";
import { funnelLimits } from "../../../core/numbers/index.ts";
import { numberText } from "../../parts/amounts.ts";
import { useReader } from "../../reader.tsx";
import { type Branch, ratingsOf } from "./branch-order.ts";
import { shareText } from "./figures.ts";
import classes from "./numbers.module.css";

const BOX = { width: 760, height: 320, left: 48, right: 12, top: 12, bottom: 28 } as const;
const STEPS = 60;

/** Where a branch stands: only one with a share may stand out. */
function toneOf({ tiles: { low }, funnel }: Branch): "bad" | "good" | null {
  if (low.kind !== "share" || funnel === null) return null;
  if (low.share > funnel.high998) return "bad";
  return low.share < funnel.low998 ? "good" : null;
}

/** The plot. */
export function Funnel(props: {
  readonly branches: readonly Branch[];
  readonly nameOf: (branch: Branch) => string;
}): ReactNode {
  const { say } = useReader();
  const shown = props.branches.filter((branch) => ratingsOf(branch) > 0);
  const all = shown.reduce((sum, branch) => sum + ratingsOf(branch), 0);
  if (all === 0) return null;
  const usual = shown.reduce((sum, { tiles }) => sum + tiles.low.count, 0) / all;
  const most = Math.max(...shown.map(ratingsOf)) * 1.05;
  const top = topOf(shown, usual);
  const x = (of: number): number => BOX.left + (of / most) * (BOX.width - BOX.left - BOX.right);
  const y = (share: number): number =>
    BOX.height - BOX.bottom - (Math.min(share, top) / top) * (BOX.height - BOX.top - BOX.bottom);
  return (
    <>
      <svg
        className={classes.funnel}
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        role="img"
        aria-label={say("numbers.branches.funnelLabel")}
      >
        <Axes most={most} top={top} x={x} y={y} />
        <Limits usual={usual} most={most} x={x} y={y} />
        {shown.map((branch) => (
          <circle
            key={branch.branchId ?? ""}
            className={classes.dot}
            data-tone={toneOf(branch) ?? undefined}
            data-few={branch.tiles.low.kind === "not_enough" || undefined}
            cx={x(ratingsOf(branch))}
            cy={y(branch.tiles.low.count / ratingsOf(branch))}
            r="4.5"
          >
            <title>{`${props.nameOf(branch)}: ${branch.tiles.low.count} / ${ratingsOf(branch)}`}</title>
          </circle>
        ))}
      </svg>
      <Keys branches={shown} />
    </>
  );
}

interface AxesProps {
  readonly most: number;
  readonly top: number;
  readonly x: (of: number) => number;
  readonly y: (share: number) => number;
}

function Axes({ most, top, x, y }: AxesProps): ReactNode {
  const { language } = useReader();
  const ticks = [0, top / 4, top / 2, (top * 3) / 4, top];
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={classes.grid} x1={BOX.left} x2={BOX.width - BOX.right} y1={y(tick)} y2={y(tick)} />
          <text x={BOX.left - 6} y={y(tick) + 4} textAnchor="end">
            {shareText(tick, language)}
          </text>
        </g>
      ))}
      {[most / 4, most / 2, (most * 3) / 4, most].map((tick) => (
        <text key={tick} x={x(tick)} y={BOX.height - 8} textAnchor="middle">
          {numberText(Math.round(tick), language)}
        </text>
      ))}
    </>
  );
}

/** The top of the scale: what shares and the limits of middling branches need. */
function topOf(branches: readonly Branch[], usual: number): number {
  const highest = Math.max(usual * 2, ...branches.map((one) => one.tiles.low.count / ratingsOf(one)));
  return Math.min(1, Math.ceil(highest * 10 + 0.5) / 10);
}

function Limits(props: {
  readonly usual: number;
  readonly most: number;
  readonly x: (of: number) => number;
  readonly y: (share: number) => number;
}): ReactNode {
  const { usual, most, x, y } = props;
  const sizes = Array.from({ length: STEPS }, (_, step) => Math.max(1, (most * (step + 1)) / STEPS));
  const line = (name: keyof ReturnType<typeof funnelLimits>): string =>
    `M${sizes.map((of) => `${x(of).toFixed(1)} ${y(funnelLimits(usual, of)[name]).toFixed(1)}`).join("L")}`;
  return (
    <>
      <line className={classes.limit} x1={x(0)} x2={x(most)} y1={y(usual)} y2={y(usual)} />
      <path className={classes.limit} d={line("low95")} />
      <path className={classes.limit} d={line("high95")} />
      <path className={`${classes.limit} ${classes.wide}`} d={line("low998")} />
      <path className={`${classes.limit} ${classes.wide}`} d={line("high998")} />
    </>
  );
}

/** What the marks mean, of those that are there. */
function Keys({ branches }: { readonly branches: readonly Branch[] }): ReactNode {
  const { say } = useReader();
  const tones = new Set(branches.map(toneOf));
  const dot = (tone: "bad" | "good" | null, isFew: boolean): ReactNode => (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden>
      <circle
        className={classes.dot}
        data-tone={tone ?? undefined}
        data-few={isFew || undefined}
        cx="6"
        cy="6"
        r="4.5"
      />
    </svg>
  );
  return (
    <ul className={classes.keys}>
      {tones.has("bad") && (
        <li>
          {dot("bad", false)} {say("numbers.branches.outside")}: {say("numbers.branches.above")}
        </li>
      )}
      {tones.has("good") && (
        <li>
          {dot("good", false)} {say("numbers.branches.outside")}: {say("numbers.branches.below")}
        </li>
      )}
      <li>
        {dot(null, false)} {say("numbers.branches.inside")}
      </li>
      <li>
        {dot(null, true)} {say("numbers.branches.tooFew")}
      </li>
      <li>
        — {say("numbers.branches.limit95")}, ╌ {say("numbers.branches.limit998")}
      </li>
    </ul>
  );
}
