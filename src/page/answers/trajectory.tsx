import type { CallRecord } from "../../domain/call.ts";

import { isFailed } from "../../domain/outcome.ts";
import { seconds } from "../../report/render/format.ts";
import { usePreferences } from "../data/preferences.ts";
import { visibleText } from "../data/visible-text.ts";

/** A lane of the drawing is a tool; a mark in it is what one request called of it. */
type Mark = {
  readonly step: number;
  readonly lane: number;
  readonly calls: number;
  /** Some call was refused, as the environment said; null where nothing answers calls. */
  readonly refused: boolean | null;
};

const sizes = { name: 150, step: 34, lane: 24, head: 34, bar: 22 } as const;

/** The lanes that are drawn; an agent may name as many tools as it likes. */
const mostLanes = 12;

/** An agent's way through its task: a column for each request, as high as it took long, and below what it called. */
export function Trajectory({ turns }: { readonly turns: readonly CallRecord[] }) {
  const { lang } = usePreferences();
  const { tools, marks } = drawnOf(turns);
  if (tools.length === 0) return null;
  const shown = tools.slice(0, mostLanes);
  const width = sizes.name + turns.length * sizes.step + 8;
  const height = sizes.head + (shown.length + 0.5) * sizes.lane;
  const slowest = Math.max(1, ...turns.map(({ timing }) => timing?.total_ms ?? 0));
  const calls = marks.reduce((sum, each) => sum + each.calls, 0);
  const refused = marks.filter((each) => each.refused === true).length;
  const label = {
    zh: `轨迹：${turns.length} 步，${calls} 次工具调用${refused > 0 ? `；${refused} 步有调用被拒绝` : ""}`,
    en: `Trajectory: ${turns.length} steps, ${calls} tool calls${refused > 0 ? `; steps with refused calls: ${refused}` : ""}`,
  }[lang];
  const middleOf = (lane: number): number => sizes.head + (lane + 0.6) * sizes.lane;
  const leftOf = (step: number): number => sizes.name + step * sizes.step;
  return (
    <figure className="trajectory">
      <figcaption className="turn-facts">{label}</figcaption>
      <svg width={width} height={height} role="img" aria-label={label}>
        {turns.map(({ timing, outcome }, step) => {
          const tall = 2 + ((timing?.total_ms ?? 0) / slowest) * (sizes.bar - 2);
          return (
            <g key={step}>
              <rect
                className={isFailed(outcome) ? "step step-failed" : "step"}
                x={leftOf(step) + 5}
                y={sizes.bar - tall}
                width={sizes.step - 10}
                height={tall}
              >
                <title>{`#${step + 1} ${seconds(timing?.total_ms ?? null)} s`}</title>
              </rect>
              <text x={leftOf(step) + sizes.step / 2} y={sizes.head} textAnchor="middle">
                {step + 1}
              </text>
            </g>
          );
        })}
        {shown.map((tool, lane) => (
          <g key={tool}>
            <line
              className="lane"
              x1={sizes.name}
              x2={width}
              y1={middleOf(lane)}
              y2={middleOf(lane)}
            />
            <text x={sizes.name - 8} y={middleOf(lane) + 4} textAnchor="end">
              {visibleText(short(tool))}
            </text>
          </g>
        ))}
        {marks
          .filter(({ lane }) => lane < mostLanes)
          .map(({ step, lane, calls: made, refused: isRefused }) => (
            <g key={`${step} ${lane}`}>
              <circle
                className={isRefused === null ? "unanswered" : isRefused ? "refused" : "made"}
                cx={leftOf(step) + sizes.step / 2}
                cy={middleOf(lane)}
                r={7}
              />
              {made > 1 && (
                <text
                  className={isRefused === false ? "count" : ""}
                  x={leftOf(step) + sizes.step / 2}
                  y={middleOf(lane) + 3.5}
                  textAnchor="middle"
                >
                  {made}
                </text>
              )}
            </g>
          ))}
      </svg>
      {tools.length > mostLanes && (
        <p className="faint">
          {
            {
              zh: `另有 ${tools.length - mostLanes} 种调用没有画。`,
              en: `${tools.length - mostLanes} more tools are not drawn.`,
            }[lang]
          }
        </p>
      )}
    </figure>
  );
}

const mostName = 18;
const short = (name: string): string => {
  const points = Array.from(name);
  return points.length > mostName ? `${points.slice(0, mostName - 1).join("")}…` : name;
};

function drawnOf(turns: readonly CallRecord[]): {
  readonly tools: readonly string[];
  readonly marks: readonly Mark[];
} {
  const lanes = new Map<string, number>();
  const marks = turns.flatMap((turn, step): readonly Mark[] => {
    const { results } = turn;
    const calls = (turn.tool_calls ?? turn.played ?? []).map((call, at) => ({
      name: call.name,
      result: results?.[at]?.content ?? null,
    }));
    return [...Map.groupBy(calls, ({ name }) => name)].map(([name, own]) => {
      const lane = lanes.get(name) ?? lanes.size;
      lanes.set(name, lane);
      const answered = own.flatMap(({ result }) => (result === null ? [] : [result]));
      return {
        step,
        lane,
        calls: own.length,
        refused: answered.length === 0 ? null : answered.some(isRefusal),
      };
    });
  });
  return { tools: [...lanes.keys()], marks };
}

/** Environments answer a call that they cannot carry out with an object that has an `error`. */
function isRefusal(result: string): boolean {
  if (!result.trimStart().startsWith("{")) return false;
  try {
    const value: unknown = JSON.parse(result);
    return typeof value === "object" && value !== null && "error" in value;
  } catch {
    return false;
  }
}
