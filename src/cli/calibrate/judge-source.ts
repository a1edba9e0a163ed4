import { resolve } from "node:path";

import type { GradeContext } from "../../domain/grader.ts";
import type { JudgeCall, Panel } from "../../domain/judging.ts";
import type { Money } from "../../domain/money.ts";
import type { GraderRef } from "../../domain/suite.ts";
import type { JudgingCost } from "../../report/calibration/judge-summary.ts";
import type { Context } from "../context.ts";
import type { BenchFile } from "./bench-file.ts";

import { digestOf } from "../../domain/digest.ts";
import { isGraded } from "../../domain/outcome.ts";
import { UserError } from "../../domain/text.ts";
import { judges as purse } from "../../engine/run/budget.ts";
import { readConfig } from "../../store/config.ts";
import { openGraders } from "../../store/graders.ts";
import { scanRun } from "../../store/runs/reader.ts";
import { type JudgePool, openJudgePool } from "./judge-pool.ts";

/** One time that a row is judged. */
export type Sitting = {
  readonly row_key: string;
  /** `base`, `repeat 2`, `no reference`. */
  readonly pass: string;
  /** Added to the number of every vote, so that a repeated one has a seed of its own. */
  readonly votesFrom: number;
};

/** Where verdicts come from that are not recorded in the rows. */
export type JudgeSource = {
  /** Names of the judges. */
  readonly judges: readonly string[];
  /** What decides over the verdicts besides the grader and its options. */
  readonly stamp: unknown;
  /** True where calls are made, and so paid. */
  readonly isLive: boolean;
  readonly atOnce: number;
  /** What a grader may use for one sitting. */
  readonly context: (sitting: Sitting, file: BenchFile | null) => GradeContext;
  /** Resolves when every call under way has ended and been written down. */
  readonly settled: () => Promise<void>;
  /** True once the money is used up. */
  readonly isSpent: () => boolean;
  readonly cost: () => JudgingCost;
  readonly close: () => Promise<void>;
};

export type JudgeSourceOptions = {
  readonly replay: string | null;
  readonly config: string | null;
  readonly maxCost: Money | null;
};

/** Opens the run file of `--replay`, else the judges of the config. Throws a UserError where there is none. */
export async function openJudgeSource(
  given: NonNullable<GraderRef["with"]>,
  { replay, config: named, maxCost }: JudgeSourceOptions,
  context: Context,
): Promise<JudgeSource> {
  if (replay !== null) return replaySource(resolve(context.cwd, replay));
  const config = await readConfig(context.cwd, named);
  // What answers are compared with stands in the rows.
  const { baseline: _, mode: __, ...own } = given;
  const refs = [{ use: "judge", with: own }];
  const setup = { refs, config, graders: openGraders(config), run: null };
  const pool = await openJudgePool(setup, { maxCost, allowUnknownPrice: false }, context);
  if (pool === null) throw noJudge;
  return liveSource(pool);
}

const messagesOf = (prompt: Parameters<NonNullable<GradeContext["ask"]>>[1]) =>
  typeof prompt === "string" ? [{ role: "user", text: prompt } as const] : prompt;

const once = { vote: 1, temperature: 0 } as const;

function liveSource({ judging, judges, budget, atOnce, close }: JudgePool): JudgeSource {
  const underWay = new Set<Promise<unknown>>();
  const known = new Map<string, string>();
  let read: BenchFile | null = null;
  let [replayed, isSpent] = [0, false];
  const made: JudgeCall[] = [];
  /** Takes in what earlier sessions paid. */
  const remember = (file: BenchFile | null): void => {
    if (file === null || file === read) return;
    read = file;
    for (const { row_key, pass, vote, temperature, call } of file.calls) {
      if (!isGraded(call.outcome)) continue;
      const name = [row_key, pass, call.judge, call.prompt_digest, vote, temperature];
      known.set(JSON.stringify(name), call.text);
    }
  };
  const pay: JudgePool["judges"]["ask"] = async (judge, messages, how, keep) => {
    const texts = messages.map(({ text }) => text);
    const held = await budget.reserve(purse, () => judges.needOf(judge, 1, texts, 0));
    if (held === null) {
      isSpent = true;
      throw Object.assign(new Error("the money is used up"), { name: "AbortError" });
    }
    const calls: JudgeCall[] = [];
    try {
      return await judges.ask(judge, messages, how, (call) => {
        calls.push(call);
        keep(call);
      });
    } finally {
      held.settle(calls.map(judges.spentOn));
    }
  };
  return {
    judges: [...new Set([...judging.panels.values()].flatMap((panel) => panel.judges))],
    stamp: [...judging.panels],
    isLive: true,
    atOnce,
    context: ({ row_key, pass, votesFrom }, file) => {
      remember(file);
      const ask: GradeContext["ask"] = async (judge, prompt, how = once) => {
        const messages = messagesOf(prompt);
        const { temperature } = how;
        const vote = how.vote + votesFrom;
        const name = [row_key, pass, judge, digestOf(messages), vote, temperature];
        const before = known.get(JSON.stringify(name));
        if (before !== undefined) {
          replayed += 1;
          return before;
        }
        const keep = (call: JudgeCall): void => {
          made.push(call);
          file?.call({ row_key, pass, vote, temperature, call });
        };
        const asked = pay(judge, messages, { ...how, vote }, keep);
        const ended = asked.catch(() => undefined).finally(() => underWay.delete(ended));
        underWay.add(ended);
        return asked;
      };
      const panel = (panelName: string): Panel | null => {
        const found = judging.panels.get(panelName);
        if (found === undefined) return null;
        return { ...found, judges: found.judges.map((ref) => ({ ref, kin: false })) };
      };
      return { ask, panel };
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    isSpent: () => isSpent,
    cost: () => costOf([...(read?.calls ?? []).map(({ call }) => call), ...made], replayed),
    close,
  };
}

function costOf(calls: readonly JudgeCall[], replayed: number): JudgingCost {
  const known = calls.flatMap(({ cost }) => cost ?? []);
  return {
    calls: calls.length,
    replayed,
    cost: [...Map.groupBy(known, ({ currency }) => currency)].map(([currency, own]) => ({
      currency,
      amount: own.reduce((sum, { amount }) => sum + amount, 0),
    })),
    unknown: calls.length - known.length,
  };
}

/** Replays the answers of judges from a run file, looked up by prompt; votes on one prompt keep their order. */
async function replaySource(file: string): Promise<JudgeSource> {
  const replies = new Map<string, string[]>();
  const judges = new Set<string>();
  const take = ({ judge, prompt_digest, text }: JudgeCall): void => {
    if (judge === undefined || prompt_digest === undefined) return;
    judges.add(judge);
    const key = `${judge} ${prompt_digest}`;
    replies.set(key, [...(replies.get(key) ?? []), text]);
  };
  await scanRun(file, (line) => {
    if (line.kind === "score") line.judge_calls?.forEach(take);
  });
  const ask: GradeContext["ask"] = (judge, prompt, how = once) => {
    const said = replies.get(`${judge} ${digestOf(messagesOf(prompt))}`) ?? [];
    const text = said[Math.min(how.vote, said.length) - 1];
    return text === undefined
      ? Promise.reject(new Error("not in the recorded run"))
      : Promise.resolve(text);
  };
  const panel = (): Panel => ({ judges: [...judges].map((ref) => ({ ref, kin: false })) });
  return {
    judges: [...judges],
    stamp: file,
    isLive: false,
    atOnce: 1,
    context: () => ({ ask, panel }),
    settled: () => Promise.resolve(),
    isSpent: () => false,
    cost: () => costOf([], 0),
    close: () => Promise.resolve(),
  };
}

const noJudge = new UserError({
  zh: "没有裁判可问：请在 baimo.yaml 里写 judges: {default: [服务商/模型]}，或用 --replay 给出已有裁判记录的运行文件，或在各行里写 recorded",
  en: "there is no judge to ask: write judges: {default: [provider/model]} in baimo.yaml, name a run file that holds judge calls with --replay, or give each row a recorded verdict",
});
