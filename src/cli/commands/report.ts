import { writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";

import type { Text } from "../../domain/text.ts";
import type { Report } from "../../report/page/report.ts";

import { pageAssets } from "../../report/page/assets.ts";
import { makeReport } from "../../report/page/make-report.ts";
import { jsonText } from "../../report/render/plain.ts";
import { builtinFolder } from "../../store/builtin.ts";
import { readHeader } from "../../store/runs/reader.ts";
import { findBoard } from "../../store/suites/find-suites.ts";
import { ownName } from "../names.ts";
import { choice, defineCommand, flag, points, text } from "../options.ts";
import { servePage } from "../report/page-server.ts";
import { noRunNamed } from "../report/recent-runs.ts";
import { writeReport } from "../report/report-page.ts";
import { runFilesAmong } from "../report/run-files.ts";
import { refuseBoardAndSuites, shared } from "../shared-options.ts";

const options = {
  board: shared.totalBoard,
  suite: shared.onlySuite,
  by: shared.by,
  baseline: text({
    zh: "与这个运行文件比较；不写则拿第一名与其他目标比较",
    en: "compare with this run file (default: the first target with the others)",
  }),
  margin: points(
    { zh: "比较时多少分以内算持平，默认 5", en: "points within which it is a tie (default 5)" },
    { least: 0 },
    0.05,
  ),
  format: choice(
    { zh: "html（默认）、json", en: "html (default), json" },
    ["html", "json"],
    "html",
  ),
  out: shared.out,
  serve: flag({
    zh: "在本机提供页面，各块按需读取，不写文件；适合大得不便打开的运行",
    en: "serve the page on this machine, blocks read on demand, no file written: for runs too large to open",
  }),
};

/** Exit 0, or 3 where no answer counts. */
export const command = defineCommand({
  usage:
    "RUN… [-o report.html] [--board b] [--suite s]… [--baseline RUN] [--by tag]… [--format html|json] [--serve]",
  options,
  run: async (
    { board: name, suite: suites, baseline, by, format, margin, out, serve, positionals: named },
    context,
  ) => {
    const { cwd, print } = context;
    if (named.length === 0) throw await noRunNamed(missingRun, context);
    const positionals = await runFilesAmong(named, context);
    refuseBoardAndSuites(name, suites);
    const board =
      name === null ? null : await findBoard(name, { cwd, builtin: builtinFolder("suites") });
    const sources = {
      files: positionals.map((file) => resolve(cwd, file)),
      board,
      suites,
      by,
      baseline: baseline === null ? null : resolve(cwd, baseline),
      margin,
      now: new Date(),
    };
    if (format === "json") {
      const { report } = await makeReport(sources);
      const json = jsonText(report, 2);
      if (out === null) print(json);
      else await writeFile(resolve(cwd, out), `${json}\n`);
      return exitCode(report);
    }
    if (serve) {
      const made = await makeReport(sources);
      const server = await servePage({ ...made, assets: await pageAssets(), lang: context.lang });
      print(made.report.conclusion[context.lang]);
      print(serving(server.url)[context.lang]);
      await context.finishing(() => aborted(context.stopping));
      await server.close();
      return exitCode(made.report);
    }
    const file = out ?? pageName(positionals);
    const { made, line } = await writeReport(sources, file, context);
    print(made.report.conclusion[context.lang]);
    print(line);
    const [before, after, ...more] = positionals;
    if (baseline !== null) print(onThePage[context.lang]);
    if (before !== undefined && after !== undefined && more.length === 0 && baseline === null) {
      const [older, newer] = (await isLater(before, after, cwd))
        ? [after, before]
        : [before, after];
      print(comparing(older, newer, ownName(context))[context.lang]);
    }
    return exitCode(made.report);
  },
});

const exitCode = ({ targets }: Report): number =>
  targets.some(({ score }) => score.value !== null) ? 0 : 3;

/** Whether the first of two runs began after the second. */
async function isLater(first: string, second: string, cwd: string): Promise<boolean> {
  const [a, b] = await Promise.all([first, second].map((file) => readHeader(resolve(cwd, file))));
  return (a?.started_at ?? "") > (b?.started_at ?? "");
}

const onThePage: Text = {
  zh: "与基准相比变了多少，看报告页的“比较”",
  en: "What changed from the baseline stands on the page, under Compare",
};

/** Runs that are shown together are not compared on the page. */
const comparing = (before: string, after: string, name: string): Text => ({
  zh: `几次运行合在一页里不作比较；要看后一次比前一次变了多少：\n${name} report ${after} --baseline ${before}`,
  en: `Runs on one page are not compared; to see what changed from the first to the second:\n${name} report ${after} --baseline ${before}`,
});

const serving = (url: string): Text => ({
  zh: `报告页在 ${url}，只有本机能打开。按 Ctrl-C 结束。`,
  en: `The report page is at ${url}, for this machine alone. Ctrl-C ends it.`,
});

/** Resolves once the signal is aborted. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => {
      resolve();
    });
  });

/** Beside the first run file: under its name, and of several under all of theirs, so that no page of one run is lost. */
function pageName([first = "", ...others]: readonly string[]): string {
  const names = others.map((file) => bare(basename(file)));
  const beside = names.length > mostNamed ? [`${names.length}-runs`] : names;
  return `${[bare(first), ...beside].join("+")}.html`;
}

/** Further runs whose names a page's name holds. */
const mostNamed = 2;

const bare = (file: string): string => file.replace(/\.jsonl(?:\.zst)?$/, "");

const missingRun: Text = {
  zh: "请给出至少一个运行文件，例如 baimo report results/run.jsonl",
  en: "Name at least one run file, such as: baimo report results/run.jsonl",
};
