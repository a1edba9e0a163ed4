import type { Shard } from "../domain/run-file/shard.ts";
import type { GraderRef } from "../domain/suite.ts";

import { UserError } from "../domain/text.ts";
import { flag, list, number, parsed, refused, text } from "./options.ts";

/**
 * Every option that several commands share. A flag with two meanings stands here twice, once for each. A meaning that a
 * flag has in one command only stands in that command.
 */
export const shared = {
  config: text({ zh: "配置文件，默认 baimo.yaml", en: "config file, default baimo.yaml" }),
  /** `config` of commands that take nothing but judges from it. */
  judgeConfig: text({
    zh: "配置文件（裁判在 judges:）",
    en: "config file (judges stand under judges:)",
  }),
  model: {
    ...list({ zh: "目标 服务商/模型，可重复", en: "target provider/model, repeatable" }),
    short: "m",
  },
  limit: number(
    { zh: "每个任务最多几题", en: "items of each task at most" },
    { whole: true, least: 1 },
    null,
  ),
  filter: {
    help: {
      zh: "只跑选中的题：dimension=中文特性/* tag=易 id=i0*，可重复",
      en: "only these items: dimension=中文特性/* tag=易 id=i0*, repeatable",
    },
    takes: "list" as const,
    read: (given: readonly string[]): string | null =>
      given.length === 0 ? null : given.join(" "),
  },
  by: {
    help: {
      zh: "按 tag、difficulty、source、language 或变量分组，可重复",
      en: "slices by tag, difficulty, source, language or a variable, repeatable",
    },
    takes: "list" as const,
    read: (given: readonly string[]): readonly string[] => [
      ...new Set(given.flatMap((each) => each.split(/[,，、]/).map((name) => name.trim()))),
    ],
  },
  concurrency: number(
    {
      zh: "每条通道（一个厂商账户）的并发路数",
      en: "requests under way in each lane (a vendor account)",
    },
    { whole: true, least: 1 },
    null,
  ),
  queue: text({
    zh: "Redis 地址，如 redis://主机:6379 或 rediss://（TLS）；密码放进 BAIMO_REDIS_PASSWORD",
    en: "address of a Redis, redis://host:6379 or rediss:// for TLS; its password goes into BAIMO_REDIS_PASSWORD",
  }),
  viaSim: flag({ zh: "把所有目标都接到本机模拟器", en: "send every target to the simulator" }),
  board: text({ zh: "榜单的 id 或文件", en: "id or file of a board" }),
  /** `board` of commands for which it only says how to total. */
  totalBoard: text({ zh: "按榜单的规则合计", en: "total by a board's rules" }),
  /** `suite` of commands that look at a part of what was run. */
  onlySuite: list({
    zh: "只看这个题集，可重复；几个题集各占一样的份量",
    en: "look at this suite alone, repeatable; several count alike",
  }),
  with: parsed(
    { zh: "评分器选项，JSON 对象", en: "the grader's options, a JSON object" },
    graderOptions,
    null,
  ),
  /** `with` of commands that take more files. */
  withFiles: list({
    zh: "还要封存的文件或整个文件夹（报告、价格、计分卡、题集），可重复",
    en: "further files or whole folders to seal (reports, prices, scorecards, suites), repeatable",
  }),
  /** `force` of commands that write a file. */
  forceOverwrite: flag({ zh: "覆盖已有的文件", en: "overwrite an existing file" }),
  /** `force` of commands that compare runs. */
  forceComparison: flag({ zh: "即使不可比也强行比较", en: "compare in spite of the differences" }),
  /** `force` of commands that ask models. */
  forceRetired: flag({
    zh: "已下线的模型也照样问",
    en: "ask models that were shut down all the same",
  }),
  json: flag({ zh: "输出 JSON", en: "print JSON" }),
  out: { ...text({ zh: "写入文件", en: "write to a file" }), short: "o" },
  junit: text({ zh: "把检查结果写成 JUnit XML", en: "write the checks as JUnit XML" }),
};

/** Options of every command. */
export const globalOptions = {
  lang: {
    names: ["zh", "en"],
    ...parsed(
      {
        zh: "界面语言 zh 或 en，默认随系统；也可写在命令之前",
        en: "zh or en (default: by the locale); may also stand before the command",
      },
      (given, named) => {
        if (/^(?:zh|en)\b/i.test(given)) return given;
        throw refused(named, { zh: "应是 zh 或 en", en: "must be zh or en" }, given);
      },
      null,
    ),
  },
  help: { ...flag({ zh: "显示用法", en: "show the usage" }), short: "h" },
  version: flag({
    zh: "显示版本；baimo --version --json 另有提交、Node 和各题集的摘要",
    en: "show the version; baimo --version --json adds commit, Node and the suites' digests",
  }),
};

function graderOptions(given: string, named: string): NonNullable<GraderRef["with"]> {
  try {
    const value: unknown = JSON.parse(given);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as NonNullable<GraderRef["with"]>;
    }
  } catch {
    // Refused below, like any text that is not an object.
  }
  const example = `--${named} '{"mode":"multi"}'`;
  const expected = {
    zh: `应是 JSON 对象，例如 ${example}`,
    en: `must be a JSON object, such as ${example}`,
  };
  throw refused(named, expected, given);
}

/** Such as `2/8`. */
export function readShard(given: string, named: string): Shard {
  const [, index = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(given) ?? []).map(Number);
  if (index >= 1 && index <= of && of <= 10_000) return { index, of };
  const expected = {
    zh: "应是 k/n，k 从 1 到 n，例如 2/8",
    en: "must be k/n with k from 1 to n, such as 2/8",
  };
  throw refused(named, expected, given);
}

/** Throws a `UserError` where both a board and suites are named. */
export function refuseBoardAndSuites(board: string | null, suites: readonly string[]): void {
  if (board === null || suites.length === 0) return;
  throw new UserError({
    zh: "--board 和 --suite 只能写一个：榜单已经写明了题集",
    en: "--board and --suite exclude each other: a board names its suites itself",
  });
}
