import type { GradeContext, Sample } from "../../domain/grader.ts";
import type { Ballot, Judge } from "../../domain/judging.ts";
import type { Contract, VerdictFormat } from "../judge/contract.ts";
import type { Interpret } from "../judge/verdict/verdict.ts";
import type { Support } from "./support.ts";

import { plain } from "../../text/normalise.ts";
import { consult } from "../judge/consult.ts";
import { closingRules } from "../judge/contract.ts";
import { fenceCode, fenced } from "../judge/fence.ts";
import { materialRule } from "../judge/prompt-parts.ts";
import { keyOf, readVerdict } from "../judge/verdict/verdict.ts";

/** What a judge said of one claim, and the words of the passages that it rests on. */
type Said = { readonly word: Word; readonly quote: string };

const wordsOf = { 支持: "supported", 矛盾: "contradicted", 无依据: "unsupported" } as const;
type Word = keyof typeof wordsOf;
const words = Object.keys(wordsOf) as readonly Word[];

/** A judge's ruling on claims; null where its vote does not count. */
type Ruling = readonly (Support | null)[];

export type JudgedClaims = {
  readonly rulings: readonly Support[];
  readonly ballots: readonly Ballot[];
  /** Rulings that were dropped because what they quote stands in no passage. */
  readonly unquoted: number;
};

/**
 * Asks a panel whether passages hold claims. A ruling of 支持 or 矛盾 counts only if its quotation stands in a passage,
 * which code checks; a claim gets what more than half of the counting rulings say, else it stays open. Null where the run
 * has no such panel. Rejects where the run stops.
 */
export async function judgeClaims(
  { gold }: Pick<Sample, "gold">,
  claims: readonly string[],
  passages: readonly string[],
  judges: string,
  { ask, panel }: GradeContext,
): Promise<JudgedClaims | null> {
  const found = panel?.(judges) ?? null;
  if (ask === undefined || found === null) return null;
  const own = passages.map(plain);
  const votes = await Promise.all(
    found.judges.map(async (judge) => {
      if (judge.kin && found.same_family !== "allow")
        return invalid(judge, "kin", "同一家族的裁判");
      const format: VerdictFormat = judge.structured === true ? "json" : "line";
      const contract = claimsContract(gold.question, claims, passages, format);
      const said = await consult(contract, judge.ref, { vote: 1, temperature: 0 }, ask);
      if (!said.ok) return invalid(judge, said.fault, said.problem);
      const ruling = said.verdict.map(({ word, quote }) =>
        word === "无依据" || isQuoted(quote, own) ? wordsOf[word] : null,
      );
      return { ruling, ballot: ballotOf(judge, ruling, said.reason) };
    }),
  );
  const rulings = votes.flatMap(({ ruling }) => (ruling === null ? [] : [ruling]));
  return {
    rulings: claims.map((_, at) => majority(rulings.map((ruling) => ruling[at] ?? null))),
    ballots: votes.map(({ ballot }) => ballot),
    unquoted: rulings.flat().filter((each) => each === null).length,
  };
}

/** Fewer characters stand anywhere. */
const shortestQuote = 4;

function isQuoted(quote: string, passages: readonly string[]): boolean {
  // An ellipsis joins two quotations.
  const parts = quote
    .split(/…+|\.{3,}/u)
    .map(plain)
    .filter((part) => part !== "");
  return (
    parts.length > 0 &&
    parts.every((part) => part.length >= shortestQuote) &&
    passages.some((passage) => parts.every((part) => passage.includes(part)))
  );
}

function majority(rulings: readonly (Support | null)[]): Support {
  const valid = rulings.filter((each) => each !== null);
  return (
    words
      .map((word) => wordsOf[word])
      .find((support) => valid.filter((each) => each === support).length * 2 > valid.length) ??
    "open"
  );
}

function ballotOf(judge: Judge, ruling: Ruling, reason: string | null): Ballot {
  const valid = ruling.filter((each) => each !== null);
  const value =
    valid.length === 0 ? null : valid.filter((each) => each === "supported").length / valid.length;
  const marks = ruling.flatMap((each, at) =>
    each === null ? [] : [[String(at + 1), each === "supported" ? 1 : 0] as const],
  );
  const problem = value === null ? "引文在资料里都找不到" : null;
  return {
    judge: judge.ref,
    vote: 1,
    value,
    marks: Object.fromEntries(marks),
    reason,
    invalid: problem,
    ...(problem === null ? {} : { fault: "format" as const }),
  };
}

const invalid = (judge: Judge, fault: NonNullable<Ballot["fault"]>, problem: string) => ({
  ruling: null,
  ballot: { judge: judge.ref, vote: 1, value: null, reason: null, invalid: problem, fault },
});

const persona =
  "你是一位严格的事实核对员，要逐条判断一些论断在资料里有没有依据。只看资料写了什么，不用你自己的知识；资料没写的，常识上再对也是“无依据”。";

const rules = [
  "逐条判断：",
  "支持：资料里有一处或几处文字说了同样的事，数字、对象、条件都对得上；换一种说法、由资料直接算得出的也算。",
  "矛盾：资料说的与论断相反，或者数字、对象、条件不同。",
  "无依据：资料没有说到，或者只说到一部分。",
  "判“支持”或“矛盾”的，在“引”里照抄资料中的那句原文，一字不改；引文由程序核对，资料里找不到的作废。判“无依据”的，“引”里写“无”。",
].join("\n");

/** The prompt on claims and passages, and the reader of its replies. */
export function claimsContract(
  question: string,
  claims: readonly string[],
  passages: readonly string[],
  format: VerdictFormat = "line",
): Contract<readonly Said[]> {
  const code = fenceCode([question, ...claims, ...passages]);
  const form = claims.flatMap((_, at) => [
    { key: String(at + 1), blank: `"<${words.join("/")}>"`, values: words },
    { key: `引${at + 1}`, blank: `"<原文>"`, values: [] },
  ]);
  return {
    code,
    allowed: "每条论断只能是“支持”“矛盾”“无依据”之一，另有一项“引”",
    schema: format === "json" ? schemaFor(code, claims.length) : null,
    prompt: [
      [persona, materialRule, rules].join("\n\n"),
      ...(question === "" ? [] : [fenced("问题", question, code)]),
      ...passages.map((text, at) => fenced(`资料 ${at + 1}`, text, code)),
      ...claims.map((text, at) => fenced(`论断 ${at + 1}`, text, code)),
      closingRules(code, form, format, false),
    ].join("\n\n"),
    read: (text) => readVerdict(text, code, interpreterFor(claims.length)),
    // Words of another ruling in an unreadable reply stand in its reasons as well, so nothing is concluded from them.
    changed: () => null,
  };
}

const schemaFor = (code: string, count: number) => {
  const keys = Array.from({ length: count }, (_, at) => at + 1);
  const members = keys.flatMap((key) => [
    [String(key), { type: "string", enum: words }],
    [`引${key}`, { type: "string" }],
  ]);
  return {
    type: "object",
    properties: {
      编号: { type: "string", enum: [code] },
      理由: { type: "string" },
      ...Object.fromEntries(members),
    },
    required: ["编号", "理由", ...keys.flatMap((key) => [String(key), `引${key}`])],
    additionalProperties: false,
  };
};

const interpreterFor = (count: number): Interpret<readonly Said[]> => ({
  fields: (fields) => {
    const said: Said[] = [];
    for (let number = 1; number <= count; number += 1) {
      const given = fields.find(({ key }) => key === String(number))?.value;
      const word = words.find((each) => each === given?.replaceAll(/["“”'。\s]/gu, ""));
      if (word === undefined)
        return { ok: false, problem: `没有论断 ${number} 的判定，或不在允许的范围内` };
      const quote = fields.find(({ key }) => key === keyOf(`引${number}`))?.value ?? "";
      said.push({ word, quote });
    }
    return { ok: true, verdict: said };
  },
  contradicts: () => false,
});
