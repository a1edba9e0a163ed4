import type { Lang } from "../../../domain/text.ts";
import type { Comparison } from "../comparison.ts";

import { heavySuite, swayingSuite } from "../../leaderboard/notes/suite-scores.ts";
import { clean, fixed } from "../../render/format.ts";

/** What a reader of the table of differences wonders about: intervals that end at 0, verdicts that are none, a suite of few items. */
export function differenceNotes(
  { total, parts, suites, margin, same_answers }: Comparison,
  lang: Lang,
): readonly string[] {
  if (same_answers.self) return [];
  const zh = lang === "zh";
  const rows = [total, ...parts];
  const endsAtZero = rows.some(
    ({ delta, interval }) =>
      delta !== null && delta !== 0 && (interval?.low === 0 || interval?.high === 0),
  );
  const within = `±${fixed(margin * 100, 1)}`;
  const meanings = [
    ...(rows.some(({ verdict }) => verdict === "too few items")
      ? [
          zh
            ? "题数不足：有变化的题太少，不论怎么变都下不了结论"
            : "too few items: so few changed that no result could have shown anything",
        ]
      : []),
    ...(rows.some(({ verdict }) => verdict === "not enough data")
      ? [
          zh
            ? `数据不足：既不能说变了，也不能说相差在 ${within} 分以内`
            : `not enough data: neither a change nor a tie within ${within} is shown`,
        ]
      : []),
  ];
  const decided = rows.some(({ verdict }) => verdict === "better" || verdict === "worse");
  const parted = meanings.length > 0 && decided && parts.length > 0;
  const heavy = heavySuite(suites);
  return [
    ...(endsAtZero
      ? [
          zh
            ? "以 0 为一端的区间：判断以检验的 p 为准。p < 0.05 的，区间到 0 为止（算出来的略越过 0）；其余的放宽到含 0，免得区间与判断相反。"
            : "An interval that ends at 0: the test decides. Where p < 0.05 the interval stops at 0 (it reached a little beyond), elsewhere it is widened to hold 0, so that the two never contradict each other.",
        ]
      : []),
    ...(meanings.length > 0
      ? [
          `${meanings.join(zh ? "；" : "; ")}${zh ? "。" : "."}${
            parted
              ? zh
                ? "总分与各部分分开检验，各部分题少、又要校正，常常总分够下结论而各部分不够。"
                : " The total is tested apart from its parts, which have fewer items and are adjusted: often it shows what no part does."
              : ""
          }`,
        ]
      : []),
    ...(heavy === null
      ? []
      : [heavyText(heavy, { suites: suites.length, sways: swayingSuite(suites) !== null }, lang)]),
  ];
}

function heavyText(
  { small, large, times }: NonNullable<ReturnType<typeof heavySuite>>,
  { suites, sways }: { readonly suites: number; readonly sways: boolean },
  lang: Lang,
): string {
  const [few, many] = [clean(small.suite), clean(large.suite)];
  if (lang === "zh") {
    const then = sways ? "，总分的差多半由它左右" : "";
    return `总分里 ${few} 的一题抵 ${many} 的 ${times} 题（${few} ${small.items} 题，${many} ${large.items} 题，共 ${suites} 个题集）${then}；只看 ${many}，看 [${many}] 一行。`;
  }
  const then = sways ? ", so it sways the difference" : "";
  return `In the total one item of ${few} counts as much as ${times} of ${many} (${small.items} and ${large.items} items, ${suites} suites)${then}; for ${many} alone see the row [${many}].`;
}
