import type { Candidate, ChoiceReading } from "../reading.ts";

/**
 * A conclusion that ends the reply and says of one option alone what the question asks for: 所以,不合理的是A选项。, 综上,只有B选项是
 * 错误的。, 因此,选项A是正确的。
 */
export function finalVerdict({ text, labels, several, stem }: ChoiceReading): readonly Candidate[] {
  if (several || !labels.latin || stem === "unknown") return [];
  const last = text.trimEnd().slice(-80);
  const groups = (named.exec(last) ?? judged.exec(last))?.groups;
  const letter = groups?.["letter"];
  if (letter === undefined || !labels.list.includes(letter)) return [];
  const isWrong = wrong.test(groups?.["word"] ?? "");
  return isWrong === (stem !== "right")
    ? [{ letters: [letter], why: "last verdict", strength: "placed", at: 0 }]
    : [];
}

const opening = "(?:所以|因此|综上(?:所述)?|总之|故),?";
const word = "(?<word>不?(?:合理|正确|恰当|符合(?:题意|要求)?|成立|科学|准确)|错误|有误|错|对)";
const named = new RegExp(
  `${opening}[^,。;\\nA-H]{0,12}?${word}的(?:一?项|选项|说法|叙述)?[是为](?:选项)? ?(?<letter>[A-H])(?:选?项)?[。.]?$`,
  "u",
);
const judged = new RegExp(
  `${opening}(?:只有)?(?:选项)? ?(?<letter>[A-H])(?:选?项)?(?:的?(?:说法|叙述|表述))?是?(?:唯一)?${word}的?[。.]?$`,
  "u",
);
const wrong = /^不|错|误/;
