/** What a question asks for: right statements, wrong ones, members that do not belong, or unknown without a question. */
export type Stem = "right" | "wrong" | "not" | "unknown";

const wrong =
  /(?<!没有|无|没|有无)(?:错误|不正确|有误|不恰当|不准确|不合理|不妥|不当|不对|不成立|不可信|不符合|不相符|不科学|incorrect|wrong)/i;
const not =
  /不属于|不是|不能|不会|不可|不包括|不宜|不应|不得|没有|无关|除.{0,6}外|\bnot\b|\bexcept\b/i;

/** Reads the last asking clause before the options. Line ends inside a clause are only layout. */
export function stemOf(question: string): Stem {
  if (question === "") return "unknown";
  const known = stems.get(question);
  if (known !== undefined) return known;
  if (stems.size >= maxStems) stems.clear();
  const stem = readStem(question);
  stems.set(question, stem);
  return stem;
}

/** Cached, because one question goes to many targets. */
const stems = new Map<string, Stem>();
const maxStems = 1_000;

function readStem(question: string): Stem {
  const options = question.search(/(?:^|[\s(（])[AＡ]\s*[.、:：．)）]/);
  const stem = (options > 0 ? question.slice(0, options) : question).replaceAll(/\s+/g, "");
  const clause =
    stem
      .slice(-60)
      .split(/[。;；!！]/)
      .findLast((part) => part.length > 3) ?? stem;
  if (wrong.test(clause)) return "wrong";
  return not.test(clause) ? "not" : "right";
}
