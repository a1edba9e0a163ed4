import type { EndLine, StoppedTarget } from "../../domain/run-file/session.ts";
import type { Text } from "../../domain/text.ts";
import type { Failure } from "../../report/view/model.ts";
import type { Context } from "../context.ts";
import type { HigherCaps } from "./resume/higher-caps.ts";

import { isFailed } from "../../domain/outcome.ts";
import { isAskedAgain } from "../../engine/run/resume.ts";
import { isOfAddress } from "../../report/advice/address.ts";
import { stoppedLine } from "../../report/run/stopped-text.ts";
import { ownName } from "../names.ts";

export type Ended = {
  /** The run file, as the user would write it. */
  readonly shown: string;
  readonly end: EndLine;
  readonly caps: HigherCaps | null;
  readonly failures: readonly Failure[];
  /** Answers of the whole file that stand as failed, as its board counts them. */
  readonly failed: number;
};

/** Where the results are and, on a line of its own so that it can be copied whole, the command to run next. */
export function closing(
  { shown: file, end, caps, failures, failed }: Ended,
  context: Context,
): string {
  const { lang } = context;
  const name = ownName(context);
  const option = optionToAskAgain(end, failures);
  const resume = `${name} run --resume ${file}${option}`;
  if (end.status === "interrupted") {
    return {
      zh: `已中断，已有的回答都在 ${file}。继续：\n${resume}`,
      en: `Interrupted; all answers are in ${file}. Go on:\n${resume}`,
    }[lang];
  }
  const stopped = end.stopped ?? [];
  if (end.status === "budget" || stopped.length > 0) {
    const unasked = stopped.reduce((sum, each) => sum + each.unasked, 0);
    const missing = missingText({ unasked, ended: end.failed, failed }, option)[lang];
    const needs = caps?.needs ?? { zh: "", en: "" };
    const then =
      end.status === "budget"
        ? {
            zh: `续跑沿用原来的上限${needs.zh === "" ? "" : `；${needs.zh}`}，提高上限继续：`,
            en: `Go on with a higher cap${needs.en === "" ? "" : ` (${needs.en})`}; the old one holds otherwise:`,
          }
        : thenGoOn(stopped);
    const last = {
      zh: `${missing}，已有的都在 ${file}。${then.zh}\n${resume}${caps?.options ?? ""}`,
      en: `${missing}; the others are in ${file}. ${then.en}\n${resume}${caps?.options ?? ""}`,
    }[lang];
    return [...stopped.map((each) => stoppedLine(each, lang)), last].join("\n");
  }
  if (end.failed > 0) {
    const missing = missingText({ unasked: 0, ended: end.failed, failed }, option)[lang];
    return {
      zh: `运行文件 ${file}；${missing}：\n${resume}`,
      en: `Run file ${file}; ${missing}:\n${resume}`,
    }[lang];
  }
  return {
    zh: `运行文件 ${file}。逐题看回答，哪里错、为什么错（报告页）：\n${name} report ${file}\n在终端里只看判错和没有读出答案的：\n${name} review ${file} --wrong\n全部列：\n${name} leaderboard ${file} --wide`,
    en: `Run file ${file}. Every answer, which are wrong and why (a page):\n${name} report ${file}\nOnly those that are wrong or could not be read, in the terminal:\n${name} review ${file} --wrong\nAll columns:\n${name} leaderboard ${file} --wide`,
  }[lang];
}

/** The option without which a continuation would take some failed call for answered; empty where it asks all of them again by itself. */
function optionToAskAgain({ failed }: EndLine, failures: readonly Failure[]): string {
  const own = failures.filter(({ outcome }) => isFailed(outcome));
  return own.length >= failed && own.every(isAskedAgain) ? "" : " --retry-failed";
}

/** A run file keeps the names of its models, so that a misspelt one is asked for again by every continuation. */
function thenGoOn(stopped: readonly StoppedTarget[]): Text {
  const misspelt = stopped.flatMap(({ target, reason, status, message }) =>
    reason === "model-not-found" &&
    !isOfAddress({ status, message, model: target.slice(target.indexOf("/") + 1) })
      ? [target]
      : [],
  );
  return misspelt.length === 0
    ? { zh: "处理后继续：", en: "Go on once that is mended:" }
    : {
        zh: `型号写错的话，改好后再执行一次刚才的命令：这份文件记着 ${misspelt.join("、")}，续跑问的还是它。型号没写错、服务那边补上了，才接着跑：`,
        en: `If the model is misspelt, mend it and say the same command again: this file holds ${misspelt.join(", ")}, and a continuation asks for that. Only if the server has it now, go on:`,
      };
}

/** Answers that a run lacks. */
export type Missing = {
  /** Not asked for in this session, though some may have been in an earlier one. */
  readonly unasked: number;
  /** Failed by the account of this session's end. */
  readonly ended: number;
  /** Stand as failed in the whole file. */
  readonly failed: number;
};

/** What a run that stopped early lacks, and how many of that were asked for and failed: as many as its board says. */
export function missingText({ unasked, ended, failed: listed }: Missing, option: string): Text {
  const again =
    option === ""
      ? { zh: "（续跑会重问）", en: " (a continuation asks them again)" }
      : { zh: "（--retry-failed 会重问）", en: " (--retry-failed asks them again)" };
  const calls = (count: number): string => `${count} ${count === 1 ? "call" : "calls"}`;
  const failed = Math.max(ended, listed);
  if (failed === 0) {
    return { zh: `还差 ${unasked} 次作答`, en: `${unasked} answers are missing` };
  }
  if (unasked === 0) {
    return {
      zh: `${failed} 次调用失败${again.zh}`,
      en: `${calls(failed)} failed${again.en}`,
    };
  }
  const all = Math.max(unasked + ended, failed);
  return {
    zh: `还差 ${all} 次作答，其中 ${failed} 次问过但失败${again.zh}`,
    en: `${all} answers are missing, of which ${failed} were asked for and failed${again.en}`,
  };
}
