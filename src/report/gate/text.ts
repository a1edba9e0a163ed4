import type { Lang, Text } from "../../domain/text.ts";
import type { Leaderboard } from "../leaderboard/leaderboard.ts";
import type { Table } from "../render/table.ts";
import type { Check, CheckResult } from "./check.ts";

import { colon } from "../../domain/text.ts";
import { remarkedOf, remarkLines } from "../leaderboard/remarks.ts";
import { markdownHeading, markdownList, renderMarkdown } from "../render/markdown.ts";
import { plain } from "../render/plain.ts";
import { renderTerminal, terminalLines } from "../render/terminal.ts";
import { fullMessage } from "./check.ts";

const results: Readonly<Record<CheckResult, Text & { readonly mark: string }>> = {
  passed: { zh: "通过", en: "passed", mark: "✓" },
  failed: { zh: "未通过", en: "failed", mark: "✗" },
  unknown: { zh: "无法判断，按未通过处理", en: "cannot be told, so failed", mark: "✗" },
  undecided: { zh: "未定", en: "undecided", mark: "?" },
};

/** Whether the gate holds, in a sentence. */
function gateConclusion(checks: readonly Check[], lang: Lang): string {
  const failed = checks.filter(({ result }) => result === "failed" || result === "unknown");
  const open = checks.filter(({ result }) => result === "undecided").length;
  if (failed.length === 0 && open === 0) {
    return lang === "zh"
      ? `门禁通过：${checks.length} 条全部满足。`
      : `The gate holds: all ${checks.length} checks passed.`;
  }
  if (failed.length === 0) {
    return lang === "zh"
      ? `门禁未定：${open} 条凭这些数据无法判断。`
      : `The gate is undecided: ${open} checks cannot be told from these data.`;
  }
  const first = failed[0];
  const which = `${first?.target ?? (lang === "zh" ? "整次运行" : "the run")} ${first?.rule}${colon[lang]}${first?.message[lang]}`;
  return lang === "zh"
    ? `门禁未通过：${checks.length} 条中 ${failed.length} 条不满足，首先是 ${which}。`
    : `The gate failed: ${failed.length} of ${checks.length} checks, first ${which}.`;
}

function tableOf(checks: readonly Check[], lang: Lang): Table {
  const titles = lang === "zh" ? ["", "目标", "规则", "结果"] : ["", "Target", "Rule", "Result"];
  return {
    columns: titles.map((title, index) => ({ title, ...(index === 1 ? { shrink: 12 } : {}) })),
    rows: checks.map(({ target, rule, result, message }) => [
      results[result].mark,
      target ?? "—",
      rule,
      message[lang],
    ]),
  };
}

/** What must be known of the targets beside the checks: names of models that came back, missing answers, usage. */
export const gateRemarks = (board: Leaderboard, lang: Lang): readonly string[] =>
  remarkLines(remarkedOf(board, lang), board.decimals, lang);

/** Conclusion, checks and remarks for a terminal. */
export const gateTerminal = (
  checks: readonly Check[],
  lang: Lang,
  width: number,
  remarks: readonly string[] = [],
): string =>
  [
    terminalLines([gateConclusion(checks, lang)]),
    "",
    renderTerminal(tableOf(checks, lang), width),
    ...withBlank([...detailLines(checks, lang), ...remarks]).map(plain),
  ].join("\n");

/** What the checks rest on, beside the table because it is long. */
const detailLines = (checks: readonly Check[], lang: Lang): readonly string[] =>
  checks.flatMap(({ target, rule, details = [] }) =>
    details.map((detail) => `${target ?? "—"} ${rule}${colon[lang]}${detail[lang]}`),
  );

const withBlank = (lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", ...lines];

/** The same for a GitHub step summary. */
export const gateMarkdown = (
  checks: readonly Check[],
  lang: Lang,
  remarks: readonly string[] = [],
): string =>
  [
    markdownHeading(gateConclusion(checks, lang)),
    "",
    renderMarkdown(tableOf(checks, lang)),
    ...withBlank(markdownList([...detailLines(checks, lang), ...remarks])),
    "",
  ].join("\n");

/** JUnit XML: one suite per target, one case per rule, remarks as its output. Undecided checks are reported as skipped. */
export function gateJunit(
  checks: readonly Check[],
  lang: Lang,
  remarks: readonly string[] = [],
): string {
  const groups = [...Map.groupBy(checks, ({ target }) => target ?? "run")];
  const suites = groups.map(([target, members]) => {
    const failures = members.filter(isFailure).length;
    const skipped = members.filter(({ result }) => result === "undecided").length;
    return [
      `  <testsuite name="${escapeXml(target)}" tests="${members.length}" failures="${failures}" errors="0" skipped="${skipped}">`,
      ...members.map((each) => testCase(each, target, lang)),
      "  </testsuite>",
    ].join("\n");
  });
  const failures = checks.filter(isFailure).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="baimo gate" tests="${checks.length}" failures="${failures}">`,
    ...suites,
    ...remarkSuite(remarks),
    "</testsuites>",
    "",
  ].join("\n");
}

/** Readers of JUnit show the output of a suite, so the remarks stand in one of their own. */
const remarkSuite = (remarks: readonly string[]): readonly string[] =>
  remarks.length === 0
    ? []
    : [
        '  <testsuite name="remarks" tests="0" failures="0" errors="0" skipped="0">',
        `    <system-out>${remarks.map(escapeXml).join("\n")}</system-out>`,
        "  </testsuite>",
      ];

const isFailure = ({ result }: Check): boolean => result === "failed" || result === "unknown";

function testCase(each: Check, target: string, lang: Lang): string {
  const message = escapeXml(fullMessage(each, lang));
  const open = `    <testcase classname="${escapeXml(target)}" name="${escapeXml(each.rule)}"`;
  if (isFailure(each)) {
    return `${open}><failure message="${message}">${escapeXml(results[each.result][lang])}</failure></testcase>`;
  }
  return each.result === "undecided"
    ? `${open}><skipped message="${message}"/></testcase>`
    : `${open}/>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text for an attribute or a body; what XML 1.0 cannot hold is left out. */
const escapeXml = (text: string): string =>
  plain(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
