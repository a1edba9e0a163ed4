import type { Lang } from "../../domain/text.ts";
import type { Table } from "../render/table.ts";
import type { HostFigures, HostResult, HostsReport } from "./hosts.ts";

import { egressWord } from "../../domain/life/host-place.ts";
import { wrapTyped } from "../render/as-typed.ts";
import {
  clean,
  count,
  fixed,
  money,
  percent,
  seconds,
  targetName,
  unknown,
} from "../render/format.ts";
import { markdownHeading, markdownLine, renderMarkdown } from "../render/markdown.ts";
import { renderTerminal } from "../render/terminal.ts";
import { hostMeasures } from "./measures.ts";
import { bandText, changeText, figureText, headline, intervalText, verdictText } from "./words.ts";

/** What each host is found to be, the measures behind it, what may be compared only by eye, and how to read it. */
export function hostsLines(
  report: HostsReport,
  {
    lang,
    width,
    markdown,
  }: { readonly lang: Lang; readonly width: number; readonly markdown: boolean },
): readonly string[] {
  const zh = lang === "zh";
  const show = (table: Table): string =>
    markdown ? renderMarkdown(table) : renderTerminal(table, width);
  const say = (line: string): readonly string[] =>
    markdown ? [`- ${markdownLine(line)}`] : wrapTyped(line, width);
  const head = (text: string): string => (markdown ? markdownHeading(text) : text);
  const official = clean(report.official.target);
  return [
    head(
      zh
        ? `同模异商：以 ${official} 为官方服务`
        : `One model at several hosts, ${official} being the official service`,
    ),
    "",
    ...report.hosts.flatMap((host) => say(headline(host, report, lang))),
    ...report.hosts.flatMap((host) => [
      "",
      head(hostTitle(host, lang)),
      "",
      show(measureTable(host, lang)),
    ]),
    "",
    head(
      zh
        ? "速度、价格与返回的模型名（并列，不作判断）"
        : "Speed, price and returned names, side by side and not judged",
    ),
    "",
    show(figureTable(report, lang)),
    "",
    head(zh ? "发送的参数" : "Params sent"),
    "",
    show(paramTable(report, lang)),
    "",
    ...notes(report, lang).flatMap(say),
  ];
}

function hostTitle({ figures, items, kinship }: HostResult, lang: Lang): string {
  const name = clean(figures.target);
  const bounds = kinship?.interval;
  const range = bounds == null ? "" : ` [${fixed(bounds.low, 2)}, ${fixed(bounds.high, 2)}]`;
  const kin = kinship === null ? "" : `${fixed(kinship.value, 2)}${range}`;
  if (lang === "zh") return `${name}：共同的题 ${items}${kin === "" ? "" : `，同源度 ${kin}`}`;
  return `${name}: ${items} common items${kin === "" ? "" : `, kinship ${kin}`}`;
}

function measureTable({ measures }: HostResult, lang: Lang): Table {
  const zh = lang === "zh";
  const right = { align: "right" } as const;
  return {
    columns: [
      { title: zh ? "指标" : "Measure" },
      { title: zh ? "官方" : "Official", ...right },
      { title: zh ? "这一家" : "Host", ...right },
      { title: zh ? "差" : "Change", ...right },
      { title: "95%", ...right, drop: 1 },
      { title: zh ? "自身复测带" : "Self-repeat", ...right },
      { title: zh ? "结论" : "Verdict" },
    ],
    rows: measures
      .filter(({ verdict }) => verdict !== "absent")
      .map((each) => [
        hostMeasures.find(({ id }) => id === each.measure)?.title[lang] ?? each.measure,
        figureText(each, each.official),
        figureText(each, each.host),
        changeText(each),
        intervalText(each),
        bandText(each),
        verdictText(each, lang),
      ]),
  };
}

function figureTable({ official, hosts }: HostsReport, lang: Lang): Table {
  const zh = lang === "zh";
  const right = { align: "right" } as const;
  return {
    columns: [
      { title: zh ? "目标" : "Target", shrink: 16 },
      { title: zh ? "首字 p50/p95 (秒)" : "TTFT p50/p95 (s)", ...right },
      { title: zh ? "字/秒" : "char/s", ...right, drop: 2 },
      { title: zh ? "每千次调用" : "1000 calls", ...right },
      { title: zh ? "数据去向" : "Data go", drop: 4 },
      { title: zh ? "作答" : "Answers", ...right, drop: 3 },
      { title: zh ? "返回的模型名" : "Returned name", shrink: 12 },
    ],
    rows: [official, ...hosts.map(({ figures }) => figures)].map((each) => [
      targetName(each.target, each.simulated, lang),
      each.first_token_ms === null
        ? "—"
        : `${seconds(each.first_token_ms.p50.value)}/${seconds(each.first_token_ms.p95.value)}`,
      each.speed === null ? "—" : fixed(each.speed.p50.value, 0),
      money(each.cost_per.thousand_calls, lang),
      each.egress === null ? unknown[lang] : clean(egressWord(each.egress, lang)),
      count(each.answers, lang),
      namesText(each, lang),
    ]),
  };
}

const namesText = ({ models_returned }: HostFigures, lang: Lang): string =>
  models_returned.length === 0
    ? unknown[lang]
    : models_returned.map(({ id }) => clean(id)).join(lang === "zh" ? "、" : ", ");

function paramTable({ official, hosts }: HostsReport, lang: Lang): Table {
  const every = [official, ...hosts.map(({ figures }) => figures)];
  return {
    columns: [
      { title: lang === "zh" ? "目标" : "Target", shrink: 16 },
      ...official.params.map(({ param }) => ({ title: param, align: "right" as const })),
    ],
    rows: every.map(({ target, params }) => [
      clean(target),
      ...params.map((each) => paramText(each, lang)),
    ]),
  };
}

function paramText({ values, dropped }: HostFigures["params"][number], lang: Lang): string {
  const zh = lang === "zh";
  if (dropped) return zh ? "发不出" : "not sent";
  const said = values.map((value) => value ?? (zh ? "默认" : "default"));
  return said.length > 3 ? (zh ? `${said.length} 种` : `${said.length} values`) : said.join("/");
}

/** What has to be known to read it, and what is lacking. */
function notes(report: HostsReport, lang: Lang): readonly string[] {
  const zh = lang === "zh";
  const { official, hosts, repeated_items, level } = report;
  const few = repeated_items === 0;
  const left = [official, ...hosts.map(({ figures }) => figures)].filter(({ params }) =>
    params.some(({ values, dropped }) => dropped || values.includes(null)),
  );
  return [
    few
      ? zh
        ? `官方服务每题只问了一次，没有自身复测，无从判断。请用 --trials 2 以上（建议 3）再跑官方和各家。`
        : `The official service was asked once per item: without its own repeats nothing can be judged. Run it and the hosts with --trials 2 or more (3 is better).`
      : zh
        ? `自身复测带：这一家若就是官方服务，把两边对同一题的回答互换，所有指标、${hosts.length} 家合在一起，${percent(1 - level)} 的比较都落在带内。带内还要求 95% 区间排除容差；“不能判”后面是找出容差那么大的偏离（检验功效 80%）所需的题数。`
        : `Self-repeat: were the host the official service, answers to the same item could change places, and over all measures and ${hosts.length} hosts ${percent(1 - level)} of comparisons would stay inside. Within also asks that the 95% interval excludes the tolerance; an open verdict names the items at which a departure as large as the tolerance is found with power 80%.`,
    zh
      ? "同答率和工具触发 F1 的“官方”是官方与自己相比；效果按题等权，不按维度加权。"
      : "Of same answers and tool trigger F1, the official figure is the official service against itself; in the effect items weigh the same, whatever their dimension.",
    ...left.map(({ target, params }) => {
      const names = params.filter(({ values, dropped }) => dropped || values.includes(null));
      const list = names.map(({ param }) => param).join(zh ? "、" : ", ");
      return zh
        ? `${clean(target)}：${list} 用的是服务商自己的默认值，各家默认不同，差别可能由此而来。`
        : `${clean(target)}: ${list} was left to the host's default, and defaults differ between hosts: that alone may make a difference.`;
    }),
    ...hosts.flatMap(({ figures, ...of }) => {
      if (of.items_missing + of.items_asked_otherwise + of.items_extra === 0) return [];
      return [
        zh
          ? `${clean(figures.target)}：官方答过而它没有的题 ${of.items_missing}，提示词不同的 ${of.items_asked_otherwise}，只有它答过的 ${of.items_extra}；都不计入。`
          : `${clean(figures.target)}: ${of.items_missing} items of the official service it lacks, ${of.items_asked_otherwise} had another prompt, ${of.items_extra} it alone answered; none of them counts.`,
      ];
    }),
  ];
}
