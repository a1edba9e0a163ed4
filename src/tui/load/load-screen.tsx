import { Box, render, Text } from "ink";

import type { LoadFileLine, LoadPlan, LoadRequest, LoadStep } from "../../domain/load/lines.ts";
import type { Lang } from "../../domain/text.ts";

import { isGood } from "../../engine/load/good.ts";
import { levelText } from "../../report/load/text.ts";
import { percent, seconds } from "../../report/render/format.ts";

export type LoadScreenOptions = {
  readonly lang: Lang;
  readonly stdout: NodeJS.WriteStream;
};

type StepView = {
  readonly target: string;
  readonly step: number;
  readonly line: LoadStep | null;
  sent: number;
  measured: number;
  good: number;
  limited: number;
  readonly first: number[];
};

const drawMs = 250;
/** Steps that are shown; earlier ones scroll out. */
const mostSteps = 14;
const barCells = 24;

/** The curve as it grows: a bar of good requests for each step, the one under way at the end. Draws four times a second, outside what is measured. */
export function createLoadScreen(
  plan: LoadPlan,
  { lang, stdout }: LoadScreenOptions,
): { readonly take: (line: LoadFileLine) => void; readonly close: () => Promise<void> } {
  const steps = new Map<number, StepView>();
  const started = performance.now();
  const view = () => (
    <Curve steps={[...steps.values()]} lang={lang} ms={performance.now() - started} />
  );
  const app = render(view(), { stdout, exitOnCtrlC: false, patchConsole: false, maxFps: 10 });
  const timer = setInterval(() => {
    app.rerender(view());
  }, drawMs);
  return {
    take: (line) => {
      if (line.kind !== "request" && line.kind !== "step") return;
      const { target, step } = line;
      const known = steps.get(step) ?? empty(target, step);
      steps.set(step, line.kind === "step" ? { ...known, line } : counted(known, line, plan));
    },
    close: async () => {
      clearInterval(timer);
      app.rerender(view());
      app.unmount();
      await app.waitUntilExit();
    },
  };
}

const empty = (target: string, step: number): StepView => ({
  target,
  step,
  line: null,
  sent: 0,
  measured: 0,
  good: 0,
  limited: 0,
  first: [],
});

/** Changes the view, of which there is one for each step and no other reader. */
function counted(view: StepView, row: LoadRequest, { slo }: LoadPlan): StepView {
  view.sent += 1;
  if (row.phase !== "measure" || row.outcome === "aborted") return view;
  view.measured += 1;
  view.good += isGood(row, slo) ? 1 : 0;
  view.limited += row.outcome === "rate-limited" ? 1 : 0;
  if (row.first_token_ms !== null) view.first.push(row.first_token_ms);
  return view;
}

type CurveProps = { readonly steps: readonly StepView[]; readonly lang: Lang; readonly ms: number };

function Curve({ steps, lang, ms }: CurveProps) {
  const head = {
    zh: `压力测试 ${seconds(ms)} 秒 · Ctrl-C 立即停下并出表`,
    en: `Load, ${seconds(ms)} s · Ctrl-C stops at once and prints the table`,
  }[lang];
  return (
    <Box flexDirection="column">
      <Text bold>{head}</Text>
      {steps.slice(-mostSteps).map((step) => (
        <Text key={step.step} wrap="truncate" dimColor={step.line?.self_check.trusted === false}>
          {stepText(step, lang)}
        </Text>
      ))}
    </Box>
  );
}

function stepText(
  { target, line, sent, measured, good, limited, first }: StepView,
  lang: Lang,
): string {
  const share = measured === 0 ? null : good / measured;
  const bar = "█".repeat(Math.round((share ?? 0) * barCells)).padEnd(barCells, "░");
  const middle = first.toSorted((a, b) => a - b)[Math.floor(first.length / 2)] ?? null;
  const level = line === null ? { zh: "进行中", en: "under way" }[lang] : levelText(line, lang);
  const late =
    line?.self_check.trusted === false
      ? { zh: "  不可信：本机太慢", en: "  not trusted: this machine was late" }[lang]
      : "";
  return {
    zh: `${level.padStart(10)} ${bar} 达标 ${percent(share)}  首字 ${seconds(middle)} 秒  已发 ${sent}  429 ${limited}  ${target}${late}`,
    en: `${level.padStart(10)} ${bar} good ${percent(share)}  TTFT ${seconds(middle)} s  sent ${sent}  429 ${limited}  ${target}${late}`,
  }[lang];
}
