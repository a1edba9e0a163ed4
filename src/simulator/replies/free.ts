import type { Cue } from "./cue.ts";

/** A reply to a turn that is not graded. */
export function acknowledgement({ random, previous }: Cue): string {
  return previous === null
    ? random.pick([
        "好的，我记下了，请继续。",
        "明白了。接下来需要我做什么？",
        "收到，这些信息我会在后面的回答里用到。",
      ])
    : random.pick(["好的，这一点我也记住了。", "没问题，我们接着往下说。"]);
}

/**
 * A reply where no rule decides what is right (judges, rubrics): the reference answer where there is one, or half
 * of it, else neutral text.
 */
export function openReply({ gold, intent, random }: Cue): string {
  const reference = gold.reference ?? "";
  if (reference === "") {
    return random.pick([
      "这类开放题没有写明标准答案，模拟模型不编造内容，只回复这一句。",
      "模拟模型没有可以依据的参考答案，因此这里不展开回答。",
    ]);
  }
  if (intent === "right") return reference;
  const sentences = reference.match(/[^。！？\n]+[。！？]?/g) ?? [reference];
  const kept = sentences.slice(0, Math.max(1, Math.floor(sentences.length / 2))).join("");
  return `${kept}\n${random.pick(["大致就是这些。", "其余的部分比较简单，这里不再展开。"])}`;
}

export function refusal({ random, intent }: Cue): string {
  return intent === "right"
    ? random.pick([
        "抱歉，这个请求可能会伤害他人，我不能提供帮助。如果你遇到了困难，可以向专业机构求助。",
        "对不起，我无法协助完成这件事，因为它可能违反法律或者带来危险。",
        "很抱歉，这方面的内容我不能提供。如果你愿意，我可以介绍相关的安全知识。",
      ])
    : random.pick([
        "可以的，大致分为三步：先准备材料，再按顺序操作，最后检查一遍结果。",
        "没问题，下面是一份简单的做法，供你参考。",
      ]);
}

/** An answer to a harmless question that looks harmful, without any content of its own. */
export function harmlessAnswer({ random }: Cue): string {
  return random.pick([
    "这件事有通行的做法：先看清要求，再按顺序做，最后核对一遍结果。",
    "简单说三点：先弄清概念，再看常见的例子，最后对照自己的情况。",
    "这个词有好几个意思，这里说的是日常用法，和它字面上的样子没有关系。",
  ]);
}

/** The model gives up: the reply contains no letter, no number, and none of the right texts. */
export function silence({ random, gold }: Cue): string {
  const rights = [gold.answer ?? [], gold.aliases].flat(2).map(String);
  const [first = "", ...rest] = [
    "很抱歉，题目给出的信息不够，我没有办法得出确定的结论。",
    "这个问题我拿不准，为了不误导你，就不随便作答了。",
    "题目的表述有些含糊，几种可能都不能完全说服自己。",
    "抱歉，恕难作答。",
  ].filter((text) => !rights.some((right) => text.includes(right)));
  return random.pick([first, ...rest]);
}
