import type { Lang } from "../../domain/text.ts";

import { formats } from "../../domain/formats.ts";

/** Where the files of an in-house grader go, relative to the folder of the config. */
export const graderFiles = (id: string) =>
  ({ grader: `graders/${id}.mjs`, suite: `suites/${id}.yaml` }) as const;

/** The lines of a config that name the grader. */
export const graderSetting = (id: string): string =>
  `graders:\n  ${id}: ${graderFiles(id).grader}\n`;

/** A config that names nothing but the grader, for a folder that has none. */
export const graderConfig = (id: string): string =>
  `schema: ${formats.config}\ntargets: [sim/xiliu, baseline/random]\n${graderSetting(id)}`;

/** A small grader that is whole: it counts the points of the gold that a reply names. */
export function graderText(id: string, lang: Lang): string {
  const zh = lang === "zh";
  const say = (one: string, other: string): string => (zh ? one : other);
  return `import { z } from "zod"; // ${say("baimo 自带，不必安装", "baimo's own: nothing to install")}

/** ${say("回答说到了几个要点：标准答案 answer 是要点的列表。", "How many points a reply names: the gold's answer is the list of points.")} */
export const grader = {
  id: "${id}",
  version: "1", // ${say("结论可能变时就改：旧成绩因此不会与新成绩混在一起", "change it whenever a verdict could change, so that old scores are told from new ones")}
  title: { zh: "要点", en: "points" },
  options: z.strictObject({
    pass: z.number().min(0).max(1).default(1), // ${say("说到多大比例才算对", "the share of points that is right")}
  }),
  /** ${say("标准答案有什么不对；发请求之前就会检查", "what is wrong with a gold; asked before any request is sent")} */
  check: ({ answer }) =>
    Array.isArray(answer) && answer.every((point) => String(point).trim() !== "")
      ? []
      : [{ path: "answer", message: { zh: "应为要点的列表", en: "expected a list of points" } }],
  /** ${say("拿不准就判 unresolved，不要猜", "where it is not sure it says unresolved and never guesses")} */
  grade: ({ gold, reply }, { pass }) => {
    const points = gold.answer.map(String);
    const named = points.filter((point) => reply.includes(point));
    const value = named.length / points.length;
    const verdict = value >= pass ? "right" : value > 0 ? "partial" : "wrong";
    return {
      verdict,
      value: verdict === "right" ? 1 : value,
      extracted: named.join("、") || null,
      why: \`\${named.length}/\${points.length}\`,
    };
  },
};
`;
}

/** A suite for it, whose witness and lazy replies `check` grades. */
export const graderSuite = (id: string, lang: Lang): string => `schema: ${formats.suite}
id: ${id}
tasks:
  - id: points
    dimension: [客服, 要点]
    prompt: "{{question}}"
    grader: {use: ${id}, with: {pass: 1}}
    items:
      - id: p1
        question: 顾客问怎样退货。请说明期限、运费由谁承担、退款几天到账。
        answer: [七天, 运费, 三天]
        witness: 签收后七天内可以退，运费由我们承担，退款三天内到账。    # ${lang === "zh" ? "应判对" : "must be right"}
        lazy: [请联系客服。, 七天内可以退。]    # ${lang === "zh" ? "不该判对" : "must not be right"}
`;
