import type { Draft, RuleReading, Rule } from "../rule.ts";

import { amountsOf, anyNumber, placeIn } from "../amounts.ts";
import { quoteMark, quotesIn } from "../quotes.ts";
import { gap, without } from "../rule.ts";

const genres: Readonly<Record<string, string>> = {
  五言绝句: "五绝",
  七言绝句: "七绝",
  五言律诗: "五律",
  七言律诗: "七律",
  五绝: "五绝",
  七绝: "七绝",
  五律: "五律",
  七律: "七律",
};
const genre = new RegExp(Object.keys(genres).join("|"), "u");

const hidden = [
  new RegExp(
    `(?:藏(?<end>[头尾])(?:诗|字)?(?:为|是|内容为|内容是)?|以)(?<text>${quoteMark})(?:为藏(?<end2>[头尾])(?:诗|字)?|这?[一二两三四五六七八九十\\d]+个字|作为?藏头)?`,
    "u",
  ),
  new RegExp(
    `(?:每句|各句|每行|每一句)(?:诗)?的?(?<end>首字|第一个字|尾字|最后一个字|末字)(?:依次|连起来|合起来|连在一起|组合起来)+(?:是|为|组成|构成)?(?<text>${quoteMark})`,
    "u",
  ),
];
const couplet = new RegExp(
  `(?:一副|一对|副)?(?<n>${anyNumber}[字言])?(?:的)?(?:对联|春联|楹联)`,
  "u",
);
const rhymed = new RegExp(
  `(?:第(?<lines>${anyNumber}(?:(?:句|、|和|，|与|第)*${anyNumber})+)句|(?<even>偶数句|双数句|隔句))(?:都|必须|要|须|应|末字)*押(?<tone>[平仄]?)(?:声)?韵`,
  "u",
);
const singly = /(?:不(?:得|能|要|可)?(?:犯|出现)?|避免|忌)(?<rules>孤平|三平尾|失粘|失对)/u;

/** 藏头, 对联, 押韵, 平仄. */
export const verse: Rule = (clause, { quotes }) =>
  acrostic(clause, quotes) ?? pair(clause) ?? rhyme(clause) ?? tones(clause);

function acrostic(clause: string, quotes: readonly string[]): RuleReading | "unsure" | null {
  if (!/藏[头尾]|连起来|合起来|连在一起|组合起来|依次(?:是|为|组成)/u.test(clause)) return null;
  const found = hidden.map((pattern) => pattern.exec(clause)).find((each) => each !== null);
  const [text] = quotesIn(found?.groups?.["text"] ?? "", quotes);
  if (found == null || text === undefined || Array.from(text).length < 2) return "unsure";
  const isLast = /藏尾|尾字|最后一个字|末字/u.test(clause);
  const by = /每行/u.test(clause) ? "line" : "verse";
  return {
    drafts: [{ check: "acrostic", text, by, at: isLast ? "last" : "first" }],
    rest: clause.replace(found[0], gap).replaceAll(/藏[头尾](?:诗|字)?/gu, ""),
  };
}

function pair(clause: string): RuleReading | "unsure" | null {
  const found = couplet.exec(clause);
  if (found === null || /下联|上联/u.test(clause)) return found === null ? null : "unsure";
  const n = found.groups?.["n"];
  const [each] = amountsOf(clause.slice(found.index + found[0].length), "个?字");
  const length = n === undefined ? (each?.bounds?.equal ?? null) : placeIn(n);
  const draft: Draft = {
    check: "couplet",
    ...(length === null ? {} : { length }),
    ...(/横批/u.test(clause) ? { horizontal: true } : {}),
  };
  const rest = clause.replace(found[0], gap).replace(/(?:并)?(?:带|附|配|含|有|加)*横批/u, "");
  return {
    drafts: [draft],
    rest: without(rest, amountsOf(rest, "个?字")).replace(/每联|上下联各?/u, ""),
  };
}

function rhyme(clause: string): RuleReading | "unsure" | null {
  const found = rhymed.exec(clause);
  if (found === null) return /押韵|押[平仄]声?韵/u.test(clause) ? "unsure" : null;
  const { lines, tone } = found.groups ?? {};
  const places = lines?.match(new RegExp(anyNumber, "gu"))?.map((each) => placeIn(each) ?? 0);
  const draft: Draft = {
    check: "rhyme",
    ...(places === undefined ? {} : { lines: places }),
    ...(tone === undefined || tone === "" ? {} : { tone }),
  };
  return { drafts: [draft], rest: clause.replace(found[0], gap) };
}

function tones(clause: string): RuleReading | "unsure" | null {
  const form = genre.exec(clause)?.[0];
  const single = singly.exec(clause);
  if (single !== null) {
    const rule = single.groups?.["rules"] ?? "";
    const draft: Draft = { check: "tones", rules: [/失/u.test(rule) ? "粘对" : rule] };
    return { drafts: [draft], rest: clause.replace(single[0], gap) };
  }
  if (form === undefined) return /平仄|格律/u.test(clause) ? "unsure" : null;
  if (!/平仄|格律/u.test(clause)) return "unsure";
  return {
    drafts: [{ check: "tones", pattern: genres[form] ?? "" }],
    rest: clause
      .replace(genre, gap)
      .replace(/(?:合乎|符合|遵守|遵循|讲究|严守|合)?(?:平仄|格律)(?:要求|规则)?/u, ""),
  };
}
