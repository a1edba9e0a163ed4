import type { TargetNights } from "../../report/page/nights.ts";

import { points } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";

const [width, height, edge] = [280, 72, 6] as const;

/** Shares of the score that every small chart covers, so that equal changes look equal. At least 15 points. */
export function scaleOfTargets(targets: readonly TargetNights[]): number {
  const spans = targets.map((target) => {
    const { low, high } = rangeOf(target);
    return high - low;
  });
  return Math.max(0.15, ...spans) * 1.08;
}

function rangeOf({ points: own }: TargetNights) {
  const values = own.flatMap((point) => point?.value ?? []);
  return values.length === 0
    ? { low: 0, high: 0 }
    : { low: Math.min(...values), high: Math.max(...values) };
}

/** A target's nights as a small chart: score with its interval, changes, gaps, marks of model and price. */
export function NightSpark({
  target,
  span,
}: {
  readonly target: TargetNights;
  readonly span: number;
}) {
  const { lang } = usePreferences();
  const { points: own, changes, prices } = target;
  const { low, high } = rangeOf(target);
  const bottom = (low + high) / 2 - span / 2;
  const x = (at: number): number => edge + (at / Math.max(1, own.length - 1)) * (width - 2 * edge);
  const y = (value: number): number =>
    height - edge - Math.min(1, Math.max(0, (value - bottom) / span)) * (height - 2 * edge);
  const step = (width - 2 * edge) / Math.max(1, own.length - 1);
  const priced = prices.slice(1).map(({ date }) => own.findIndex((point) => point?.date === date));
  return (
    <svg
      className="night-spark"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={labelOf(target)[lang]}
    >
      {own.map((point, at) =>
        point?.trouble == null ? null : (
          <rect
            key={point.run}
            className="gap"
            x={x(at) - step / 2}
            y={edge}
            width={Math.max(2, step)}
            height={height - 2 * edge}
          />
        ),
      )}
      {piecesOf(target).map((piece) => (
        <g key={piece[0]?.at}>
          <path className="band" d={bandPath(piece, x, y)} />
          <path className="score" d={linePath(piece, x, y)} />
        </g>
      ))}
      {changes.map(({ at, delta }) => (
        <line
          key={at}
          className={delta < 0 ? "change down" : "change up"}
          x1={x(at) - step / 2}
          x2={x(at) - step / 2}
          y1={2}
          y2={height - 2}
        />
      ))}
      {target.model_changes.map((at) => (
        <text key={`model ${at}`} x={x(at)} y={12} textAnchor="middle">
          ⚑
        </text>
      ))}
      {priced.map((at) => (
        <text key={`price ${at}`} x={x(at)} y={height - 3} textAnchor="middle">
          ¥
        </text>
      ))}
    </svg>
  );
}

type Placed = {
  readonly at: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
};

/** Runs of nights that can be joined by a line: no gap between them, and one scale. */
function piecesOf({ points: own }: TargetNights): readonly (readonly Placed[])[] {
  const pieces: Placed[][] = [];
  let scale: number | null = null;
  for (const [at, point] of own.entries()) {
    if (point?.value == null || point.trouble !== null) {
      // A night that was not held is no gap; one that says nothing is.
      if (point !== null) scale = null;
      continue;
    }
    if (scale !== point.scale) pieces.push([]);
    scale = point.scale;
    pieces.at(-1)?.push({
      at,
      value: point.value,
      low: point.low ?? point.value,
      high: point.high ?? point.value,
    });
  }
  return pieces;
}

type Axis = (value: number) => number;

const linePath = (piece: readonly Placed[], x: Axis, y: Axis): string =>
  // A night alone is a dot: a line of no length with round ends.
  `M${piece.map(({ at, value }) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("L")}${piece.length === 1 ? "h0" : ""}`;

const bandPath = (piece: readonly Placed[], x: Axis, y: Axis): string => {
  const upper = piece.map(({ at, high }) => `${x(at).toFixed(1)} ${y(high).toFixed(1)}`);
  const lower = piece.map(({ at, low }) => `${x(at).toFixed(1)} ${y(low).toFixed(1)}`);
  return `M${[...upper, ...lower.toReversed()].join("L")}Z`;
};

function labelOf({ points: own, name, events, verdict }: TargetNights) {
  const last = own.findLast((point) => point?.value != null);
  const score = points(last?.value ?? null, 1);
  const said = (lang: "zh" | "en"): string =>
    events
      .slice(0, 3)
      .map(({ date, text }) => `${date} ${text[lang]}`)
      .join(lang === "zh" ? "；" : "; ");
  return {
    zh: `${name.zh}，${own.length} 夜，最近 ${score} 分，${verdict.zh}。${said("zh")}`,
    en: `${name.en}, ${own.length} nights, last ${score}, ${verdict.en}. ${said("en")}`,
  };
}
