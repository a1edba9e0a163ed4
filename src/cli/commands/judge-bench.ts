import { UserError } from "../../domain/text.ts";
import { benchJudge } from "../calibrate/judge-bench.ts";
import { graderNamed } from "../calibrate/labelled.ts";
import { amount, defineCommand, flag, number, text } from "../options.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 however well the judge agrees with people; 3 where nothing could be judged, 130 when interrupted. */
export const command = defineCommand({
  usage: "MARKED.jsonl [--judge qwen/qwen-plus] [--repeat 3] [--without-reference] [-o f]",
  options: {
    judge: text({
      zh: "裁判：配置里 judges: 的名字，或 服务商/模型，默认 default",
      en: "the judge: a name under judges: in the config, or provider/model (default: default)",
    }),
    with: shared.with,
    repeat: number(
      {
        zh: "每条评几次，看自己是否前后一致，默认 1",
        en: "times that each row is judged (default 1)",
      },
      { whole: true, least: 1, most: 20 },
      1,
    ),
    withoutReference: flag({
      zh: "有参考答案的，再不给参考答案评一次",
      en: "judge rows with a reference answer once more without it",
    }),
    replay: text({
      zh: "判定取自这个运行文件，不调用模型",
      en: "take the verdicts from this run file, no call",
    }),
    maxCost: amount({
      zh: "这一次最多花多少钱，如 5CNY",
      en: "most money this time, such as 5CNY",
    }),
    out: {
      ...text({
        zh: "逐条写下调用和判定的文件，再次运行就接着评；默认按输入文件取名",
        en: "file for every call and verdict, with which the same command goes on (default: named after the input)",
      }),
      short: "o",
    },
    json: shared.json,
    config: shared.judgeConfig,
  },
  run: async ({ with: given, judge, positionals, ...options }, context) => {
    const [named] = positionals;
    if (named === undefined || positionals.length > 1) throw oneFile;
    const own = { ...given, ...(judge === null ? {} : { judges: judge }) };
    return context.finishing(async () => {
      const grader = await graderNamed("judge", context.cwd);
      return benchJudge(named, grader, own, options, context);
    });
  },
});

const oneFile = new UserError({
  zh: "请给出一个有人评分的文件，例如 baimo judge-bench marked.jsonl --judge qwen/qwen-plus",
  en: "Name one file with people's marks, such as: baimo judge-bench marked.jsonl --judge qwen/qwen-plus",
});
