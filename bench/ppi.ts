/**
 * How often the interval of the prediction-powered mean holds the true one, and how wide it is beside the rulings alone:
 * `npm run verify:ppi` [-- --runs N] [--write]. `--write` puts the table into docs/metrics.md and its Chinese twin.
 * Exit code 1 where a promise is broken. 2,000 runs must keep it as it stands; of fewer, a coverage may be three standard
 * errors off.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { predictionPowered } from "../src/stats/agreement/prediction-powered.ts";
import { type RulingCheck, verifyRulings } from "../src/stats/testing/verify-rulings.ts";

const { values: flags } = parseArgs({
  options: {
    runs: { type: "string", default: "2000" },
    write: { type: "boolean", default: false },
  },
});
const runs = Number(flags.runs);
if (!Number.isInteger(runs) || runs < 100) {
  console.error("--runs: a whole number of at least 100");
  process.exit(2);
}

const chinese: Readonly<Record<string, string>> = {
  rulings: "裁定数",
  marks: "得分的档次",
  judge: "裁判",
  correlation: "相关",
  coverage: "覆盖率",
  width: "相对宽度",
  continuous: "连续",
  "five levels": "五档",
  "three levels": "三档",
  "two levels, 70%": "两档，70% 满分",
  "two levels, 80%": "两档，80% 满分",
  "two levels, 50%": "两档，50% 满分",
  useless: "无用",
  weak: "弱",
  strong: "强",
  biased: "强而偏松",
  timid: "强而不敢拉开分差",
};

const found = verifyRulings(predictionPowered, { runs, errors: runs < 2000 ? 3 : 0, seed: 41 });
console.log(markdown(found, (text) => text));
if (flags.write) {
  putInto("metrics.md", (text) => text);
  putInto("metrics.zh-CN.md", (text) => chinese[text] ?? text);
}
const missed = found.flatMap((each) =>
  each.missed.map((what) => `${each.rulings}, ${each.scale}, ${each.judge}: ${what}`),
);
console.log(missed.length === 0 ? "\nevery promise is kept" : `\nmissed:\n${missed.join("\n")}`);
process.exitCode = missed.length === 0 ? 0 : 1;

function markdown(checks: readonly RulingCheck[], worded: (text: string) => string): string {
  const head = ["rulings", "marks", "judge", "correlation", "coverage", "width"];
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(head.map(worded)),
    row(["--:", "---", "---", "--:", "--:", "--:"]),
    ...checks.map(({ rulings, scale, judge, correlation, covered, width }) =>
      row([
        String(rulings),
        worded(scale),
        worded(judge),
        (Math.abs(correlation) < 0.005 ? 0 : correlation).toFixed(2),
        `${(covered * 100).toFixed(1)}%`,
        width.toFixed(2),
      ]),
    ),
  ].join("\n");
}

/** Puts the table between its marks on a page of docs/. */
function putInto(name: string, worded: (text: string) => string): void {
  const file = resolve(import.meta.dirname, "../docs", name);
  const marked = /(<!-- verify:ppi -->\n)[^]*?(<!-- end -->)/;
  const block = markdown(found, worded);
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(marked, (_, start, end) => `${start}\n${block}\n\n${end}`),
  );
}
