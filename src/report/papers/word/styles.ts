import type { IStylesOptions } from "docx";

import type { Lang } from "../../../domain/text.ts";

/** Sizes are in half points: 小四 is 24, 小五 18. */
export const sizes = { body: 24, table: 18, caption: 21, title: 44, subject: 32 } as const;

/** 宋体 for text and 黑体 for heads, which Word and WPS have; Latin letters in the faces that go with them. */
export const faces = {
  body: {
    ascii: "Times New Roman",
    hAnsi: "Times New Roman",
    cs: "Times New Roman",
    eastAsia: "宋体",
  },
  head: { ascii: "Arial", hAnsi: "Arial", cs: "Arial", eastAsia: "黑体" },
} as const;

/** The styles of a Chinese report: heads in 黑体, text in 宋体 with a line and a half and two characters of indent. */
export const stylesOf = (lang: Lang): IStylesOptions => ({
  default: {
    document: {
      run: { font: faces.body, size: sizes.body, language: { value: "en-US", eastAsia: "zh-CN" } },
    },
    heading1: head(32, 360, 240),
    heading2: head(28, 240, 120),
    heading3: head(24, 180, 120),
  },
  paragraphStyles: [
    {
      id: "BaimoText",
      name: "Baimo Text",
      basedOn: "Normal",
      paragraph: {
        spacing: { line: 360, after: 60 },
        ...(lang === "zh" ? { indent: { firstLine: 480 } } : {}),
      },
    },
  ],
});

const head = (size: number, before: number, after: number) => ({
  run: { font: faces.head, size, bold: false, color: "000000" },
  paragraph: { spacing: { before, after }, keepNext: true },
});
