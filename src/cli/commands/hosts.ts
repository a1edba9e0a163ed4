import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import type { HostsReport } from "../../report/hosts/hosts.ts";

import { UserError } from "../../domain/text.ts";
import { hostsReport } from "../../report/hosts/hosts.ts";
import { hostsJson } from "../../report/hosts/json.ts";
import { readHosts } from "../../report/hosts/read.ts";
import { hostsLines } from "../../report/hosts/text.ts";
import { jsonText } from "../../report/render/plain.ts";
import { choice, defineCommand, list, number, points, text } from "../options.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { shared } from "../shared-options.ts";

/** Exit 0 where every host is within or nothing is against it, 1 where one departs, 3 where nothing can be told of one. */
export const command = defineCommand({
  usage: "RUN… --official TARGET [--host TARGET]… [--tolerance n] [--format table|md|json] [-o f]",
  options: {
    official: text({
      zh: "官方服务：作为标准的目标",
      en: "the official service: the target that is the standard",
    }),
    host: list({
      zh: "要比的目标，可重复；默认是同一 base_model 的全部目标",
      en: "a target to compare, repeatable (default: all of the same base_model)",
    }),
    tolerance: points(
      {
        zh: "效果差多少分以内算一致，默认 3",
        en: "points of effect that must be excluded for a verdict of within (default 3)",
      },
      { least: 0.1 },
      0.03,
    ),
    seed: number(
      { zh: "随机抽取的种子，默认 7", en: "seed of the random draws (default 7)" },
      { least: 0 },
      7,
    ),
    format: choice(
      { zh: "table（默认）、md、json", en: "table (default), md, json" },
      ["table", "md", "json"],
      "table",
    ),
    out: shared.out,
  },
  run: async (
    { official, host, tolerance, seed, format, out, positionals },
    { cwd, lang, columns, print, warn },
  ) => {
    if (official === null || positionals.length === 0) throw missing;
    const runs = await runFilesAmong(positionals, { cwd, lang, warn });
    const reading = await readHosts(runs.map((file) => resolve(cwd, file)));
    const report = hostsReport(reading, {
      official,
      hosts: host,
      seed,
      tolerance: { effect: tolerance },
    });
    const shown =
      format === "json"
        ? jsonText(hostsJson(report), 2)
        : hostsLines(report, {
            lang,
            width: out === null ? columns : 160,
            markdown: format === "md",
          }).join("\n");
    if (out === null) print(shown);
    else await writeFile(resolve(cwd, out), `${shown}\n`);
    return exitCode(report);
  },
});

function exitCode({ hosts }: HostsReport): number {
  const departs = hosts.some(
    ({ measures, figures }) =>
      figures.other_names.length > 0 || measures.some(({ verdict }) => verdict === "outside"),
  );
  if (departs) return 1;
  const told = hosts.every(({ measures }) => measures.some(({ verdict }) => verdict === "within"));
  return told ? 0 : 3;
}

const missing = new UserError({
  zh: "请给出运行文件和官方服务，例如 baimo hosts results/a.jsonl --official deepseek/deepseek-chat",
  en: "name run files and the official service, such as: baimo hosts results/a.jsonl --official deepseek/deepseek-chat",
});
