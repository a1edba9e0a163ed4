import type { Cue } from "./cue.ts";

import { memberOf } from "../../domain/json.ts";
import { openReply } from "./free.ts";

/**
 * A reply to an item with constraints: the witness where it is meant to be right, else the witness with one constraint
 * broken the way models do, or a reply that cares for none.
 */
export function constrainedReply(cue: Cue): string {
  const { gold, intent, random } = cue;
  const { witness } = gold;
  if (witness === undefined) return openReply(cue);
  if (intent === "right") return witness;
  const ways = (gold.constraints ?? []).flatMap((given) => breakOf(given, witness));
  const [first, ...rest] = ways.filter((way) => way !== witness);
  if (first === undefined || random.chance(0.15)) return random.pick(careless);
  return random.pick([first, ...rest]);
}

const careless = [
  "好的，这个要求很有意思，我先想一想应该从哪里写起。",
  "没问题！下面是一个简单的版本，供您参考：内容可以再补充。",
  "收到。您希望我用什么样的语气来写呢？",
] as const;

const friendly = "好的，以下是按您的要求写的内容：\n";
const obliging = "\n\n希望以上内容对您有帮助！";

/** The witness with this constraint broken; empty where no way is known. */
function breakOf(given: unknown, witness: string): readonly string[] {
  const text = [memberOf(given, "text") ?? memberOf(given, "require") ?? []].flat(2).map(String);
  const word = text.find((each) => witness.includes(each)) ?? "";
  const max = memberOf(given, "max") ?? memberOf(given, "equal");
  switch (memberOf(given, "check")) {
    case "starts":
    case "acrostic":
    case "char":
      return [`${friendly}${witness}`];
    case "ends":
      return [`${witness}${obliging}`];
    case "equals":
    case "matches":
    case "wrapped":
    case "json":
    case "csv":
      return [`${friendly}${witness}`, `${witness}${obliging}`, `\`\`\`\n${witness}\n\`\`\``];
    case "contains":
    case "times":
    case "order":
      return word === "" ? [] : [witness.replaceAll(word, "它")];
    case "excludes":
      return [`${witness}\n（以上没有使用“${text[0] ?? ""}”。）`];
    case "length":
      return max === undefined
        ? [cut(witness)]
        : [`${witness}${"，后面还可以接着往下写".repeat(12)}。`];
    case "count":
      return max === undefined
        ? [cut(witness)]
        : [`${friendly}${witness}\n\n再补充一点。${obliging}`];
    case "list":
    case "table":
      return [`${friendly}${witness.replaceAll(/^[-*|].*$/gmu, "内容略。")}`];
    case "no-repeat":
    case "rhyme":
    case "tones":
    case "couplet":
      return [`${witness}\n${witness}`];
    default:
      return [];
  }
}

const cut = (text: string): string => {
  const points = Array.from(text);
  return points.slice(0, Math.max(1, Math.floor(points.length / 4))).join("");
};
