import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { Prices } from "../../domain/choosing/prices.ts";
import { Traffic } from "../../domain/choosing/traffic.ts";
import { UserError } from "../../domain/text.ts";
import { billOf } from "../../report/bill/bill.ts";
import { billLines } from "../../report/bill/text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { readView } from "../../report/view/read.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readConfig } from "../../store/config.ts";
import { openVendors } from "../../store/providers/providers.ts";
import { readYaml } from "../../store/yaml/yaml.ts";
import { callFactsOf } from "../bill/call-facts.ts";
import { sampleTraffic } from "../bill/sample.ts";
import { choice, defineCommand, flag, text } from "../options.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

/** Exit 0, or 3 where no target's cost is known. */
export const command = defineCommand({
  usage: "RUN… --traffic t.yaml [--prices p.yaml] [--format table|md|json] [-o f] · --sample",
  options: {
    traffic: text({ zh: "业务流量（YAML）", en: "traffic of one's own (YAML)" }),
    prices: text({
      zh: "自己的价格（YAML）：合同价、折扣、资源包",
      en: "prices of one's own (YAML): contracts, discounts, packages",
    }),
    sample: flag({ zh: "打印一份带注释的流量文件", en: "print a commented traffic file" }),
    config: shared.config,
    format: choice(
      { zh: "table（默认）、md、json", en: "table (default), md, json" },
      ["table", "md", "json"],
      "table",
    ),
    out: shared.out,
  },
  run: async ({ traffic: named, prices, sample, config, format, out, positionals }, context) => {
    const { cwd, lang, columns, print } = context;
    if (sample) {
      print(sampleTraffic[lang].trimEnd());
      return 0;
    }
    if (named === null || positionals.length === 0) throw missing;
    const traffic = (await readYaml(resolve(cwd, named), Traffic)).value;
    const own = prices === null ? null : (await readYaml(resolve(cwd, prices), Prices)).value;
    const runs = await runFilesAmong(positionals, context);
    const view = await readView(runs.map((file) => resolve(cwd, file)));
    const vendors = openVendors(builtinFolder("providers"), await readConfig(cwd, config), cwd);
    const bill = billOf(traffic, await callFactsOf(view, own, vendors));
    const shown =
      format === "json"
        ? jsonText(bill, 2)
        : billLines(
            bill,
            { lang, width: out === null ? columns : 160, markdown: format === "md" },
            traffic.person ?? null,
          ).join("\n");
    if (out === null) print(shown);
    else await writeFile(resolve(cwd, out), `${shown}\n`);
    return bill.offers.some(({ month }) => month !== null) ? 0 : 3;
  },
});

const missing = new UserError({
  zh: "请给出运行文件和流量文件，例如 baimo cost results/a.jsonl --traffic traffic.yaml；baimo cost --sample > traffic.yaml 写出一份样例",
  en: "name run files and a traffic file, such as: baimo cost results/a.jsonl --traffic traffic.yaml; baimo cost --sample > traffic.yaml writes a sample",
});
