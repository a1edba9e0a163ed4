import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { Text } from "../../domain/text.ts";

import { Scorecard, type StatedFacts } from "../../domain/choosing/scorecard.ts";
import { UserError } from "../../domain/text.ts";
import { chooseBy } from "../../report/choose/choose.ts";
import { choiceJson } from "../../report/choose/shown/json.ts";
import { choiceSections } from "../../report/choose/shown/page-sections.ts";
import { choiceTerminal } from "../../report/choose/shown/text.ts";
import { choiceWorkbook } from "../../report/choose/shown/workbook.ts";
import { factsOf } from "../../report/choose/vetoes.ts";
import { egressOf, type StatedEgress } from "../../report/egress/egress.ts";
import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { sampleScorecard } from "../choose/sample.ts";
import { readSources } from "../choose/sources.ts";
import { shownPath } from "../names.ts";
import { defineCommand, flag, list, text } from "../options.ts";
import { writeReport } from "../report/report-page.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

/** Exit 0, or 3 where no target can be ranked. */
export const command = defineCommand({
  usage:
    "RUN… --scorecard card.yaml [--traffic t.yaml] [--prices p.yaml] [--load l.jsonl]… [--history nights] [--incumbent T] [--board b] [--json] [--xlsx f] [--report f.html] · --sample",
  options: {
    scorecard: text({ zh: "计分卡（YAML）", en: "scorecard (YAML)" }),
    traffic: text({ zh: "业务流量（YAML）", en: "traffic of one's own (YAML)" }),
    prices: text({
      zh: "自己的价格（YAML）：合同价、折扣、资源包",
      en: "prices of one's own (YAML): contracts, discounts, packages",
    }),
    load: list({
      zh: "压力测试的文件，取其拐点，可重复",
      en: "file of a load test, for its knee, repeatable",
    }),
    history: text({
      zh: "夜间历史的文件夹，取 30 天的稳定性；不给就只看这些运行",
      en: "folder of a history of nights, for the steadiness of 30 days; without it that of the runs alone",
    }),
    incumbent: text({
      zh: "现在用的目标，迁移成本从它算起",
      en: "the target in use, from which the cost of migration counts",
    }),
    board: shared.totalBoard,
    config: shared.config,
    json: shared.json,
    xlsx: text({
      zh: "写成 Excel：权重可改，总分跟着变",
      en: "write a workbook whose totals follow its weights",
    }),
    report: text({ zh: "写成一个网页，结论在前", en: "write a page, the conclusion first" }),
    sample: flag({ zh: "打印一份带注释的计分卡", en: "print a commented scorecard" }),
  },
  run: async (options, context) => {
    const { cwd, lang, columns, print, warn } = context;
    const { scorecard: named, xlsx, report } = options;
    if (options.sample) {
      print(sampleScorecard[lang].trimEnd());
      return 0;
    }
    if (named === null || options.positionals.length === 0) throw missing;
    const positionals = await runFilesAmong(options.positionals, context);
    const card = (await readYaml(resolve(cwd, named), Scorecard)).value;
    const folders = { cwd, builtin: builtinFolder("suites") };
    const board = options.board === null ? null : await findBoard(options.board, folders);
    const { traffic, prices, load: loads, config, history, incumbent } = options;
    const uses = new Set(
      [...card.groups.flatMap(({ criteria }) => criteria), ...card.vetoes.limits].map(
        ({ use }) => use,
      ),
    );
    const files = {
      runs: positionals,
      board,
      traffic,
      prices,
      loads,
      config,
      history,
      incumbent,
      uses,
    };
    const { source, candidates } = await readSources(files, context);
    const choice = chooseBy(card, source, candidates);
    const egress = egressOf(source.view, (ref) => statedEgress(factsOf(card.facts, ref)));
    print(
      options.json
        ? jsonText(choiceJson(choice, egress), 2)
        : choiceTerminal(choice, egress, { lang, width: columns }),
    );
    if (xlsx !== null) {
      const file = resolve(cwd, xlsx);
      await writeFile(file, await choiceWorkbook(choice, egress, lang));
      warn(written(shownPath(file, context))[lang]);
    }
    if (report !== null) {
      const runs = positionals.map((file) => resolve(cwd, file));
      const before = choiceSections(choice);
      const sources = {
        files: runs,
        board,
        by: [],
        baseline: null,
        margin: 0.05,
        now: new Date(),
        before,
      };
      warn((await writeReport(sources, report, context)).line);
    }
    return choice.targets.some(({ state }) => state === "ranked") ? 0 : 3;
  },
});

/** Where the card says that a target's data go. */
const statedEgress = (stated: StatedFacts | null): StatedEgress | null =>
  stated?.egress === undefined
    ? null
    : { egress: stated.egress, source: stated.source, read: stated.read };

const written = (file: string): Text => ({
  zh: `Excel 工作簿 ${file}：改黄色的格子，总分跟着变`,
  en: `Workbook ${file}: change the yellow cells, and the totals follow`,
});

const missing = new UserError({
  zh: "请给出运行文件和计分卡，例如 baimo choose results/a.jsonl --scorecard card.yaml；baimo choose --sample > card.yaml 写出一份样例",
  en: "name run files and a scorecard, such as: baimo choose results/a.jsonl --scorecard card.yaml; baimo choose --sample > card.yaml writes a sample",
});
