import type { Gold } from "../../../domain/grader.ts";
import type { Group } from "../group.ts";
import type { ChoiceReading, Found } from "../reading.ts";

import { isSupposed } from "../announced.ts";
import { mentions } from "../group.ts";
import { longOptionWithin } from "../option-text.ts";
import { askingClause } from "../question/stem.ts";
import { remarks } from "../remarks.ts";
import { readOptionVerdicts } from "../verdicts.ts";
import { asked, judgementIn } from "./words.ts";

/**
 * The last sentence of a reply, where it concludes on one option by its label: 所以，不合理的是A选项。综上，只有B项是错误的。
 * 因此选项D是最符合题意的答案。 What was said of the options before only weighed them: that several are possible, or partly
 * right. Null where the sentence names another option too or says something else.
 */
export function closing(reading: ChoiceReading): Found | null {
  const { text, labels, several } = reading;
  if (several || !labels.latin) return null;
  const sentences = text.split(/[。!?\n]/).filter((part) => /[\p{L}\p{N}]/u.test(part));
  const last = sentences.at(-1) ?? "";
  const tail = last.slice(Math.max(0, last.search(lastPart)));
  return (
    concludedIn(tail, reading) ??
    (tail.length < last.length && !/[A-H]/.test(tail) ? concludedIn(last, reading) : null) ??
    calledRight(sentences, reading)
  );
}

function concludedIn(sentence: string, reading: ChoiceReading): Found | null {
  if (sentence.length > 260 || remarks.test(sentence) || open.test(sentence)) return null;
  const groups = mentions(sentence, reading.labels);
  const [first] = groups;
  const last = groups.at(-1);
  const letter = first?.letters[0] ?? "";
  if (first === undefined || last === undefined) return null;
  if (groups.some((group) => group.hedged || group.outside || group.letters.join("") !== letter))
    return null;
  return !isSupposed(sentence, last.start) && concludes(sentence, first, last, reading)
    ? found(letter)
    : null;
}

/** 所以选项B是正确的。选项A、C 和题意不符: a conclusion that calls one option right, where no other one is. */
function calledRight(sentences: readonly string[], reading: ChoiceReading): Found | null {
  const { text, labels, stem } = reading;
  if (stem !== "right" || text.length > 3_000) return null;
  const right = sentences.map((sentence) => rightAfter.exec(sentence)?.[1]);
  const [letter, ...others] = new Set(right.filter((each) => each !== undefined));
  if (letter === undefined || others.length > 0 || !labels.list.includes(letter)) return null;
  const { truth, picked } = readOptionVerdicts(text, mentions(text, labels), stem);
  const rivals = [...truth, ...picked].filter(([each, value]) => value && each !== letter);
  return rivals.length === 0 && truth.get(letter) !== false ? found(letter) : null;
}

const rightAfter =
  /(?:所以|因此|因而|故|综上),?(?:我们)?(?:可以)?(?:认为|判断)?(?:选项)? ?([A-H]) ?(?:选?项)?(?:[“"][^”"]{1,60}[”"])?(?:的说法|的表述)?(?:应该)?是?正确的?(?:答案|选项)?[\s*.]*$/;
const lastPart = /(?<=,)(?:因此|所以|因而|故|综上)(?!.*,(?:因此|所以|因而|故|综上))/;

const found = (letter: string): Found => ({
  letters: [letter],
  why: "conclusion",
  doubtful: true,
});

/** 因此，这说明研究者的立场会影响其对历史的解释，因为…: a conclusion in the words of one option, if they are long enough. */
export function closingWords({ text, gold, several, stem }: ChoiceReading): Found | null {
  if (several || (stem !== "right" && stem !== "unknown")) return null;
  const sentences = text.split(/[。!?\n]/).filter((part) => /[\p{L}\p{N}]/u.test(part));
  const last = sentences.at(-1) ?? "";
  const tail = last.slice(Math.max(0, last.search(lastPart)));
  const said = (therefore.test(tail) ? tail : last).split(/,(?=因为|由于)/)[0] ?? "";
  if (!therefore.test(said) || remarks.test(said) || /不(?![同断仅])|没|无|非|未|而/.test(said))
    return null;
  const option = longOptionWithin(said, gold);
  return option === null ? null : { letters: [option], why: "option text", doubtful: true };
}

/** It leaves the choice open, or takes something back. */
const open =
  /可能|也许|或许|如果|假如|若(?!干)|不确定|无法(?:确定|得出)|但(?!是?题)|然而|不过|虽然|尽管|取决于/;

const therefore =
  /^[\s*]*(?:所以|因此|因而|综上(?:所述)?|综合(?:考虑|来看|分析)?|总之|故|由此可[见知]|可见)/;

function concludes(sentence: string, first: Group, last: Group, reading: ChoiceReading): boolean {
  const { stem, gold } = reading;
  const before = sentence.slice(0, last.start);
  const after = sentence.slice(last.end);
  const predicate = /([^,:]{2,16}?)的?[^,是的]{0,4}(?:应该?)?[是为](?:选项)?[ *"“(]*$/.exec(
    before,
  )?.[1];
  if (predicate !== undefined && ends.test(after)) return isAsked(predicate, reading);
  const judged = judgementIn(after);
  if (only.test(before)) return judged === null ? false : asked(judged, stem) === true;
  const words = sentence.slice(first.end);
  if (stem !== "right") return false;
  if (best.test(words) && !denied.test(words) && labelled(sentence, first)) return true;
  if (chooses.test(before) && ends.test(after)) return true;
  const noun = therefore.test(sentence)
    ? /是(?:一个)?(\p{Script=Han}{3,8})$/u.exec(words)?.[1]
    : undefined;
  return noun !== undefined && labelled(sentence, first) && asks(gold, noun);
}

const ends = /^[ *")”]*(?:选?项)?(?:[“"][^”"]{1,60}[”"])?[\s*.]*$/;
const only = /(?:只有|仅有|唯有)(?:选项)?[ *"“(]*$/;
const best =
  /(?<!不是|并非|不够|没有|不一定|未必|算不上|称不上)(?:最|更)(?:加|为)?(?:佳|优|好|合适|恰当|符合|贴切|妥当|准确|合理|得体|适合|接近|贴近|全面|直接|能解释|能体现|能反映)/;
const denied = /(?:不是|并非|不够|没有|不一定|未必|算不上|称不上)[^,]{0,4}(?:最|更)/;
const chooses = /(?:应该?|应当|只能)选(?:择)?[^,。不]{0,30}的?(?:选项)?[ *"“(]*$/;

/** 选项B, B选项, B项, or a label at the start of the sentence. */
const labelled = (sentence: string, { start, end }: Group): boolean =>
  /选项[ *"“(]*$/.test(sentence.slice(Math.max(0, start - 6), start)) ||
  /^[ *")”]{0,3}选?项/.test(sentence.slice(end)) ||
  /^[\s*]*(?:[^,]{2,6},)?[ *]*$/.test(sentence.slice(0, start));

/** What is said of the option is what the question asks for. */
function isAsked(predicate: string, { gold, stem }: ChoiceReading): boolean {
  const words = predicate.replace(therefore, "");
  const denies = /不|无法|错|没有|非|未|有误/.test(words);
  if (/不是|并非/.test(words)) return false;
  if (stem === "wrong") return denies;
  if (stem === "right")
    return !denies && (/正确|符合|合理|合适|最|答案/.test(words) || asks(gold, words));
  return asks(gold, words);
}

/** The question has these words. */
const asks = ({ question }: Gold, words: string): boolean =>
  words.length > 1 && askingClause(question).includes(words.slice(-6).replace(/的$/, ""));
