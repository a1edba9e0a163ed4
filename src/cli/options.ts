/** Flags that several commands share, with their help; where one name has two meanings, it stands here twice. */
export const commonOptions = {
  config: {
    type: "string",
    help: { zh: "配置文件，默认 baimo.yaml", en: "config file, default baimo.yaml" },
  },
  /** `config` of commands that take nothing but judges from it. */
  judgeConfig: {
    type: "string",
    help: { zh: "配置文件（裁判在 judges:）", en: "config file (judges stand there)" },
  },
  json: { type: "boolean", help: { zh: "输出 JSON", en: "print JSON" } },
  out: { type: "string", short: "o", help: { zh: "写入文件", en: "write to a file" } },
  /** `board` of commands for which the board only says how to total. */
  totalBoard: {
    type: "string",
    help: { zh: "按榜单的规则合计", en: "total by a board's rules" },
  },
  /** `force` of commands that write a file. */
  forceOverwrite: {
    type: "boolean",
    help: { zh: "覆盖已有的文件", en: "overwrite an existing file" },
  },
  /** `force` of commands that compare runs. */
  forceComparison: {
    type: "boolean",
    help: { zh: "不可比也照比", en: "compare in spite of what differs" },
  },
} as const;
