import type { Text } from "../../../domain/text.ts";
import type { ClauseMeasure, MeasurePoint } from "../measures/measure.ts";

import { nearestThree } from "../../../text/edit-distance.ts";
import { suggestion } from "../../../validation/suggest.ts";
import { measures } from "../measures/registry.ts";

/** What a text names. `rest` is what it says besides; the candidates differ in their units alone. */
export type NamedMeasure =
  | { readonly candidates: readonly ClauseMeasure[]; readonly rest: string }
  | { readonly problem: Text };

/** The quantile or mean that a text names. */
const pointWords: readonly (readonly [MeasurePoint, RegExp])[] = [
  ["p99", /(?:t?p|第)?99%?(?:百?分位(?:数|值)?|线)|t?p99(?!\d)/],
  ["p95", /(?:t?p|第)?95%?(?:百?分位(?:数|值)?|线)|t?p95(?!\d)/],
  ["p90", /(?:t?p|第)?90%?(?:百?分位(?:数|值)?|线)|t?p90(?!\d)/],
  ["p50", /(?:t?p|第)?50%?(?:百?分位(?:数|值)?|线)|t?p50(?!\d)|中位数|中位值|中位|median/],
  ["mean", /平均值?|均值|average|mean|avg/],
];

/** Words that say nothing of what is measured. */
const neutral =
  /大模型|模型|系统|平台|服务端?|接口|api|投标产品|产品|所投|整体|总体|单次|每次|请求|指标|要求|测试集?|评测|实测|运行时?|在线|用户|条件|下的?|时的?|应当?|须|需|的|为|其|各|数值?|值|以?上述|技术参数|参数|性能|能力|支持|提供|达到|具备|任务|场景|业务|回答|答案|答复|应答|输出|结果|应?拒答(?:问题|题目?|题库|样本)|有害(?:问题|提问|内容)?|恶意|攻击(?:样本)?|黑样本|themodel|model|llm|system|service|rate|time|answers?|shallbe|overall/gu;
/** What is left of a name that says no more than it does. */
const empty = /^(?:在?(?:中文)?(?:问答|对话|提问|会话)?中?|in|of|for|the)$/u;

/**
 * The measure that a text names, by id, name or another name in use; the longest name counts. Null where it names none. A
 * problem where a quantile is missing.
 */
export function measureIn(text: string): NamedMeasure | null {
  const whole = tidyName(text);
  const byId = measures.find(({ id }) => id === text.trim().toLowerCase());
  if (byId !== undefined) return { candidates: [byId], rest: "" };
  const found = pointWords
    .map(([name, pattern]) => ({ name, match: pattern.exec(whole) }))
    .find(({ match }) => match !== null);
  const point = found?.name ?? null;
  const plain = found?.match == null ? whole : whole.replace(found.match[0], "");
  // Some names hold their quantile, such as 首字延迟 P95.
  const hits = [longestAlias(whole, point), longestAlias(plain, point)].filter(
    (each) => each !== null,
  );
  const [hit] = hits.toSorted((a, b) => restOf(a).length - restOf(b).length);
  if (hit === undefined) return null;
  const { owners } = hit;
  const left = restOf(hit).replaceAll(neutral, "");
  const rest = empty.test(left) ? "" : left.replaceAll(/^\d+|^[在对]|中$/gu, "");
  const fitting = owners.filter(
    (owner) =>
      owner.point === point ||
      (point === null && owner.pointOptional === true) ||
      owner.point === undefined,
  );
  return fitting.length > 0 ? { candidates: fitting, rest } : { problem: needsPoint(owners) };
}

type AliasHit = {
  readonly alias: string;
  readonly owners: readonly ClauseMeasure[];
  readonly from: string;
};

/** What a text says besides the name. */
const restOf = ({ from, alias }: AliasHit): string => from.replace(alias, "");

function longestAlias(text: string, point: MeasurePoint | null): AliasHit | null {
  let alias = "";
  let owners: ClauseMeasure[] = [];
  for (const measure of measures) {
    for (const each of [...measure.aliases, tidyName(measure.name.zh), tidyName(measure.name.en)]) {
      if (each.length < alias.length || !holds(text, each)) continue;
      // A name with its quantile in it is found where that was left in.
      if (each.length > alias.length) owners = [];
      alias = each;
      if (!owners.includes(measure)) owners.push(measure);
    }
  }
  return alias === "" ? null : { alias, owners: withPoint(owners, point), from: text };
}

const withPoint = (
  owners: readonly ClauseMeasure[],
  point: MeasurePoint | null,
): readonly ClauseMeasure[] => {
  const same = owners.filter((owner) => owner.point === point);
  return same.length > 0 ? same : owners;
};

/** Latin names stand for themselves only: acc is no part of access. */
const holds = (text: string, alias: string): boolean =>
  /^[a-z\d]+$/.test(alias)
    ? new RegExp(`(?<![a-z])${alias}(?![a-z])`).test(text)
    : text.includes(alias);

const tidyName = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, "");

/** What is said of a name that no measure has. `close` where one is meant, as it seems. */
export function unknownMeasure(name: string): { readonly message: Text; readonly close: boolean } {
  const known = measures.flatMap(({ id, name: { zh }, aliases }) => [zh, id, ...aliases]);
  const meant = suggestion(name, known);
  return {
    message: {
      zh: `没有“${name}”这个指标${meant.zh}；全部指标：baimo respond --measures`,
      en: `there is no measure "${name}"${meant.en}; all of them: baimo respond --measures`,
    },
    close: nearestThree(name, known).close,
  };
}

function needsPoint(owners: readonly ClauseMeasure[]): Text {
  const points = owners.flatMap(({ point }) =>
    point === undefined ? [] : [point === "mean" ? "平均" : point.toUpperCase()],
  );
  const name = owners[0]?.name ?? { zh: "", en: "" };
  const plainZh = name.zh.replace(/ ?P\d\d|^平均/u, "");
  return {
    zh: `“${plainZh}”要写明取哪一个：${points.join("、")}`,
    en: `"${name.en.replace(/ ?P\d\d|^mean /u, "")}" needs one of: ${points.join(", ").replaceAll("平均", "mean")}`,
  };
}
