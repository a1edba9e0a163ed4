import { Box, render, Text } from "ink";

import type { LoadFileLine, LoadPlan, LoadRequest } from "../../domain/load/lines.ts";
import type { Lang } from "../../domain/text.ts";

import { isGood } from "../../engine/load/good.ts";
import { curveLine, curveTitle, type StepView } from "./curve-lines.ts";

export type LoadScreenOptions = {
  readonly lang: Lang;
  readonly stdout: NodeJS.WriteStream;
};

/** As the rows come in, of which nothing is shown before the next drawing. */
type Counted = { -readonly [Name in keyof StepView]: StepView[Name] } & {
  readonly first: number[];
};

const drawMs = 250;
/** Steps that are shown; earlier ones scroll out. */
const mostSteps = 14;

/** The curve as it grows: a bar of good requests for each step, the one under way at the end. Draws four times a second, outside what is measured. */
export function createLoadScreen(
  plan: LoadPlan,
  { lang, stdout }: LoadScreenOptions,
): { readonly take: (line: LoadFileLine) => void; readonly close: () => Promise<void> } {
  const steps = new Map<number, Counted>();
  const started = performance.now();
  const view = () => (
    <Curve
      steps={[...steps.values()]}
      lang={lang}
      ms={performance.now() - started}
      columns={stdout.columns || 80}
    />
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

const empty = (target: string, step: number): Counted => ({
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
function counted(view: Counted, row: LoadRequest, { slo }: LoadPlan): Counted {
  view.sent += 1;
  if (row.phase !== "measure" || row.outcome === "aborted") return view;
  view.measured += 1;
  view.good += isGood(row, slo) ? 1 : 0;
  view.limited += row.outcome === "rate-limited" ? 1 : 0;
  if (row.first_token_ms !== null) view.first.push(row.first_token_ms);
  return view;
}

type CurveProps = {
  readonly steps: readonly StepView[];
  readonly lang: Lang;
  readonly ms: number;
  readonly columns: number;
};

const Curve = ({ steps, lang, ms, columns }: CurveProps) => (
  <Box flexDirection="column">
    <Text bold>{curveTitle(ms, lang, columns)}</Text>
    {steps.slice(-mostSteps).map((step) => (
      <Text key={step.step} wrap="truncate" dimColor={step.line?.self_check.trusted === false}>
        {curveLine(step, lang, columns)}
      </Text>
    ))}
  </Box>
);
