import type { Lang, Text } from "../../../domain/text.ts";
import type { Entry, Leaderboard } from "../leaderboard.ts";

import { clean, fixed, percent, points, targetName } from "../../render/format.ts";
import { heavySuite, type SuiteScores } from "./suite-scores.ts";

/** Suites and tasks that a sentence names at most. */
const mostNamed = 5;

type Told = Pick<Leaderboard, "suites" | "wide" | "entries" | "decimals">;

/** Of which suites the totals are the mean, with their scores where one target alone was asked. */
export function suiteMeanLines(board: Told, lang: Lang): readonly string[] {
  const { suites, entries, decimals } = board;
  const own = entries.filter(({ summary }) => !summary.baseline && !summary.reference);
  const hasTotals = own.some(({ summary: { score } }) => score.value !== null && !score.partial);
  if (suites.length === 0 || !hasTotals) return [];
  const zh = lang === "zh";
  const [only] = own.length === 1 ? own : [];
  const place = only === undefined ? -1 : entries.indexOf(only);
  const isEven = suites.every(({ share }) => share === suites[0]?.share);
  const parts = suites.slice(0, mostNamed).map((each) => {
    const score = each.scores[place] ?? null;
    const said = score === null ? "" : ` ${points(score, decimals)}`;
    const weight = isEven ? "" : zh ? `，占 ${percent(each.share)}` : `, ${percent(each.share)}`;
    return zh
      ? `${clean(each.suite)}${said}（${each.items} 题${weight}）`
      : `${clean(each.suite)}${said} (${each.items} ${each.items === 1 ? "item" : "items"}${weight})`;
  });
  const rest = suites.length - parts.length;
  if (zh) {
    const how = isEven ? `平均，各占 ${shareOf(suites)}` : "加权平均";
    return [
      `总分是 ${suites.length} 个题集的${how}：${parts.join("、")}${rest > 0 ? "等" : ""}。${heavyItems(suites).zh}`,
    ];
  }
  const how = isEven
    ? `mean of ${suites.length} suites, ${shareOf(suites)} each`
    : `weighted mean of ${suites.length} suites`;
  return [
    `A total is the ${how}: ${parts.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.${heavyItems(suites).en}`,
  ];
}

/** Of suites that are small and weigh as much as large ones: that the interval is theirs, and how to see a large one alone. */
function heavyItems(suites: readonly SuiteScores[]): Text {
  const heavy = heavySuite(suites);
  if (heavy === null) return none;
  const { small, large, times } = heavy;
  const [few, many] = [clean(small.suite), clean(large.suite)];
  const cause = {
    zh: `${few} 的一题抵 ${many} 的 ${times} 题，所以区间多半是它撑宽的`,
    en: ` One item of ${few} counts as much as ${times} of ${many}, so most of the interval comes from it`,
  };
  // Whoever asked for many suites wants them all.
  if (suites.length > 2) return { zh: `${cause.zh}。`, en: `${cause.en}.` };
  return {
    zh: `${cause.zh}；只看 ${many}：baimo leaderboard 运行文件 --suite ${many}`,
    en: `${cause.en}; ${many} alone: baimo leaderboard RUN --suite ${many}`,
  };
}

const none: Text = { zh: "", en: "" };

const shareOf = (suites: readonly SuiteScores[]): string => `1/${suites.length}`;

/** The suites' scores of each target, where several were asked. */
export function suiteScoreLines(board: Told, lang: Lang): readonly string[] {
  const { suites, entries, decimals } = board;
  const own = entries.filter(({ summary }) => !summary.baseline && !summary.reference);
  if (suites.length === 0 || own.length < 2) return [];
  return own.map((entry) => {
    const place = entries.indexOf(entry);
    const parts = suites.map(
      ({ suite, scores }) => `${clean(suite)} ${points(scores[place] ?? null, decimals)}`,
    );
    return lang === "zh"
      ? `${nameOf(entry, lang)}：${parts.join("、")}`
      : `${nameOf(entry, lang)}: ${parts.join(", ")}`;
  });
}

/** Why a rank does not skip all those before it: 1, 1, 1, 2. */
export function sharedRankLines({ entries }: Pick<Told, "entries">, lang: Lang): readonly string[] {
  const ranks = entries.flatMap((entry) =>
    entry.rank === null ? [] : [{ rank: entry.rank, name: nameOf(entry, lang) }],
  );
  const at = ranks.findIndex(
    ({ rank }, place) => place > 0 && rank !== ranks[place - 1]?.rank && rank <= place,
  );
  const found = ranks[at];
  if (found === undefined) return [];
  const { rank, name } = found;
  return [
    lang === "zh"
      ? `${name} 排第 ${rank}：排在它前面的有 ${at} 个目标，其中能断定高于它的只有 ${rank - 1} 个，名次只数这些。`
      : `${name} has rank ${rank}: of the ${at} targets before it, only ${rank - 1} ${rank === 2 ? "is" : "are"} certainly above, and ranks count those alone.`,
  ];
}

/** Where the width of an interval comes from that a reader wonders about. */
export function wideIntervalLines(
  { entries, wide, decimals }: Told,
  lang: Lang,
): readonly string[] {
  return entries.flatMap((entry, place) => {
    const found = wide[place] ?? null;
    if (found === null || entry.summary.baseline) return [];
    const { interval, items, tasks } = found;
    const range = `${fixed(interval.low * 100, decimals)}–${fixed(interval.high * 100, decimals)}`;
    const rest = tasks.length - mostNamed;
    const named = tasks.slice(0, mostNamed).map((task) => clean(task));
    if (lang === "zh") {
      const list = `${named.join("、")}${rest > 0 ? "等" : ""}`;
      return [
        `${nameOf(entry, lang)}：区间这么宽（${range}），主要因为 ${list}：得分有高有低的主要是这里，而这里只有 ${items} 题，看不出偶然的成分有多大；给它多出些题，区间就会变窄`,
      ];
    }
    const list = `${named.join(", ")}${rest > 0 ? ` and ${rest} more tasks` : ""}`;
    return [
      `${nameOf(entry, lang)}: the interval is this wide (${range}) mostly because of ${list}: that is where answers came out unlike, and ${items} items are too few to tell how much of it is chance; more items there narrow it`,
    ];
  });
}

const nameOf = ({ summary }: Entry, lang: Lang): string =>
  targetName(summary.target, summary.simulated, lang);
