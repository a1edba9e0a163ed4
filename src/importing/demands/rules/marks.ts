import type { Draft, Rule } from "../rule.ts";

import { gap } from "../rule.ts";

const named: Readonly<Record<string, string>> = {
  逗号: "，",
  句号: "。",
  问号: "？",
  感叹号: "！",
  叹号: "！",
  顿号: "、",
  分号: "；",
  冒号: "：",
  破折号: "—",
  省略号: "…",
  书名号: "《》",
  引号: "“”",
};
const halves: Readonly<Record<string, string>> = {
  "，": ",",
  "。": ".",
  "？": "?",
  "！": "!",
  "；": ";",
  "：": ":",
};
const name = `(?:中文)?(?:${Object.keys(named).join("|")})`;
const names = `(?<names>${name}(?:(?:、|和|与|及|或者?|以及)${name})*)`;
const never = "(?:不要|不能|不得|不可以?|不允许|不应该?|不许|禁止|避免|请勿|不|没有|无)";

const none = new RegExp(
  `${never}(?:出现|使用|包含|含有|含|有|用)*(?:任何|一切)?的?标点(?:符号)?`,
  "u",
);
const without = new RegExp(`${never}(?:出现|使用|包含|含有|含|有|用)+(?:任何)?${names}`, "u");
const only = new RegExp(
  `(?:标点(?:符号)?)?(?:只|仅)(?:能|可以?|允许)?(?:使用|用|出现)${names}(?:这?[两二三四\\d]种)?(?:标点(?:符号)?)?`,
  "u",
);
const script =
  /(?:全部|全文|通篇)?(?:请)?(?:只能?|必须|统一)?(?:用|使用|以)(?<use>繁体|简体)(?:中文|字|汉字)+(?:书写|回答|作答|撰写|写作|写|输出)?/u;
const share = /(?:纯|全)(?:用)?(?<of>中文|英文)(?:回答|作答|撰写|书写)/u;
const digits = new RegExp(`${never}(?:出现|使用|包含|含有|含|有|用)+(?:任何)?阿拉伯数字`, "u");
const bracketed =
  /(?:把|将)(?:整个|全部|你的)?(?:答案|回答|回复)(?:用|放在|写在)(?<open>[【[「])(?<close>[】\]」])(?:括起来|内|中|里)/u;
const once = /(?:没有|不得有|不能有|不要有|不出现|不能出现)重复的?(?<of>汉字|字|句子|词)/u;

/** Which marks, which script, nothing twice. */
export const marks: Rule = (clause) => {
  const read = (
    found: RegExpExecArray | null,
    draft: (groups: Readonly<Record<string, string | undefined>>) => Draft | null,
  ) => {
    if (found === null) return null;
    const made = draft(found.groups ?? {});
    return made === null
      ? ("unsure" as const)
      : { drafts: [made], rest: clause.replace(found[0], gap) };
  };
  return (
    read(none.exec(clause), () => ({ check: "punctuation", only: "" })) ??
    read(only.exec(clause), ({ names: text = "" }) => ({
      check: "punctuation",
      only: marksIn(text, false).join(""),
    })) ??
    read(without.exec(clause), ({ names: text = "" }) => ({
      check: "excludes",
      text: marksIn(text, !text.includes("中文")),
    })) ??
    read(digits.exec(clause), () => ({ check: "count", of: "数位", equal: 0 })) ??
    read(bracketed.exec(clause), ({ open = "", close = "" }) => ({
      check: "wrapped",
      open,
      close,
    })) ??
    read(script.exec(clause), ({ use = "" }) => ({ check: "script", use })) ??
    read(share.exec(clause), () => null) ??
    read(once.exec(clause), ({ of }) =>
      of === "词" ? null : { check: "no-repeat", of: of === "句子" ? "sentence" : "汉字" },
    )
  );
};

/** The marks of a list of their names; `both` adds the half-width forms. */
const marksIn = (text: string, both: boolean): string[] =>
  (text.match(new RegExp(Object.keys(named).join("|"), "gu")) ?? []).flatMap((each) =>
    Array.from(named[each] ?? "").flatMap((point) => {
      const half = halves[point];
      return both && half !== undefined ? [point, half] : [point];
    }),
  );
