import type { Lang, Text } from "../../domain/text.ts";
import type { CountedShare, GraderQuality } from "../../grading/calibration/quality.ts";
import type { Table } from "../render/table.ts";

import { colon } from "../../domain/text.ts";
import { clean, fixed, percent } from "../render/format.ts";
import { reasonText, reasonWithName } from "../render/reasons.ts";
import { renderTerminal } from "../render/terminal.ts";
import { fit, widthOf } from "../render/width.ts";
import {
  type Disagreement,
  disagreementKind,
  type GradedRow,
  type GraderSummary,
  isDebatable,
} from "./grader-report.ts";

export type GraderTextOptions = {
  readonly lang: Lang;
  readonly width: number;
  /** Disagreements listed at most. */
  readonly limit: number;
};

/** The figures, their parts by grader and kind, the rules that decided, and every disagreement with its reply. */
export function graderReportText(
  summary: GraderSummary,
  rows: readonly GradedRow[],
  { lang, width, limit }: GraderTextOptions,
): string {
  const zh = lang === "zh";
  const differing = rows.filter((row) => disagreementKind(row) !== null);
  const lines = [...qualityLines(summary, lang)];
  if (summary.debatable !== null) {
    const { n } = summary.debatable;
    lines.push("", words.debatable[lang].replace("#", String(n)));
    lines.push(...qualityLines(summary.debatable, lang).slice(1, 5));
  }
  if (Object.keys(summary.by_grader).length > 1) {
    const table = partsTable(zh ? "评分器" : "grader", summary.by_grader, lang);
    lines.push("", renderTerminal(table, width));
  }
  if (Object.keys(summary.by_kind).length > 0) {
    const table = partsTable(zh ? "类别" : "kind", summary.by_kind, lang);
    lines.push("", renderTerminal(table, width));
  }
  lines.push("", renderTerminal(rulesTable(rows, lang), width));
  if (differing.length > 0) {
    lines.push("", ...differing.slice(0, limit).map((each) => shownRow(each, lang)));
  }
  if (differing.length > limit) lines.push(`… ${differing.length - limit}`);
  return lines.join("\n");
}

const words = {
  recall: { zh: "标注为对、也判为对（召回）", en: "labelled right, graded right (recall)" },
  precision: { zh: "判为对、标注也为对（精确）", en: "graded right, labelled right (precision)" },
  misread: { zh: "读成了别的答案", en: "another answer read" },
  unresolvedRight: { zh: "标注为对、没读出答案", en: "labelled right, no answer found" },
  unresolvedWrong: { zh: "标注为错、没读出答案", en: "labelled wrong, no answer found" },
  debatable: {
    zh: "标注本身有争议的 # 条，不计入其他各数：",
    en: "# rows whose label is debatable, in none of the other figures:",
  },
} as const satisfies Readonly<Record<string, Text>>;

function qualityLines(quality: GraderQuality, lang: Lang): readonly string[] {
  const { n, questions, agree, agreement, agreement_interval, kappa } = quality;
  const zh = lang === "zh";
  const size =
    questions === n
      ? ""
      : zh
        ? `（${questions} 道题，同题的各行合在一起算区间）`
        : ` on ${questions} questions, whose rows count together in the intervals`;
  const kappaText = kappa === null ? (zh ? "未知" : "unknown") : fixed(kappa, 3);
  const figures: readonly (readonly [Text, CountedShare])[] = [
    [words.recall, quality.recall],
    [words.precision, quality.precision],
    [words.misread, quality.misread],
    [words.unresolvedRight, quality.unresolved_right],
    [words.unresolvedWrong, quality.unresolved_wrong],
  ];
  const label = Math.max(...figures.map(([title]) => widthOf(title[lang])));
  const agreed = { count: agree, of: n, share: agreement, interval: agreement_interval };
  return [
    zh ? `${n} 条标注${size}` : `${n} labelled rows${size}`,
    ...figures
      .slice(0, 3)
      .map(([title, share]) => `  ${fit(title[lang], label)}  ${shareText(share)}`),
    `  ${fit(zh ? "与标注一致" : "agrees with the label", label)}  ${shareText(agreed)}  kappa ${kappaText}`,
    ...figures
      .slice(3)
      .map(([title, share]) => `  ${fit(title[lang], label)}  ${shareText(share)}`),
    zh
      ? `  误判为对 ${quality.false_right}，误判为错 ${quality.false_wrong}；无法判断 ${quality.unresolved}`
      : `  false right ${quality.false_right}, false wrong ${quality.false_wrong}; unresolved ${quality.unresolved}`,
  ];
}

/** `86.1% [80.7, 90.1]  179/208` */
function shareText({ count, of, share, interval }: CountedShare): string {
  if (share === null || interval === null) return "—";
  const bounds = `[${fixed(interval.low * 100, 1)}, ${fixed(interval.high * 100, 1)}]`;
  return `${percent(share)} ${bounds}  ${count}/${of}`;
}

function partsTable(
  title: string,
  parts: Readonly<Record<string, GraderQuality>>,
  lang: Lang,
): Table {
  const zh = lang === "zh";
  const figure = (name: string, drop: number) => ({ title: name, align: "right" as const, drop });
  return {
    columns: [
      { title, shrink: 10 },
      figure(zh ? "条数" : "rows", 0),
      figure(zh ? "召回" : "recall", 0),
      figure(zh ? "精确" : "precision", 1),
      figure(zh ? "读错" : "misread", 0),
      figure(zh ? "对而未读出" : "right, none found", 2),
      figure(zh ? "错而未读出" : "wrong, none found", 3),
      figure(zh ? "一致" : "agree", 0),
    ],
    rows: Object.entries(parts)
      .toSorted(([, a], [, b]) => lostBy(b) - lostBy(a) || b.n - a.n)
      .map(([name, each]) => [
        clean(name),
        String(each.n),
        ofText(each.recall),
        ofText(each.precision),
        ofText(each.misread),
        ofText(each.unresolved_right),
        ofText(each.unresolved_wrong),
        percent(each.agreement),
      ]),
  };
}

/** What costs points or gives them away comes first. */
const lostBy = ({ misread, unresolved_right }: GraderQuality): number =>
  misread.count + unresolved_right.count;

/** Few rows say more as a count: a percentage of three is none. */
const ofText = ({ count, of }: CountedShare): string => (of === 0 ? "—" : `${count}/${of}`);

/** The values between which a rule could not decide. */
const named = /(?<=: several (?:numbers|formulas)): [\s\S]*$/;

function rulesTable(rows: readonly GradedRow[], lang: Lang): Table {
  const zh = lang === "zh";
  const byRule = Map.groupBy(rows, ({ grade }) => {
    const rule = reasonWithName(grade.why.replace(named, ""), lang);
    return grade.verdict === "unresolved"
      ? `${disagreementWords.unresolved[lang]}${colon[lang]}${rule}`
      : rule;
  });
  return {
    columns: [
      { title: zh ? "判定依据" : "rule", shrink: 12 },
      { title: zh ? "条数" : "rows", align: "right" },
      { title: zh ? "不一致" : "disagreeing", align: "right" },
    ],
    rows: [...byRule]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([why, group]) => {
        const differing = group.filter((row) => disagreementKind(row) !== null).length;
        return [clean(why), String(group.length), String(differing)];
      }),
  };
}

const disagreementWords: Readonly<Record<Disagreement, Text>> = {
  false_right: { zh: "误判为对", en: "false right" },
  false_wrong: { zh: "误判为错", en: "false wrong" },
  misread: { zh: "读成别的答案", en: "another answer read" },
  unresolved: { zh: "无法判断", en: "unresolved" },
  ungraded: { zh: "未判", en: "ungraded" },
};

function shownRow(result: GradedRow, lang: Lang): string {
  const { row, grade, line, expect } = result;
  const zh = lang === "zh";
  const kind = disagreementKind(result);
  const gold = JSON.stringify(row.answer ?? row.answers ?? null);
  const parts = [
    `${line}  ${clean(String(row.id ?? ""))}`,
    kind === null ? "" : disagreementWords[kind][lang],
    isDebatable(result) ? (zh ? "（有争议）" : "(debatable)") : "",
    `${zh ? "标准" : "gold"} ${gold}`,
    `${zh ? "标注" : "label"} ${String(row.label)}`,
    expect === null ? "" : `${zh ? "应读出" : "to be read"} ${expect === "" ? "-" : clean(expect)}`,
    `${zh ? "读出" : "read"} ${grade.extracted ?? "-"} (${reasonText(grade.why, lang)})`,
  ];
  return `── ${parts.filter((part) => part !== "").join("  ")}\n${excerpt(row.response)}`;
}

/** Enough of a long reply to see why: its beginning and its end. Control characters stay out of the terminal. */
function excerpt(reply: string): string {
  const shown = reply.replaceAll(/[\p{Cc}\p{Cs}]/gu, (char) => (char === "\n" ? "\n" : "�"));
  return shown.length <= 600 ? shown : `${shown.slice(0, 250)} …… ${shown.slice(-300)}`;
}
