import { readFile } from "node:fs/promises";

import type { Chapter, ChapterId } from "../blocks.ts";
import type { Paper } from "../paper.ts";
import type { Docx } from "./load-docx.ts";
import type { Renderer } from "./render.ts";

import { UserError } from "../../../domain/text.ts";
import { cellText } from "../../../files/cell-guard.ts";
import { openZip } from "../../../files/zip.ts";
import { chapterTitles, tabled } from "../blocks.ts";
import { chaptersOf, factTable } from "../chapters.ts";
import { paperTitle, subjectOf } from "../paper.ts";
import { rendererOf } from "./render.ts";

/** Placeholders that stand for a few words within a line. */
const inline = ["title", "subject", "date", "runs", "conclusion_line"] as const;
/** Those that stand for paragraphs and tables; each needs a paragraph of its own. */
const whole: readonly string[] = [...Object.keys(chapterTitles), "facts", "report"];

/** All placeholders, as a template writes them. */
const placeholders: readonly string[] = [...inline, ...whole].map((name) => `{{${name}}}`);

/**
 * A company's own document with its placeholders filled in: heads take its styles, everything else stays as it is. Rejects
 * with a `UserError` where the file is no .docx, or holds none of the placeholders.
 */
export async function fillTemplate(kit: Docx, paper: Paper, template: string): Promise<Uint8Array> {
  const { docx } = kit;
  const { lang, options } = paper;
  const headings = await headingStyles(template);
  const data = await readFile(template);
  const found = await docx.patchDetector({ data, trimPlaceholders: true });
  const known = found.filter((name) => placeholders.includes(`{{${name}}}`));
  if (known.length === 0) throw withoutPlaceholders(template);
  const unknown = found.filter((name) => !known.includes(name));
  if (unknown.length > 0) options.say(leftAsTheyAre(unknown));
  const render = rendererOf(kit, { lang, headings, text: null });
  const chapters = await chaptersOf(paper);
  const words: Readonly<Record<(typeof inline)[number], string>> = {
    title: paperTitle[lang],
    subject: subjectOf(paper),
    date: options.now.toISOString().slice(0, 10),
    runs: paper.made.report.runs.map(({ id }) => id).join("、"),
    conclusion_line: paper.made.report.conclusion[lang],
  };
  const { PARAGRAPH, DOCUMENT } = docx.PatchType;
  return docx.patchDocument({
    outputType: "nodebuffer",
    data,
    keepOriginalStyles: true,
    trimPlaceholders: true,
    patches: Object.fromEntries(
      known.map((name) => {
        const text = words[name as keyof typeof words] as string | undefined;
        return [
          name,
          text === undefined
            ? { type: DOCUMENT, children: childrenOf(name, { paper, render, chapters }, docx) }
            : { type: PARAGRAPH, children: [new docx.TextRun({ text: cellText(text) })] },
        ];
      }),
    ),
  });
}

type Filling = {
  readonly paper: Paper;
  readonly render: Renderer;
  readonly chapters: readonly Chapter[];
};

/** A chapter without its head, which the template has itself; `report` is all of them with their heads. */
function childrenOf(name: string, { paper, render, chapters }: Filling, docx: Docx["docx"]) {
  if (name === "report")
    return chapters.flatMap((chapter, at) =>
      render.chapter(chapter, chapter.id in appended ? null : at + 1),
    );
  if (name === "facts") return render.blocks(tabled("", factTable(paper)));
  const chapter = chapters.find(({ id }) => id === name);
  if (chapter !== undefined) return render.blocks(chapter.blocks);
  const nothing = {
    zh: "本次运行没有这一部分的数据。",
    en: "These runs hold nothing of this part.",
  };
  return [new docx.Paragraph({ children: [new docx.TextRun(nothing[paper.lang])] })];
}

/** Parts that have no number. */
const appended: Readonly<Partial<Record<ChapterId, true>>> = {
  samples: true,
  items: true,
  records: true,
  signatures: true,
};

/** The ids of the styles that a document calls heading 1 and 2, whatever it names them inside. */
async function headingStyles(template: string): Promise<readonly [string | null, string | null]> {
  const zip = await openZip(template);
  try {
    if (!zip.names.includes("word/document.xml")) throw noDocument(template);
    const styles = (await zip.read("word/styles.xml"))?.toString("utf8") ?? "";
    const ids = new Map<string, string>();
    for (const [style] of styles.matchAll(/<w:style\b[\s\S]*?<\/w:style>/g)) {
      const id = /w:styleId="([^"]*)"/.exec(style)?.[1];
      const name = /<w:name w:val="([^"]*)"/.exec(style)?.[1]?.toLowerCase();
      if (id !== undefined && name !== undefined) ids.set(name, id);
    }
    return [ids.get("heading 1") ?? null, ids.get("heading 2") ?? null];
  } finally {
    await zip.close();
  }
}

const noDocument = (template: string): UserError =>
  new UserError({
    zh: `${template} 不是 Word 文档（.docx）；旧的 .doc 请先在 Word 或 WPS 里另存为 .docx`,
    en: `${template} is no Word document (.docx); save an old .doc as .docx in Word or WPS first`,
  });

const withoutPlaceholders = (template: string): UserError =>
  new UserError({
    zh: `${template} 里没有占位符，报告不知道写在哪里。请在模板里单独占一段写上 {{report}}（整份报告），或 {{conclusion}}、{{scores}} 等；可用的有 ${placeholders.join(" ")}`,
    en: `${template} holds no placeholder, so there is no place to write to. Put {{report}} (all of it), or {{conclusion}}, {{scores}} …, into a paragraph of its own; there are ${placeholders.join(" ")}`,
  });

const leftAsTheyAre = (names: readonly string[]) => {
  const list = names.map((name) => `{{${name}}}`).join(" ");
  return {
    zh: `模板里这些占位符不认识，保持原样：${list}`,
    en: `placeholders of the template that are not known stay as they are: ${list}`,
  };
};
