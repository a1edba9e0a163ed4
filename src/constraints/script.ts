import { z } from "zod";

import { broken, defineConstraint, kept } from "../grading/constraints/constraint.ts";
import { percentOf, scriptFault, shareOfScript } from "../grading/constraints/scripts.ts";

const Share = z.number().min(0).max(1);
const Options = z.strictObject({
  use: z.enum(["简体", "繁体"]).optional().describe("no character of the other script"),
  of: z.enum(["中文", "英文"]).optional().describe("the language whose share is bounded"),
  min: Share.optional().describe("share of the letters, from 0 to 1"),
  max: Share.optional(),
});

/** Simplified or traditional characters, or the share of Chinese or English among the letters. */
export const constraint = defineConstraint({
  id: "script",
  version: "1",
  title: { zh: "文字", en: "script" },
  options: Options,
  check: ({ use, of, min, max }) => {
    if (use === undefined && of === undefined)
      return { zh: "需要 use 或 of", en: "needs use or of" };
    return of !== undefined && min === undefined && max === undefined
      ? { zh: "of 需要 min 或 max", en: "of needs min or max" }
      : null;
  },
  describe: ({ use, of, min, max }, lang) => {
    const zh = lang === "zh";
    const share =
      of === undefined
        ? ""
        : `${of}${min === undefined ? "" : ` ≥ ${percentOf(min)}`}${max === undefined ? "" : ` ≤ ${percentOf(max)}`}`;
    return [use === undefined ? "" : zh ? `只用${use}` : `${use} only`, share]
      .filter((each) => each !== "")
      .join("，");
  },
  test: (text, { use, of, min = 0, max = 1 }) => {
    if (!/\p{L}/u.test(text)) return broken("没有文字", "there are no letters");
    const fault = use === undefined ? null : scriptFault(text, use);
    if (fault !== null)
      return broken(`“${fault}”不是${use ?? ""}`, `"${fault}" is not ${use ?? ""}`);
    if (of === undefined) return kept(`都是${use ?? ""}`, `${use ?? ""} throughout`);
    const share = shareOfScript(text, of);
    return {
      ok: share >= min && share <= max,
      why: {
        zh: `${of}占 ${percentOf(share)}，要求 ${percentOf(min)} 到 ${percentOf(max)}`,
        en: `${of} makes ${percentOf(share)}, asked for ${percentOf(min)} to ${percentOf(max)}`,
      },
    };
  },
});
