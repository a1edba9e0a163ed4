import { writeFile } from "node:fs/promises";

import type { Paragraph } from "docx";

import type { Paper } from "../paper.ts";
import type { Docx } from "./load-docx.ts";

import { cellText } from "../../../files/cell-guard.ts";
import { chaptersOf } from "../chapters.ts";
import { factsOf, paperTitle, simulatedNotice, subjectOf } from "../paper.ts";
import { loadDocx } from "./load-docx.ts";
import { rendererOf } from "./render.ts";
import { faces, sizes, stylesOf } from "./styles.ts";
import { fillTemplate } from "./template.ts";

/**
 * Writes a Word report: cover, contents, the conclusion first, method, appendices, a page to sign; or fills in a company's own
 * document. Rejects with a `UserError` where docx is not installed or the template cannot be filled in.
 */
export async function writeWord(paper: Paper, file: string): Promise<void> {
  const kit = await loadDocx();
  const { template } = paper.options;
  await writeFile(
    file,
    template === null ? await ownReport(kit, paper) : await fillTemplate(kit, paper, template),
  );
}

/** Margins in twips, so that `pageWidth` stays between them. */
const page = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 1_440, bottom: 1_440, left: 1_531, right: 1_531 },
};

async function ownReport(kit: Docx, paper: Paper): Promise<Uint8Array> {
  const { docx } = kit;
  const { lang, options } = paper;
  const render = rendererOf(kit, { lang, headings: ["Heading1", "Heading2"], text: "BaimoText" });
  const chapters = await chaptersOf(paper);
  let number = 0;
  const body = chapters.flatMap((chapter) => {
    const isNumbered = !["samples", "items", "records", "signatures"].includes(chapter.id);
    if (isNumbered) number += 1;
    const parts = render.chapter(chapter, isNumbered ? number : null);
    return chapter.id === "signatures"
      ? [new docx.Paragraph({ pageBreakBefore: true, children: [] }), ...parts]
      : parts;
  });
  const document = new docx.Document({
    creator: "baimo",
    title: `${paperTitle[lang]} ${cellText(subjectOf(paper))}`,
    styles: stylesOf(lang),
    features: { updateFields: true },
    sections: [
      { properties: { page }, children: coverOf(docx, paper) },
      {
        properties: { page },
        headers: { default: headerOf(docx, paper) },
        footers: { default: footerOf(docx, lang) },
        children: [
          new docx.Paragraph({
            alignment: "center",
            spacing: { after: 240 },
            children: [
              new docx.TextRun({
                text: { zh: "目　录", en: "Contents" }[lang],
                font: faces.head,
                size: 32,
              }),
            ],
          }),
          new docx.TableOfContents({ zh: "目录", en: "Contents" }[lang], {
            hyperlink: true,
            headingStyleRange: "1-2",
          }),
          new docx.Paragraph({ pageBreakBefore: true, children: [] }),
          ...body,
        ],
      },
    ],
  });
  const bytes = await docx.Packer.toBuffer(document);
  options.signal.throwIfAborted();
  return bytes;
}

function coverOf(docx: Docx["docx"], paper: Paper): readonly Paragraph[] {
  const { lang, made } = paper;
  const zh = lang === "zh";
  const centred = (text: string, size: number, before: number, bold = false): Paragraph =>
    new docx.Paragraph({
      alignment: "center",
      spacing: { before, after: 120 },
      children: [new docx.TextRun({ text: cellText(text), font: faces.head, size, bold })],
    });
  const line = (name: string, value: string): Paragraph =>
    new docx.Paragraph({
      indent: { left: 1_400, hanging: 0 },
      spacing: { line: 400 },
      children: [new docx.TextRun({ text: cellText(`${name}${zh ? "：" : ": "}${value}`) })],
    });
  const blank = "____________________";
  return [
    ...(made.report.simulated ? [centred(simulatedNotice[lang], 21, 0)] : []),
    centred(paperTitle[lang], sizes.title, 2_600),
    centred(subjectOf(paper), sizes.subject, 200),
    new docx.Paragraph({ spacing: { before: 2_400 }, children: [] }),
    line(zh ? "委托单位" : "Client", blank),
    line(zh ? "评测单位" : "Evaluated by", blank),
    ...factsOf(paper).map(([name, value]) => line(name, value)),
  ];
}

function headerOf(docx: Docx["docx"], paper: Paper) {
  const mark = paper.made.report.simulated
    ? { zh: "【模拟】", en: "[simulated] " }[paper.lang]
    : "";
  return new docx.Header({
    children: [
      new docx.Paragraph({
        alignment: "center",
        border: { bottom: { style: "single", size: 4, space: 2, color: "808080" } },
        children: [
          new docx.TextRun({
            text: cellText(`${mark}${paperTitle[paper.lang]} · ${subjectOf(paper)}`),
            size: sizes.table,
          }),
        ],
      }),
    ],
  });
}

function footerOf(docx: Docx["docx"], lang: Paper["lang"]) {
  const { PageNumber } = docx;
  const children =
    lang === "zh"
      ? ["第 ", PageNumber.CURRENT, " 页　共 ", PageNumber.TOTAL_PAGES, " 页"]
      : ["Page ", PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES];
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        alignment: "center",
        children: [new docx.TextRun({ children, size: sizes.table })],
      }),
    ],
  });
}
