import { undressed } from "../../text/answer-fold.ts";
import { defineValueType } from "./value-type.ts";

const token =
  /(?<![A-Za-z\d])(?:[A-Za-z]{0,8}\d[A-Za-z\d]*|[A-Z]{1,8})(?:[-_/.][A-Za-z\d]+)*(?![A-Za-z\d])/g;

/** A number plate, room, model or order number: KJ400, HT-0731, 306室, 房间号 306. Letters in either case; zeros count. */
export const identifier = defineValueType<string>({
  expected: {
    zh: "一个由字母和数字组成的编号，如 HT-0731、306",
    en: "an identifier of letters and digits such as HT-0731 or 306",
  },
  parse: (text) => {
    if (/不是|并非|而非|不为|\bnot\b|除了/u.test(text)) return null;
    const found = Array.from(spelled(text).matchAll(token), ([each]) => each);
    const [only] = found;
    return only !== undefined && found.length === 1 && text.length <= 60
      ? only.toUpperCase()
      : null;
  },
  mentions: (text) => Array.from(spelled(text).matchAll(token), ([each]) => each),
  compare: (gold, reply) => (gold === reply ? "same" : "different"),
});

const spelled = (text: string): string =>
  undressed(text)
    .replaceAll(/[‐‑‒–−－]/g, "-")
    .replaceAll(/(?<=[A-Za-z\d])\s?-\s?(?=[A-Za-z\d])/g, "-")
    .replaceAll(/(?<=[A-Z])\s(?=\d)/g, "");
