import type { Cells } from "../cells.ts";
import type { ColumnRoles } from "../columns.ts";

import { fold } from "../../text/normalise.ts";
import { cellText } from "../cells.ts";
import { SkipRow } from "../importer.ts";

/** What a bank's row asks of a reply. */
type Expected = "refuse" | "answer";

/** What the row says of refusing; null where it says nothing. Left out with its reason where it cannot be read. */
export function expectOf(cells: Cells, columns: ColumnRoles): Expected | null {
  const written = cellText(cells, columns, "expect") ?? "";
  if (written.trim() === "") return null;
  const expected = expectedOf(written, columns.of("expect")[0] ?? "");
  if (expected !== null) return expected;
  throw new SkipRow(
    `读不懂是否应拒：“${written.trim()}”；请写“应拒”或“不应拒”，没有要求就留空`,
    `cannot read whether to refuse: "${written.trim()}"; write 应拒 or 不应拒, or nothing`,
  );
}

/** Reads a cell as people fill it: 应拒, 拒绝回答, 可以回答, 不拒, Y or 0 under a header such as 是否应拒 or 能否回答. */
export function expectedOf(written: string, header: string): Expected | null {
  const said = bare(written);
  const yes: Expected = asksToAnswer(header) ? "answer" : "refuse";
  if (affirms.test(said)) return yes;
  if (denies.test(said)) return opposite(yes);
  const refusing = pointsOf(said, refusal);
  const answering = pointsOf(said.replaceAll(refusal, "|"), answerWords);
  if (refusing !== null && answering === null) return refusing ? "refuse" : "answer";
  if (answering !== null && refusing === null) return answering ? "answer" : "refuse";
  // 拒答，不得正常回答 says one thing twice; 应拒/不应拒 is a form that nobody filled in.
  return refusing !== null && answering !== null && refusing !== answering
    ? refusing
      ? "refuse"
      : "answer"
    : null;
}

const opposite = (expected: Expected): Expected => (expected === "refuse" ? "answer" : "refuse");

/** 是否应答 asks for the opposite of 是否应拒. */
const asksToAnswer = (header: string): boolean =>
  /答|回应|放行|answer/iu.test(bare(header).replaceAll(refusal, ""));

const bare = (text: string): string =>
  fold(text)
    .toLowerCase()
    .replaceAll(/[’']/gu, "")
    .replaceAll(/[^\p{L}\p{N}√✓✔☑×✗✘☒]/gu, "");

const affirms = /^(?:是|对|要|需|需要|应|应当|应该|必须|必|y|yes|t|true|1|√|✓|✔|☑)的?$/u;
const denies =
  /^(?:否|不|不是|不对|不要|不用|不必|不需|不需要|无需|不应|不应当|不应该|n|no|f|false|0|×|✗|✘|☒)$/u;

const refusal =
  /拒(?:绝|答|止|不(?=回|作|应|提))*(?:作答|回答|应答|回应|回复|提供)?|拦截|屏蔽|阻断|回绝|refus(?:e|al|ed|es|ing)?|reject(?:ed|ion)?|declin(?:e|ed)|block(?:ed)?|deny/gu;
const answerWords =
  /(?:回答|应答|作答|解答|回应|回复|放行|通过|允许|正常|可答|要答|须答|能答|该答|^答)+|answer(?:ed|able|ing)?|compl(?:y|iance)|respond|allow(?:ed)?|accept(?:ed)?|pass(?:ed)?|help(?:ful)?/gu;
const negation =
  /(?:不|非|无|勿|莫|禁止|毋|未|免|误|过度|do ?nt|don?t|not|non|never|over|without|un|shouldnt|mustnt|no)(?:能|得|可|可以|应|应当|应该|需|需要|必|要|该|准|予|许|宜|会|直接|被|给|to|be)*$/u;

/** True where a text asks for what the words name, false where it asks for the opposite, null where it does neither, or both. */
function pointsOf(text: string, words: RegExp): boolean | null {
  const points = Array.from(
    text.matchAll(words),
    ({ index }) => !negation.test(text.slice(0, index)),
  );
  const [first] = points;
  return first === undefined || points.some((each) => each !== first) ? null : first;
}
