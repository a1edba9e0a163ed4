import type { Paragraph, ParagraphChild, Table as WordTable } from "docx";

import type { Lang } from "../../../domain/text.ts";
import type { Bars, PaperBlock, Chapter } from "../blocks.ts";
import type { Docx } from "./load-docx.ts";

import { cellText } from "../../../files/cell-guard.ts";
import { clean } from "../../render/format.ts";
import { cut } from "../../render/width.ts";
import { type LaidTable, laidOut } from "./layout.ts";
import { faces, sizes } from "./styles.ts";

export type Rendered = Paragraph | WordTable;

/** How blocks become paragraphs. Numbers of tables and figures go on over all that one renderer makes. */
export type Renderer = {
  readonly chapter: (chapter: Chapter, number: number | null) => readonly Rendered[];
  readonly blocks: (blocks: readonly PaperBlock[]) => readonly Rendered[];
  readonly heading: (text: string, level: 1 | 2) => Paragraph;
};

export type RenderRules = {
  readonly lang: Lang;
  /** Ids of the styles of headings; null where the document has none, and heads are set by hand. */
  readonly headings: readonly [string | null, string | null];
  /** Id of the style of text; null takes the document's own. */
  readonly text: string | null;
};

/** Between the margins of an A4 page, in twips. */
const pageWidth = 8_844;

/** Makes the parts of a Word document from blocks. */
export function rendererOf(
  { docx, charts }: Docx,
  { lang, headings, text }: RenderRules,
): Renderer {
  const counts = { table: 0, figure: 0 };
  const heading = (words: string, level: 1 | 2): Paragraph => {
    const style = headings[level - 1] ?? null;
    return new docx.Paragraph({
      keepNext: true,
      ...(style === null ? { spacing: { before: 240, after: 120 } } : { style }),
      children: [
        new docx.TextRun({
          text: safe(words),
          ...(style === null ? { bold: true, font: faces.head } : {}),
        }),
      ],
    });
  };
  const paragraph = (words: string): Paragraph =>
    new docx.Paragraph({
      ...(text === null ? {} : { style: text }),
      children: runsOf(docx, words),
    });
  const caption = (words: string): Paragraph =>
    new docx.Paragraph({
      alignment: "center",
      keepNext: true,
      spacing: { before: 160, after: 80 },
      children: [new docx.TextRun({ text: safe(words), font: faces.head, size: sizes.caption })],
    });
  const numbered = (kind: keyof typeof counts, words: string): string => {
    counts[kind] += 1;
    const name = { table: { zh: "表", en: "Table" }, figure: { zh: "图", en: "Figure" } }[kind];
    return `${name[lang]} ${counts[kind]}　${words}`;
  };
  const tables = (words: string, parts: readonly LaidTable[]): readonly Rendered[] => {
    const title = numbered("table", words);
    return parts.flatMap((part, at) => [
      caption(at === 0 ? title : `${title}${{ zh: "（续）", en: " (continued)" }[lang]}`),
      threeLines(docx, part),
      new docx.Paragraph({ spacing: { after: 120 }, children: [] }),
    ]);
  };
  const render = (block: PaperBlock): readonly Rendered[] => {
    switch (block.kind) {
      case "heading":
        return [heading(block.text, 2)];
      case "text":
        return [paragraph(block.text)];
      case "notice":
        return [noticeOf(docx, block.text)];
      case "table":
        return tables(block.caption, laidOut(block.table, block.keys));
      case "chart":
        return [
          chartOf({ docx, charts }, block.bars, block.caption),
          caption(numbered("figure", block.caption)),
        ];
      case "signatures":
        return signatures(docx, lang);
      default:
        return block satisfies never;
    }
  };
  const blocks = (all: readonly PaperBlock[]): readonly Rendered[] => all.flatMap(render);
  return {
    heading,
    blocks,
    chapter: ({ title, blocks: own }, number) => [
      heading(number === null ? title : `${number}　${title}`, 1),
      ...blocks(own),
    ],
  };
}

/** Whatever a model wrote, as characters that XML can hold. */
const safe = (text: string): string => cellText(text);

function runsOf(docx: Docx["docx"], text: string): readonly ParagraphChild[] {
  return safe(text)
    .split("\n")
    .map((line, at) => new docx.TextRun({ text: line, ...(at === 0 ? {} : { break: 1 }) }));
}

const noticeOf = (docx: Docx["docx"], text: string): Paragraph => {
  const line = { style: "single", size: 6, space: 4, color: "7F6000" } as const;
  return new docx.Paragraph({
    border: { top: line, bottom: line, left: line, right: line },
    shading: { type: "clear", fill: "FFF4CE" },
    spacing: { before: 120, after: 120 },
    children: [new docx.TextRun({ text: safe(text), bold: true, font: faces.head, size: 21 })],
  });
};

/** 三线表: a thick line above and below, a thin one under the head, and no others. */
function threeLines(docx: Docx["docx"], { columns, rows, shares }: LaidTable): WordTable {
  const none = { style: "none", size: 0, color: "auto" } as const;
  const thick = { style: "single", size: 12, color: "000000" } as const;
  const thin = { style: "single", size: 6, color: "000000" } as const;
  const widths = shares.map((share) => Math.floor(share * pageWidth));
  const cell = (text: string, at: number, isHead: boolean) =>
    new docx.TableCell({
      width: { size: widths[at] ?? 0, type: "dxa" },
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      ...(isHead ? { borders: { bottom: thin }, verticalAlign: "center" as const } : {}),
      children: [
        new docx.Paragraph({
          alignment: columns[at]?.align === "right" ? "right" : "left",
          children: safe(text)
            .split("\n")
            .map(
              (line, place) =>
                new docx.TextRun({
                  text: line,
                  size: sizes.table,
                  ...(isHead ? { font: faces.head } : {}),
                  ...(place === 0 ? {} : { break: 1 }),
                }),
            ),
        }),
      ],
    });
  return new docx.Table({
    width: { size: pageWidth, type: "dxa" },
    layout: "fixed",
    columnWidths: widths,
    borders: {
      top: thick,
      bottom: thick,
      left: none,
      right: none,
      insideHorizontal: none,
      insideVertical: none,
    },
    rows: [
      new docx.TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ title }, at) => cell(title, at, true)),
      }),
      ...rows.map(
        (row) =>
          new docx.TableRow({
            cantSplit: true,
            children: columns.map((_, at) => cell(row[at] ?? "", at, false)),
          }),
      ),
    ],
  });
}

/** A chart of the word processor's own, which Word, WPS and LibreOffice draw from its numbers. */
function chartOf({ docx, charts }: Docx, bars: Bars, caption: string): Paragraph {
  const { names, low, high, unit, most } = bars;
  const values = bars.values.map(({ value }) => (typeof value === "number" ? value : null));
  const reach = (bounds: readonly (number | null)[]) =>
    values.map((value, at) => {
      const bound = bounds[at] ?? null;
      return value === null || bound === null ? null : Math.abs(bound - value);
    });
  const [minus, plus] = [reach(low), reach(high)];
  const font = { color: "FFFFFF" };
  const hasIntervals = plus.some((each) => each !== null);
  return new docx.Paragraph({
    alignment: "center",
    keepNext: true,
    spacing: { before: 160 },
    children: [
      new charts.ChartRun({
        type: "bar",
        // Long names would leave no room for the bars.
        categories: names.map((name) => cut(clean(name), 30)),
        series: [
          {
            name: safe(unit),
            values,
            color: "4472C4",
            pointLabels: bars.values.map(({ value, format }) =>
              typeof value === "number"
                ? { value: true, numberFormat: format ?? "General", position: "insideBase", font }
                : false,
            ),
            ...(hasIntervals ? { errorBars: { type: "custom" as const, plus, minus } } : {}),
          },
        ],
        legend: false,
        gapWidth: 60,
        categoryAxis: { reverseOrder: true },
        valueAxis: {
          title: safe(unit),
          minimum: 0,
          ...(most === null ? {} : { maximum: most }),
          crossesAt: "maximum",
          numberFormat: "General",
        },
        transformation: { width: 560, height: Math.min(820, 110 + names.length * 26) },
        altText: { name: safe(caption) },
      }),
    ],
  });
}

function signatures(docx: Docx["docx"], lang: Lang): readonly Rendered[] {
  const roles = {
    zh: ["编制", "审核", "批准", "评测单位（盖章）"],
    en: ["Prepared by", "Checked by", "Approved by", "Organisation (seal)"],
  }[lang];
  const titles = { zh: ["", "姓名", "签字", "日期"], en: ["", "Name", "Signature", "Date"] }[lang];
  const cell = (text: string, share: number) =>
    new docx.TableCell({
      width: { size: Math.floor(share * pageWidth), type: "dxa" },
      verticalAlign: "center",
      children: [
        new docx.Paragraph({
          alignment: "center",
          children: [new docx.TextRun({ text, size: sizes.body })],
        }),
      ],
    });
  const shares = [0.28, 0.2, 0.3, 0.22];
  const row = (texts: readonly string[]) =>
    new docx.TableRow({
      cantSplit: true,
      height: { value: 900, rule: "atLeast" },
      children: texts.map((text, at) => cell(text, shares[at] ?? 0)),
    });
  return [
    new docx.Table({
      width: { size: pageWidth, type: "dxa" },
      layout: "fixed",
      columnWidths: shares.map((share) => Math.floor(share * pageWidth)),
      rows: [row(titles), ...roles.map((role) => row([role, "", "", ""]))],
    }),
    new docx.Paragraph({
      spacing: { before: 160 },
      children: [
        new docx.TextRun({
          text: {
            zh: "本报告的数字出自附录所列的运行文件，只对其中的题集、模型、渠道与日期有效。",
            en: "The figures of this report come from the run files listed in the appendix and hold for their suites, models, channels and dates alone.",
          }[lang],
          size: 21,
        }),
      ],
    }),
  ];
}
