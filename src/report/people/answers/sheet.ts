import type { Text } from "../../../domain/text.ts";
import type { Sheet, SheetColumn } from "../sheet/columns.ts";
import type { WebAsk } from "./web-ask.ts";

import { tableOf } from "../sheet/columns.ts";
import { spellingReader } from "../sheet/spelling.ts";

const given = (name: string, title: string, width: number): SheetColumn => ({ name, title, width });
const input = (
  name: string,
  title: string,
  width: number,
  choices?: readonly string[],
): SheetColumn => ({
  ...given(name, title, width),
  input: true,
  ...(choices === undefined ? {} : { choices }),
});

/** What a page did with a question. */
const states = {
  answered: { zh: "正常", en: "answered" },
  blocked: { zh: "被拦截", en: "blocked" },
} as const satisfies Readonly<Record<string, Text>>;

export const stateOf = spellingReader(states, {
  answered: ["回答", "ok", "normal"],
  blocked: ["拦截", "屏蔽", "违规", "无法回答", "filtered"],
});

const about: readonly SheetColumn[] = [
  given("item", "题号", 26),
  given("turn", "轮", 6),
  given("prompt", "题目", 60),
  given("note", "注意", 24),
];
const filled: readonly SheetColumn[] = [
  input("answer", "网页的回答", 70),
  input(
    "state",
    "情况",
    12,
    Object.values(states).map(({ zh, en }) => `${zh} ${en}`),
  ),
  input("who", "谁问的", 12),
  input("when", "何时", 20),
];
const check = given("check", "校验", 16);

/** The columns of a sheet; the model is filled in where the sheet was not made for any. */
export const answerColumns = (models: readonly string[]): readonly SheetColumn[] => [
  ...about.slice(0, 2),
  models.length === 0 ? input("model", "模型", 16) : given("model", "模型", 16),
  ...about.slice(2),
  ...filled,
  check,
];

/** Without these no answer can be told from another. */
export const neededAnswerColumns: readonly string[] = ["item", "answer", "check"];

const guide: readonly Text[] = [
  {
    zh: "1. 一行一问。把“题目”一格整个复制，粘贴到网页的新对话里发送；把网页的回答整段复制，粘贴到“网页的回答”。",
    en: "1. One question a row. Copy the whole cell 题目 into a new conversation of the web page, send it, and paste the whole reply into 网页的回答.",
  },
  {
    zh: "2. 每一题都开新对话，不要登录带有个人记忆的账号，不要追问。同一题号有多轮的，在同一个对话里按“轮”的顺序接着问。",
    en: "2. Begin a new conversation for every item, without an account that remembers you, and ask nothing besides. Turns of one item are asked in one conversation, in the order of 轮.",
  },
  {
    zh: "3. 网页拒绝显示或回答中途被撤回时，“情况”选“被拦截”，网页显示的话照样粘贴。没有问的行留空，榜上算缺答。",
    en: "3. Where the page blocks or withdraws a reply, choose 被拦截 for 情况 and paste what it shows. Leave rows empty that were not asked: they count as missing.",
  },
  {
    zh: "4. “谁问的”“何时”写进运行文件（如 2026-11-21 20:16，北京时间）；整张表同一个人时，可在导入时用 --who。",
    en: "4. 谁问的 (who) and 何时 (when, such as 2026-11-21 20:16, Beijing time) are recorded; where one person did it all, say --who at import.",
  },
  {
    zh: "5. 题号、题目和校验不要改，行可以删、可以排序。一格最多 32767 个字符，更长的回答会被 Excel 截断，导入时会标出。",
    en: "5. Leave 题号, 题目 and 校验 as they are; rows may be deleted and sorted. A cell holds 32,767 characters: longer replies are cut by Excel and marked at import.",
  },
  {
    zh: "6. 填好后：baimo import answers 这个文件.xlsx --target web/模型名",
    en: "6. Then: baimo import answers THIS-FILE.xlsx --target web/MODEL",
  },
];

const folded = "开头是系统提示词或示例，一起复制";
const followed = "接着上一轮问";

/** A sheet of questions for people who ask web pages, for each model one after the other. */
export const questionSheet = (asks: readonly WebAsk[], models: readonly string[]): Sheet => ({
  title: "题目",
  guide,
  table: tableOf(
    answerColumns(models),
    (models.length === 0 ? [""] : models).flatMap((model) =>
      asks.flatMap(({ item, turns, check: digest, isFolded }) =>
        turns.map((prompt, place) => ({
          item: item.item,
          turn: String(place + 1),
          model,
          prompt,
          note: place > 0 ? followed : isFolded ? folded : "",
          check: digest,
        })),
      ),
    ),
  ),
});
