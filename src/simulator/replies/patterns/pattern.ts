import type { Cue } from "../cue.ts";

import { compilePattern } from "../../../text/pattern.ts";
import { mistaken } from "../words.ts";
import { samplePattern } from "./sample-pattern.ts";

const tries = 12;

/** A complete reply to an item whose gold is a pattern: it keeps to the requested form, or breaks it the way models do. */
export function patternReply(cue: Cue): string {
  const settings = cue.gold.grader?.with ?? {};
  const flags = {
    ignore_case: settings["ignore_case"] === true,
    multiline: settings["multiline"] !== false,
  };
  const { pattern } = settings;
  if (typeof pattern === "string") return extractable(cue, pattern, flags, settings["group"]);
  const [source = ""] = patternsOf(cue);
  const right = sampled(cue, source, flags, null);
  if (cue.intent === "right") return right;
  return broken(right, cue, (text) => patternsOf(cue).some((each) => matches(each, text, flags)));
}

const patternsOf = ({ gold }: Cue): readonly string[] =>
  [gold.answer ?? [], gold.aliases].flat(2).map(String);

type Flags = { readonly ignore_case: boolean; readonly multiline: boolean };

const matches = (source: string, text: string, flags: Flags): boolean =>
  compilePattern(source, flags).last(text) !== null;

function sampled(
  { random }: Cue,
  source: string,
  flags: Flags,
  filled: Parameters<typeof samplePattern>[3],
): string {
  let text = "";
  for (let round = 0; round < tries; round += 1) {
    text = samplePattern(source, flags, random, filled);
    if (matches(source, text, flags)) return text;
  }
  return text;
}

/** Where the pattern extracts the answer from the reply: a reply from which it extracts this value. */
function extractable(cue: Cue, source: string, flags: Flags, asked: unknown): string {
  const rights = patternsOf(cue);
  const value = cue.intent === "right" ? (rights[0] ?? "") : mistaken(cue);
  const pattern = compilePattern(source, flags);
  const group = typeof asked === "number" ? asked : Math.min(1, pattern.groups);
  const lines = [`答案：${value}`, `【${value}】`, value, `$\\boxed{${value}}$`];
  const found = lines.find((line) => pattern.last(line)?.[group] === value);
  return found ?? sampled(cue, source, flags, group === 0 ? null : { group, text: value });
}

/** The ways in which models break a form: a friendly word before it, one after it, or half of it missing. */
function broken(right: string, { random }: Cue, isRight: (text: string) => boolean): string {
  const points = Array.from(right);
  const candidates = [
    `好的，以下是结果：\n${right}`,
    `${right}\n\n希望对你有帮助！`,
    points.slice(0, Math.ceil(points.length / 2)).join(""),
    points.toReversed().join(""),
  ];
  const start = random.int(0, candidates.length - 1);
  const turned = [...candidates.slice(start), ...candidates.slice(0, start)];
  return turned.find((each) => !isRight(each)) ?? "抱歉，这个格式我不太确定该怎么写。";
}
