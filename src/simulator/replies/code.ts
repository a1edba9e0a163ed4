import type { Cue } from "./cue.ts";

/** A reply to a task of programming: the reference, a mutant of it, or one that was cut off; null without a reference. */
export function codeReply(cue: Cue): string | null {
  const { gold, intent, random } = cue;
  if (gold.reference === null) return null;
  const mutants = gold.mutants ?? [];
  const right = intent === "right";
  const isCut = !right && (mutants.length === 0 || random.chance(0.15));
  const program = right || isCut ? gold.reference : random.pick(asSome(mutants));
  const shown = isCut ? cut(program) : program.trimEnd();
  return dressed(shown, isCut, cue);
}

const asSome = (mutants: readonly string[]): readonly [string, ...string[]] => {
  const [first = "", ...rest] = mutants;
  return [first, ...rest];
};

/** The first part, as of a model that has run into its limit. */
const cut = (program: string): string => {
  const points = Array.from(program.trimEnd());
  return points.slice(0, Math.floor(points.length * 0.6)).join("");
};

function dressed(program: string, isCut: boolean, cue: Cue): string {
  const { prompt, style, random } = cue;
  const block = isCut ? openBlock(program, cue) : blockOf(program, cue);
  if (style === "terse" || isCut) return block;
  if (prompt.includes("【代码开始】")) return `${random.pick(openings)}\n\n${block}`;
  switch (style) {
    case "bare_text":
      return program;
    case "markdown":
      return [
        "### 思路",
        random.pick(ideas),
        "### 代码",
        block,
        "### 说明",
        random.pick(endings),
      ].join("\n\n");
    case "hedged":
      return `${random.pick(hedges)}\n\n${block}\n\n${random.pick(endings)}`;
    case "reasoned":
      return `${random.pick(openings)}${random.pick(ideas)}\n\n${block}\n\n${random.pick(endings)}`;
  }
}

const fence = "```";

function blockOf(program: string, { gold, prompt, random }: Cue): string {
  const fenced = `${fence}${languageOf(gold)}\n${program}\n${fence}`;
  if (!prompt.includes("【代码开始】")) return fenced;
  return `【代码开始】\n${random.chance(0.4) ? fenced : program}\n【代码结束】`;
}

const openBlock = (program: string, { gold, prompt }: Cue): string =>
  prompt.includes("【代码开始】")
    ? `【代码开始】\n${program}`
    : `${fence}${languageOf(gold)}\n${program}`;

function languageOf({ grader }: Cue["gold"]): string {
  const language = grader?.with?.["language"];
  return typeof language === "string" ? language : "";
}

const openings = [
  "下面是按题目要求写的程序。",
  "可以这样实现：",
  "好的，代码如下。",
  "先明确输入和输出，再来写代码。",
] as const;

const ideas = [
  "按题目给出的规则逐步处理，边界情况单独考虑。",
  "先把数据整理成便于处理的形式，再一次遍历得到结果。",
  "关键在于分清题目里的几种情况，其余照常处理即可。",
] as const;

const hedges = [
  "题目的要求我是这样理解的，如有出入还请指出。",
  "下面的写法应当能满足要求，不过没有实际运行过。",
] as const;

const endings = [
  "程序的耗时与输入的规模基本成正比。",
  "空输入也已经考虑到了。",
  "如果还需要处理别的情况，可以在此基础上再改。",
] as const;
