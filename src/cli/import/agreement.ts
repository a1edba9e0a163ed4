import type { AnswerLine, ItemLine, ScoreLine } from "../../domain/run-file/lines.ts";
import type { Lang, Text } from "../../domain/text.ts";

import { colon } from "../../domain/text.ts";
import { goldText } from "../../report/people/review/case.ts";
import { renderCsv } from "../../report/render/csv.ts";
import { clean, percent } from "../../report/render/format.ts";
import { verdictWords } from "../../report/render/words.ts";

/** An answer on which the other tool and the graders of baimo differ. */
type Disagreement = {
  readonly key: string;
  readonly gold: string;
  readonly reply: string;
  readonly theirs: number;
  readonly by: string;
  readonly read: string | null;
  readonly ours: ScoreLine;
};

/** Verdicts of another tool beside ours. */
export type VerdictAgreement = ReturnType<typeof createAgreement>;

/** Half a point and more is another verdict: right against wrong, or a part against none. */
const apart = 0.5;

/** Compares answers as they are graded. Only answers that both gave a value are compared. */
export function createAgreement() {
  const counts = { theirs: 0, both: 0, same: 0, stricter: 0, milder: 0, unresolved: 0, open: 0 };
  const differing: Disagreement[] = [];
  return {
    counts: (): Readonly<typeof counts> => counts,
    differing: (): readonly Disagreement[] => differing,
    take: (item: ItemLine, answer: AnswerLine, ours: ScoreLine): void => {
      const theirs = answer.graded_elsewhere;
      if (theirs === undefined || theirs.value === null) return;
      counts.theirs += 1;
      if (ours.value === null) {
        counts.open += 1;
        return;
      }
      counts.both += 1;
      if (Math.abs(ours.value - theirs.value) < apart) {
        counts.same += 1;
        return;
      }
      if (ours.verdict === "unresolved") counts.unresolved += 1;
      else if (ours.value < theirs.value) counts.stricter += 1;
      else counts.milder += 1;
      differing.push({
        key: answer.key,
        gold: clean(goldText({ item, answer }), 300),
        reply: clean(answer.turns.at(-1)?.text ?? "", 2_000),
        theirs: theirs.value,
        by: theirs.by,
        read: theirs.extracted,
        ours,
      });
    },
  };
}

const shown = 12;

/** What was compared, and the first of those that differ. */
export function agreementLines(agreement: VerdictAgreement, lang: Lang): readonly string[] {
  const { theirs, both, same, stricter, milder, unresolved, open } = agreement.counts();
  if (theirs === 0) return [];
  const differing = agreement.differing();
  const zh = lang === "zh";
  return [
    zh
      ? `与原工具的判定对照：它给出 ${theirs} 条，双方都判了 ${both} 条，一致 ${same} 条（${percent(both === 0 ? null : same / both)}）；它对我错 ${stricter}，它错我对 ${milder}，我方未解析 ${unresolved}${open === 0 ? "" : `；我方未判 ${open}`}`
      : `beside the tool's own verdicts: it gave ${theirs}, both graded ${both}, the same ${same} (${percent(both === 0 ? null : same / both)}); right there and wrong here ${stricter}, wrong there and right here ${milder}, unresolved here ${unresolved}${open === 0 ? "" : `; ungraded here ${open}`}`,
    ...differing.slice(0, shown).map((each) => `  ${differenceLine(each, lang)}`),
    ...(differing.length > shown
      ? [
          zh
            ? `  还有 ${differing.length - shown} 条；--disagreements FILE.csv 写出全部`
            : `  and ${differing.length - shown} more; --disagreements FILE.csv writes all of them`,
        ]
      : []),
  ];
}

function differenceLine(
  { key, gold, reply, theirs, by, read, ours }: Disagreement,
  lang: Lang,
): string {
  const verdict = verdictWords[ours.verdict][lang];
  const own = ours.extracted === null ? "" : `（${clean(ours.extracted, 40)}）`;
  const there = read === null ? "" : `（${clean(read, 40)}）`;
  return lang === "zh"
    ? `${key}${colon[lang]}标准答案 ${clip(gold)}；回答“${clip(reply)}”；${by} ${theirs}${there}，${ours.grader.id} ${verdict}${own}`
    : `${key}${colon[lang]}gold ${clip(gold)}; reply "${clip(reply)}"; ${by} ${theirs}${there}, ${ours.grader.id} ${verdict}${own}`;
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const columns: readonly (readonly [title: Text, of: (each: Disagreement) => string])[] = [
  [{ zh: "键", en: "key" }, ({ key }) => key],
  [{ zh: "标准答案", en: "gold" }, ({ gold }) => gold],
  [{ zh: "回答", en: "reply" }, ({ reply }) => reply],
  [{ zh: "原工具", en: "graded by" }, ({ by }) => by],
  [{ zh: "原工具得分", en: "its value" }, ({ theirs }) => String(theirs)],
  [{ zh: "原工具读出", en: "it read" }, ({ read }) => read ?? ""],
  [{ zh: "评分器", en: "grader" }, ({ ours }) => ours.grader.id],
  [{ zh: "判定", en: "verdict" }, ({ ours }) => ours.verdict],
  [{ zh: "得分", en: "value" }, ({ ours }) => String(ours.value ?? "")],
  [{ zh: "读出", en: "read" }, ({ ours }) => ours.extracted ?? ""],
  [{ zh: "判定依据", en: "why" }, ({ ours }) => ours.why],
];

/** All of them as a sheet. */
export const disagreementCsv = (agreement: VerdictAgreement, lang: Lang): string =>
  renderCsv({
    columns: columns.map(([title]) => ({ title: title[lang] })),
    rows: agreement.differing().map((each) => columns.map(([, of]) => of(each))),
  });
