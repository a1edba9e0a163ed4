import type { Text } from "../src/domain/text.ts";

/** How one kind of thing is added. Its files stand in `scaffold/<kind>/`, as they would stand in the tree. */
export type Recipe = {
  readonly kind: string;
  /** The id that its files have; the one that is asked for takes its place. */
  readonly id: string;
  readonly files: readonly { readonly path: string; readonly holds: Text }[];
  /** Scripts of package.json that write further files, such as pages of docs/. */
  readonly scripts: readonly string[];
  /** What must pass before it is sent in. */
  readonly checks: readonly string[];
};

const tests: Text = {
  zh: "测试：真实的样例，不只是会成功的",
  en: "its tests: real samples, and not those alone that work",
};

/**
 * Every kind that `npm run new` knows. A new kind is one entry here, its files in
 * `scaffold/<kind>/`, and one section in CONTRIBUTING.md with the marks `<!-- recipe: <kind> -->` and `<!-- end -->`, between
 * which `npm run schemas` writes the rest. `npm run recipes` then tries it like all others.
 */
export const recipes: readonly Recipe[] = [
  {
    kind: "provider",
    id: "my-provider",
    files: [
      {
        path: "providers/my-provider.yaml",
        holds: {
          zh: "地址、密钥的环境变量、参数限制、用量字段、错误表、模型与价格",
          en: "address, variable of the key, limits of params, usage, errors, models and prices",
        },
      },
    ],
    scripts: [],
    checks: [
      "npm run -s baimo -- check providers/my-provider.yaml",
      "npm run -s baimo -- run starter -m my-provider/my-model --via-sim --limit 1",
      "npm run check",
    ],
  },
  {
    kind: "suite",
    id: "my-suite",
    files: [
      {
        path: "suites/my-suite.yaml",
        holds: {
          zh: "题目、标准答案、评分器，每个任务另有一种问法",
          en: "items, golds, graders, and for every task another wording",
        },
      },
    ],
    scripts: [],
    checks: [
      "npm run -s baimo -- check suites/my-suite.yaml",
      "npm run -s baimo -- run my-suite -m sim/xiliu -m baseline/random -m baseline/first",
      "npm run check",
    ],
  },
  {
    kind: "grader",
    id: "my-grader",
    files: [
      {
        path: "src/graders/my-grader.ts",
        holds: {
          zh: "导出 `grader`（约定见 `src/domain/grader.ts`）",
          en: "exports `grader` (contract: `src/domain/grader.ts`)",
        },
      },
      {
        path: "src/graders/my-grader.test.ts",
        holds: {
          zh: "真实回答的表：对的、像对的、什么也没说的",
          en: "a table of real replies: right, nearly right, and without an answer",
        },
      },
      {
        path: "docs/graders/my-grader.md",
        holds: {
          zh: "英文说明，写明每个选项；表里的每一行都会跑",
          en: "what it reads and misreads, each option by name; every row of its tables is run",
        },
      },
      {
        path: "docs/graders/my-grader.zh-CN.md",
        holds: { zh: "中文说明", en: "the same in Chinese" },
      },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "constraint",
    id: "my-constraint",
    files: [
      {
        path: "src/constraints/my-constraint.ts",
        holds: {
          zh: "导出 `constraint`（约定见 `src/grading/constraints/constraint.ts`）",
          en: "exports `constraint` (contract: `src/grading/constraints/constraint.ts`)",
        },
      },
      { path: "src/constraints/my-constraint.test.ts", holds: tests },
      {
        path: "docs/graders/constraints/my-constraint.md",
        holds: {
          zh: "英文说明，写明每个选项；遵守和不遵守的例子各一行，都会跑",
          en: "what it demands, each option by name; a row that keeps it and one that does not, both of which are run",
        },
      },
      {
        path: "docs/graders/constraints/my-constraint.zh-CN.md",
        holds: { zh: "中文说明", en: "the same in Chinese" },
      },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "protocol",
    id: "my-protocol",
    files: [
      {
        path: "src/protocols/my-protocol.ts",
        holds: {
          zh: "导出 `protocol`（约定见 `src/calling/protocol.ts`）",
          en: "exports `protocol` (contract: `src/calling/protocol.ts`)",
        },
      },
      { path: "src/protocols/my-protocol.test.ts", holds: tests },
      {
        path: "src/simulator/protocols/my-protocol.ts",
        holds: {
          zh: "模拟器里的同一协议，照厂商文档写，不照上面的文件写",
          en: "the simulator's side, written from the vendor's documentation and not from the file above",
        },
      },
      {
        path: "providers/my-protocol.yaml",
        holds: { zh: "说这个协议的服务商", en: "a vendor that speaks it" },
      },
    ],
    scripts: ["schemas"],
    checks: [
      "npm run -s baimo -- check providers/my-protocol.yaml",
      "npm run -s baimo -- run starter -m my-protocol/my-model --via-sim --limit 1",
      "npm run check",
    ],
  },
  {
    kind: "importer",
    id: "my-importer",
    files: [
      {
        path: "src/importers/my-importer.ts",
        holds: {
          zh: "导出 `importer`（约定见 `src/importing/importer.ts`）",
          en: "exports `importer` (contract: `src/importing/importer.ts`)",
        },
      },
      { path: "src/importers/my-importer.test.ts", holds: tests },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "run-importer",
    id: "my-tool",
    files: [
      {
        path: "src/run-importers/my-tool.ts",
        holds: {
          zh: "导出 `runImporter`（约定见 `src/importing/runs/run-importer.ts`）",
          en: "exports `runImporter` (contract: `src/importing/runs/run-importer.ts`)",
        },
      },
      { path: "src/run-importers/my-tool.test.ts", holds: tests },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "generator",
    id: "my-generator",
    files: [
      {
        path: "src/generators/my-generator.ts",
        holds: {
          zh: "导出 `generator`（约定见 `src/generating/generator.ts`）",
          en: "exports `generator` (contract: `src/generating/generator.ts`)",
        },
      },
      {
        path: "src/generators/my-generator.test.ts",
        holds: {
          zh: "第二种解法，只看题面，逐题核对标准答案",
          en: "a second solver, which reads the question alone and must find every gold",
        },
      },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "environment",
    id: "my-environment",
    files: [
      {
        path: "src/environments/my-environment.ts",
        holds: {
          zh: "导出 `environment`（约定见 `src/playing/environment.ts`）",
          en: "exports `environment` (contract: `src/playing/environment.ts`)",
        },
      },
      {
        path: "src/environments/my-environment.test.ts",
        holds: {
          zh: "测试：禁止的操作、违反制度的做法和不合理的调用",
          en: "its tests: what is forbidden, what breaks the policy, and calls that make no sense",
        },
      },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "report-format",
    id: "my-format",
    files: [
      {
        path: "src/report/leaderboard/formats/my-format.ts",
        holds: {
          zh: "导出 `format`（约定见 `src/report/leaderboard/format.ts`）",
          en: "exports `format` (contract: `src/report/leaderboard/format.ts`)",
        },
      },
      { path: "src/report/leaderboard/formats/my-format.test.ts", holds: tests },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
  {
    kind: "export-format",
    id: "my-table",
    files: [
      {
        path: "src/report/export/formats/my-table.ts",
        holds: {
          zh: "导出 `format`（约定见 `src/report/export/format.ts`）",
          en: "exports `format` (contract: `src/report/export/format.ts`)",
        },
      },
      { path: "src/report/export/formats/my-table.test.ts", holds: tests },
    ],
    scripts: ["schemas"],
    checks: ["npm run check"],
  },
];
