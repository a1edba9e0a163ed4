import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { CallRecord } from "../../domain/call.ts";
import type { RunFileLine } from "../../domain/run-file/lines.ts";

import { seededRandom } from "../../stats/random.ts";
import { folderWith } from "../../store/testing/files.ts";
import { answerLine, itemLine, runLine, scoreLine, targetEntry } from "../testing/lines.ts";
import { hostsReport, type HostsOptions } from "./hosts.ts";
import { readHosts } from "./read.ts";
import { hostsLines } from "./text.ts";

const official = "yunshang/shan";

/** What one answer of a host is, by item, trial and a source of chance. */
type Says = (
  item: number,
  random: () => number,
) => { readonly right: boolean; readonly call?: Partial<CallRecord>; readonly letter?: string };

/** As the official service: right on most items nearly always, on every tenth half of the time. */
const honest: Says = (item, random) => ({
  right: random() < (item % 10 === 0 ? 0.5 : item % 3 === 0 ? 0.05 : 0.97),
});

type Run = {
  readonly hosts: Readonly<Record<string, Says>>;
  readonly items?: number;
  readonly trials?: number;
  readonly tools?: boolean;
  /** Left out, by host and item. */
  readonly lacks?: (host: string, item: number) => boolean;
  readonly prompt?: (host: string, item: number) => string | undefined;
};

async function fileOf({ hosts, items = 60, trials = 3, tools = false, lacks, prompt }: Run) {
  const random = seededRandom(5);
  const entries = Object.keys(hosts).map((ref) => targetEntry(ref, { base_model: "shan" }));
  const lines: RunFileLine[] = [
    runLine(entries, { size: { items, per_target: items * trials, answers: 0 } }),
  ];
  for (let number = 0; number < items; number++) {
    const item = `s/t/i${number}`;
    const parameters = {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
    };
    lines.push(
      itemLine(item, {
        tools: tools ? [{ name: "weather", parameters }] : [],
        params: { temperature: 0.6, top_p: 0.9 },
      }),
    );
    for (const [target, says] of Object.entries(hosts)) {
      if (lacks?.(target, number) === true) continue;
      for (let trial = 1; trial <= trials; trial++) {
        const { right, call, letter } = says(number, random);
        const asked = prompt?.(target, number);
        lines.push(
          answerLine({
            item,
            target,
            trial,
            call: { model_returned: "shan", ...call },
            ...(asked === undefined ? {} : { ask_digest: asked }),
          }),
        );
        const score = scoreLine({ item, target, trial }, right ? "right" : "wrong");
        lines.push({ ...score, extracted: letter ?? (right ? "A" : "B") });
      }
    }
  }
  const folder = await folderWith({});
  const file = join(folder, "run.jsonl");
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return file;
}

async function reportOf(run: Run, options: Partial<HostsOptions> = {}) {
  const reading = await readHosts([await fileOf(run)]);
  return hostsReport(reading, { official, hosts: [], seed: 7, draws: 2_000, ...options });
}

const verdictsOf = ({
  measures,
}: {
  readonly measures: readonly { readonly measure: string; readonly verdict: string }[];
}) => Object.fromEntries(measures.map(({ measure, verdict }) => [measure, verdict]));

const cutShort: Says = (item, random) => {
  const cut = random() < 0.25;
  return {
    right: !cut && honest(item, random).right,
    ...(cut
      ? {
          call: {
            outcome: "length" as const,
            finish: { reason: "length" as const, raw: "length" },
          },
        }
      : {}),
  };
};
/** Right and wrong on other items. */
const another: Says = (item, random) => honest(item + 1, random);

test("an honest host is inside, one that cuts and one that is another model are named", async () => {
  const report = await reportOf({
    hosts: { [official]: honest, "a/shan": honest, "b/shan": cutShort, "c/shan": another },
    items: 150,
  });
  const [a, b, c] = report.hosts;
  expect(Object.values(verdictsOf(a ?? { measures: [] }))).not.toContain("outside");
  expect(a?.behaves_as_another).toBe(false);
  expect(verdictsOf(b ?? { measures: [] })).toMatchObject({
    cut: "outside",
    complete: "outside",
    agreement: "open",
  });
  expect(b?.behaves_as_another).toBe(false);
  expect(verdictsOf(c ?? { measures: [] })).toMatchObject({ agreement: "outside", cut: "within" });
  expect(c?.behaves_as_another).toBe(true);
  expect(a?.kinship?.value).toBeGreaterThan(0.9);
  const shown = (lang: "zh" | "en", width: number) =>
    hostsLines(report, { lang, width, markdown: false });
  expect(shown("zh", 80).join("\n")).toMatch(/^a\/shan：没有一项超出官方自身复测的波动/mu);
  expect(shown("zh", 160).join("\n")).toContain("b/shan：与官方服务不符——");
  expect(shown("en", 160).join("\n")).toContain("as of another model");
  expect(hostsLines(report, { lang: "en", width: 160, markdown: true }).join("\n")).toContain(
    "| Measure |",
  );
});

test("a host that never calls the tool, and one whose calls break the schema", async () => {
  const calls =
    (given: string, share: number): Says =>
    (item, random) => ({
      ...honest(item, random),
      ...(random() < share
        ? { call: { tool_calls: [{ id: "1", name: "weather", arguments: given }] } }
        : {}),
    });
  const good = '{"city": "杭州"}';
  const report = await reportOf({
    tools: true,
    hosts: {
      [official]: calls(good, 0.8),
      "a/shan": calls(good, 0.1),
      "b/shan": (item, random) => calls(random() < 0.5 ? '{"town": 1' : good, 0.8)(item, random),
    },
  });
  const [a, b] = report.hosts;
  expect(verdictsOf(a ?? { measures: [] })).toMatchObject({ trigger_f1: "outside" });
  expect(verdictsOf(b ?? { measures: [] })).toMatchObject({ calls_valid: "outside" });
  const valid = b?.measures.find(({ measure }) => measure === "calls_valid");
  expect(valid?.official).toBe(1);
  expect(valid?.host).toBeGreaterThan(0.3);
  expect(valid?.host).toBeLessThan(0.7);
});

test("asked once, the official service has no band: figures without verdicts, and what is needed", async () => {
  const report = await reportOf({ trials: 1, hosts: { [official]: honest, "a/shan": cutShort } });
  const verdicts = report.hosts[0]?.measures.map(({ verdict }) => verdict) ?? [];
  expect(new Set(verdicts)).toEqual(new Set(["open", "absent"]));
  expect(report.hosts[0]?.measures.every(({ band, p }) => band === null && p === null)).toBe(true);
  const text = hostsLines(report, { lang: "en", width: 120, markdown: false }).join("\n");
  expect(text).toContain("no self-repeat and no verdict");
  expect(text).toContain("--trials 2 or more");
});

test("two items are too few for anything but say how many are needed", async () => {
  const report = await reportOf({ items: 2, hosts: { [official]: honest, "a/shan": honest } });
  for (const { verdict, items_needed } of report.hosts[0]?.measures ?? []) {
    if (verdict === "absent") continue;
    expect(verdict).toBe("open");
    expect(items_needed).toBeGreaterThanOrEqual(20);
  }
});

test("items that only one side has, or that were asked in other words, are counted and left out", async () => {
  const report = await reportOf({
    hosts: { [official]: honest, "a/shan": honest },
    lacks: (host, item) => (host === official ? item < 3 : item >= 50),
    prompt: (host, item) => (host !== official && item === 20 ? "another prompt" : undefined),
  });
  expect(report.hosts[0]).toMatchObject({
    items: 46,
    items_missing: 10,
    items_asked_otherwise: 1,
    items_extra: 3,
  });
  const none = await reportOf({
    hosts: { [official]: honest, "a/shan": honest },
    lacks: (host, item) => (host === official) === item < 30,
  });
  expect(none.hosts[0]?.items).toBe(0);
  const text = hostsLines(none, { lang: "zh", width: 80, markdown: false }).join("\n");
  expect(text).toContain("没有共同的题");
});

test("a param that nobody stated is told, as are names of other models", async () => {
  const report = await reportOf({
    hosts: {
      [official]: honest,
      "a/shan": (item, random) => ({ ...honest(item, random), call: { model_returned: "shui" } }),
    },
  });
  expect(report.hosts[0]?.figures.other_names).toEqual([{ id: "shui", share: 1 }]);
  expect(report.official.params).toEqual([
    { param: "temperature", values: [0.6], dropped: false },
    { param: "top_p", values: [0.9], dropped: false },
    { param: "max_tokens", values: [null], dropped: false },
  ]);
  const text = hostsLines(report, { lang: "zh", width: 120, markdown: false }).join("\n");
  expect(text).toContain("返回的模型名是 shui (100%)");
  expect(text).toContain("a/shan：max_tokens 用的是服务商自己的默认值");
});

test("an official service that the run lacks, and a run of other models, say what is there", async () => {
  const file = await fileOf({ hosts: { [official]: honest, "a/shan": honest } });
  const reading = await readHosts([file]);
  const of = (options: Partial<HostsOptions>) => () =>
    hostsReport(reading, { official, hosts: [], seed: 7, ...options });
  expect(of({ official: "nobody/shan" })).toThrow("yunshang/shan, a/shan");
  expect(of({ hosts: ["x/y"] })).toThrow("x/y");
});
