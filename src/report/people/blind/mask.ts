import type { TargetEntry } from "../../../domain/run-file/header.ts";

import { simplify } from "../../../text/normalise.ts";
import { commonNames, plainNames } from "./names.ts";

/** What stands in place of a name. */
export const maskSign = "【名称】";

type Masked = { readonly text: string; readonly names: number };
/** Masks a reply; `prompt` is what it replies to. */
export type Mask = (reply: string, prompt: string) => Masked;

/**
 * Takes out of replies what tells who wrote them. Names of models go everywhere, except where the prompt itself is
 * about them; names that are ordinary words too (豆包, 盘古, Gemini) and names that nobody knows go where a reply
 * speaks of itself: “我是…”, “由…开发”, “I am …, made by …”. Full-width and traditional spellings count as the same.
 */
export function createMask(targets: readonly TargetEntry[], more: readonly string[] = []): Mask {
  const own = targets.flatMap(namesOf);
  const plain = [...plainNames, ...own.filter(isTelling), ...more].map(plainForm);
  const anywhere = nameRegex(plain);
  const aboutItself = nameRegex([...plain, ...commonNames, ...own.map(plainForm)]);
  return (reply, prompt) => {
    const text = reply.replaceAll(/[\p{Cf}]/gu, "");
    const form = plainForm(text);
    const asked = new Set(
      matches(plainForm(prompt), aboutItself).map(([from, to, all]) => all.slice(from, to)),
    );
    const found = matches(form, anywhere).filter(([from, to]) => !asked.has(form.slice(from, to)));
    for (const [from, to] of sentences(form)) {
      const sentence = form.slice(from, to);
      if (!speaksOfItself.test(sentence)) continue;
      for (const [start, end] of [...matches(sentence, aboutItself), ...unknownNames(sentence)]) {
        found.push([from + start, from + end, form]);
      }
    }
    return replaced(text, found);
  };
}

type Range = readonly [from: number, to: number, of: string];

/** Letters of one form for each, unit by unit, so that places in it are places in the text. */
function plainForm(text: string): string {
  let form = "";
  for (let at = 0; at < text.length; at++) form += plainUnit(text[at] ?? "");
  return form;
}

const units = new Map<string, string>();

function plainUnit(unit: string): string {
  const known = units.get(unit);
  if (known !== undefined) return known;
  const code = unit.charCodeAt(0);
  const narrow = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : unit;
  const lower = narrow.toLowerCase();
  const simple = code >= 0x3400 && code <= 0x9fff ? simplify(lower) : lower;
  const made = simple.length === 1 ? simple : unit;
  units.set(unit, made);
  return made;
}

/**
 * The longest name first; a version or an edition goes with it: qwen3-max, glm-4.6, 通义千问2.5, gpt-4o-mini. A Latin
 * name is no part of a longer word; Chinese ones have no such bounds.
 */
function nameRegex(names: readonly string[]): RegExp {
  const distinct = [...new Set(names)].filter((name) => name.trim().length > 1);
  const parts = distinct.toSorted((a, b) => b.length - a.length).map(namePattern);
  const version = String.raw`(?:[-_ ]?v?\d[a-z0-9.]*(?<!\.)|[-_][a-z][a-z0-9.]*(?<!\.))*`;
  return new RegExp(`(?:${parts.join("|")})${version}(?:(?<![a-z])|(?![a-z]))`, "g");
}

function namePattern(name: string): string {
  const literal = name
    .replaceAll(/[$()*+.?[\\\]^{|}/-]/g, String.raw`\$&`)
    .replaceAll(" ", String.raw`\s*`);
  return /^[a-z0-9]/.test(name) ? `(?<![a-z0-9])${literal}` : literal;
}

const matches = (form: string, names: RegExp): Range[] =>
  [...form.matchAll(names)].map((match) => [match.index, match.index + match[0].length, form]);

/** Stretches of text between full stops; commas stay, for “我是…，由…开发” is one statement. */
function sentences(form: string): readonly (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let from = 0;
  for (const end of form.matchAll(/[。！？!?;；\n]|\.(?=\s|$)/g)) {
    found.push([from, end.index]);
    from = end.index + 1;
  }
  return [...found, [from, form.length]];
}

const makes = "开发|研发|训练|推出|打造|创建|创造|研制|构建|发布|提供";
const speaksOfItself = new RegExp(
  [
    "我是|我叫|我名叫|我的(?:名字|全名|中文名|英文名|开发|研发|创造|版本|模型)|叫我|我来自|我(?:由|属于|基于)|我们(?:公司|团队)",
    `由.{1,30}?(?:${makes})`,
    "作为.{0,16}(?:模型|助手|ai\\b|人工智能)",
    `(?:${makes})(?:者|商|团队|公司|了我|我的)`,
    "\\bi\\s*(?:am|['’]m|was)\\b|\\bmy (?:name|developer|creator|maker)|\\bcall me\\b",
    "\\b(?:developed|created|trained|made|built|powered|provided) by\\b|\\bas an? (?:ai|large|language)",
  ].join("|"),
);

/** Whatever name follows the words that announce one; only where the sentence is about a machine. */
const announced = [
  /我(?:是|叫|名叫|的(?:中文|英文|全)?名(?:字|称)?(?:是|叫|为))\s*[“"「『]?([^，。,、“”"「」『』\s由]{2,16}?)[”"」』]?(?=[，,、（(]|由|$)/g,
  new RegExp(`由\\s*([^，。,、\\s]{2,20}?)(?:公司|团队)?(?:自主|独立|共同|精心)?(?:${makes})`, "g"),
  /\b(?:i\s*(?:am|['’]m)|my name is|call me)\s+([a-z][\w.-]{2,20})(?=[,.]|\s+(?:an?|the|by|from|and)\b|$)/g,
  /\b(?:developed|created|trained|made|built|powered|provided) by\s+(?:the\s+)?([a-z][\w.& -]{1,24}?)(?=[,.;]|\s+(?:to|and|in|as|for|that|which)\b|$)/g,
];
const aboutMachine =
  /模型|助手|人工智能|智能体|机器人|大语言|\bai\b|assistant|language model|chatbot/;
/** What a reply may call itself without saying who it is. */
const generic =
  /^(?:一|个|款|名|位|你|您|这|他|她|人工智能|智能|ai|大?语言|大模型|模型|助手|中文|专业|专门|only|not|here|just|glad|happy|sorry|able|an?$|the$|your|designed|trained|sure|unable)|(?:的)?(?:语言模型|大模型|助手|人工智能)$/;

function unknownNames(sentence: string): readonly Range[] {
  if (!aboutMachine.test(sentence)) return [];
  return announced.flatMap((pattern) =>
    [...sentence.matchAll(pattern)].flatMap((match): readonly Range[] => {
      const [whole, name = ""] = match;
      if (name === "" || generic.test(name)) return [];
      const from = match.index + whole.indexOf(name);
      return [[from, from + name.length, sentence]];
    }),
  );
}

function replaced(text: string, found: readonly Range[]): Masked {
  let [masked, end, names] = ["", 0, 0];
  for (const [from, to] of found.toSorted((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (to <= end) continue;
    if (from >= end) {
      masked += text.slice(end, from) + maskSign;
      names += 1;
    }
    end = to;
  }
  return { text: masked + text.slice(end), names };
}

/** What the run itself says of a target: provider, model, makers. */
const namesOf = ({ provider, model, vendor, base_model }: TargetEntry): readonly string[] =>
  [
    provider,
    model,
    ...model.split(/[/:]/),
    ...(base_model === null ? [] : [base_model]),
    ...vendor.zh.split(/[\s（）()、/]+/),
    ...vendor.en.split(/[\s()/,]+/),
  ].filter((name) => name.length > 1 && !corporate.test(name));

const corporate =
  /^(?:ai|the|of|inc|ltd|co|corp|labs?|cloud|group|technolog(?:y|ies)|vendor|some|models?|模型|公司|科技|人工智能)\.?$/i;

/** Long enough, and not an ordinary word: a model's id with a digit or a dash. */
const isTelling = (name: string): boolean =>
  /[a-z]/i.test(name) && /[-\d]/.test(name) && name.length > 4;
