import { foldText } from "../../text/answer-fold.ts";
import { isRespelt } from "../value/inferred.ts";
import { fillOf } from "../value/places/blank.ts";
import { judgementOf } from "../value/yes-no.ts";
import { isSurname } from "./surname.ts";

/** True where two texts are one answer to the question: in text, as values of one type, as a name, as a kind of place. */
export function isSame(form: string, gold: string, question: string): boolean {
  return (
    foldText(form) === foldText(gold) ||
    judgesAlike(form, gold) ||
    (!asksForForm.test(question) && isRespelt(form, gold, question)) ||
    isSurname(form, gold, question) ||
    isHyphened(form, gold) ||
    isSpaced(form, gold) ||
    isCodeSpaced(form, gold) ||
    isSyllabled(form, gold) ||
    isMolecule(form, gold) ||
    isChosen(form, gold, question) ||
    isColour(form, gold, question) ||
    isGlossed(form, gold) ||
    isGroupOf(form, gold, question) ||
    isOfKind(form, gold, question) ||
    isYearOf(form, gold, question) ||
    isNumbered(form, gold) ||
    isCounted(form, gold, question) ||
    isTerm(form, gold, question) ||
    fillsAlike(form, gold, question) ||
    foldText(plainSigns(form, question)) === foldText(plainSigns(gold, question))
  );
}

/** The question says how the answer is to be written. */
const asksForForm =
  /YYYY|MM-DD|HH:MM|(?:改写|转换|写|表示|格式化?)[^。？]{0,8}(?:为|成)[^。？]{0,12}(?:格式|形式)|格式[:：]/i;

/** Canberra（堪培拉） for 堪培拉, and 404 Not Found for 404: the same in two languages, or a code with its name. */
function isGlossed(form: string, gold: string): boolean {
  const text = form.trim().replace(/[。.]$/u, "");
  const [, latin = "", han = ""] =
    /^([\p{Script=Latin}\p{M} .'’-]{2,40})\s?[（(]([\p{Script=Han}·]{2,12})[）)]$/u.exec(text) ??
    [];
  if (latin !== "" && [latin, han].some((each) => foldText(each) === foldText(gold))) return true;
  return /^(\d{3})\s[A-Z][A-Za-z -]{1,30}$/.exec(text)?.[1] === gold.trim();
}

/** 一群猴子 for 猴子, where the question asks what it is. */
const isGroupOf = (form: string, gold: string, question: string): boolean =>
  /什么|哪[一]?种|哪类/u.test(question) &&
  !/^[一两二三几数]/u.test(gold.trim()) &&
  foldText(form.trim().replace(/^[一两二三几数](?:[群只个头匹条位名种类座首部本片]|些)/u, "")) ===
    foldText(gold);

/** 蓝的 and 蓝色, where a colour is asked. */
const isColour = (form: string, gold: string, question: string): boolean =>
  /颜色|什么色/u.test(question) &&
  [form, gold].every((each) => /^\p{Script=Han}{1,3}$/u.test(foldText(each))) &&
  foldText(form).replace(/色?的?$/u, "") === foldText(gold).replace(/色?的?$/u, "");

/** F I F O, F.I.F.O. or F-I-F-O, and FIFO. */
const isSpaced = (form: string, gold: string): boolean =>
  /^[A-Za-z]{2,12}$/.test(gold.trim()) &&
  /^[A-Za-z](?:([ .·-]) ?[A-Za-z])(?:\1 ?[A-Za-z])*\.?$/.test(form.trim()) &&
  form.replaceAll(/[^A-Za-z]/g, "") === gold.trim();

/** Stock-Keeping Unit and stock keeping unit. */
const isHyphened = (form: string, gold: string): boolean =>
  [form, gold].every((each) => /^[a-z]{2,}(?:[ -][a-z]{2,}){1,7}$/i.test(each.trim())) &&
  unhyphened(form) === unhyphened(gold);
const unhyphened = (term: string): string => term.trim().replaceAll("-", " ").toLowerCase();

/** CA 1831 and CA1831, SF 1403 3588 120 and SF14033588120: blanks within one code. */
const isCodeSpaced = (form: string, gold: string): boolean =>
  [form, gold].every((each) =>
    /^[A-Za-z]{1,4}[ -]?\d{2,6}(?:[ -]?\d{2,6}){0,6}$/.test(each.trim()),
  ) && unspaced(form) === unspaced(gold);
const unspaced = (code: string): string => code.replaceAll(/[\s-]/g, "").toUpperCase();

/** húlún and hú lún: blanks between syllables with tones. */
const isSyllabled = (form: string, gold: string): boolean =>
  [form, gold].every((each) =>
    /^[a-züêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ'’ ]{2,40}$/i.test(each.normalize("NFC").trim()),
  ) &&
  /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]/i.test(gold.normalize("NFC")) &&
  syllables(form) === syllables(gold);
const syllables = (pinyin: string): string =>
  pinyin
    .normalize("NFC")
    .replaceAll(/['’\s]/g, "")
    .toLowerCase();

/** C_6H_{12}O_6, C₆H₁₂O₆ and C6H12O6. */
const isMolecule = (form: string, gold: string): boolean =>
  /^(?=.*\d)(?:[A-Z][a-z]?\d*|[()·]\d*)+$/.test(atoms(gold)) && atoms(form) === atoms(gold);
/** With plain digits; a name such as MAX_SIZE keeps its sign. */
const atoms = (formula: string): string =>
  formula
    .trim()
    .normalize("NFKC")
    .replaceAll(/\\(?:mathrm|text|ce|rm)\b|\$/g, "")
    .replaceAll(/_(?:\{(\d+)\}|(\d))/g, "$1$2")
    .replaceAll(/[{}]/g, "");

/** 有害 and 有害垃圾, where the question lists the classes and 有害 is part of that one alone. */
function isChosen(form: string, gold: string, question: string): boolean {
  const [one, other] = [foldText(form), foldText(gold)];
  if (one.length < 2 || !other.startsWith(one)) return false;
  const listed = classesIn(question);
  return listed.includes(other) && listed.filter((each) => each.includes(one)).length === 1;
}

/** The members of a list in a question: (可回收物/有害垃圾/厨余垃圾), 通过、拒绝、人工复核, “已解决”“待上门”. */
const classesIn = (question: string): readonly string[] =>
  question
    .split(/[/、，,。；;：:？?（）()“”"「」\s]|还是|或者|以及|和(?=\p{Script=Han}{2})/u)
    .filter((each) => each !== "")
    .map(foldText);

/** 411号 and 411. */
const isNumbered = (form: string, gold: string): boolean =>
  /^\d{2,}$/.test(gold.trim()) &&
  form.trim().replace(/\s?号(?:房间?|楼|室)?$/u, "") === gold.trim();

/** 三画 and 三, where the question asks 几画. */
function isCounted(form: string, gold: string, question: string): boolean {
  const measure = /(?:几|多少)(\p{Script=Han})/u.exec(question)?.[1];
  if (measure === undefined) return false;
  const [one, other] = [form, gold].map((text) =>
    foldText(text).replace(new RegExp(`${measure}$`, "u"), ""),
  );
  return one !== "" && one === other && /^[\d一二两三四五六七八九十百千万]+$/u.test(one ?? "");
}

/** 1939年9月1日 where the question asks for the year only. */
const isYearOf = (form: string, gold: string, question: string): boolean =>
  /哪一?年|什么年份|年份/u.test(question) &&
  /^(\d{3,4})\s?年/u.exec(form.trim())?.[1] === /^(\d{3,4})\s?年?$/u.exec(gold.trim())?.[1];

/** 收货后30个工作日内 and 30个工作日: from when it runs is told by the question, and 内 adds nothing. */
function isTerm(form: string, gold: string, question: string): boolean {
  const [one, other] = [form, gold].map((text) => termOf(text, question));
  return one !== null && one === other;
}

/** A length of time without the event of the question from which it runs; null for anything else. */
function termOf(said: string, question: string): string | null {
  const text = said.replaceAll(/(?<!年)半年|六个月/g, "6个月");
  const [, event = "", length = ""] =
    /^(?:自|从|在)?(\p{Script=Han}{1,10}?(?:之日起|日起|后|起)(?:的|算)?)?((?:[\d一二两三四五六七八九十百]{1,5})个?(?:工作日|自然日|日|天|小时|分钟|星期|周|月|年))(?:以内|之内|内)?$/u.exec(
      foldText(text),
    ) ?? [];
  return length === "" || !foldText(question).includes(event) ? null : length;
}

/** 亡羊补牢 and 补牢, where the question has 亡羊____. */
function fillsAlike(form: string, gold: string, question: string): boolean {
  const [filled, wanted] = [fillOf(form, question), fillOf(gold, question)];
  return (filled ?? wanted) !== null && foldText(filled ?? form) === foldText(wanted ?? gold);
}

/** 浙政发[2020]15号, 京A·12345 and, of a version, v3.0.1 in the spelling of a gold without these marks. */
function plainSigns(text: string, question: string): string {
  const bare = text
    .replaceAll(/[[〔［【（(](?=\d{4}[\]〕］】）)])/gu, "〔")
    .replaceAll(/(?<=〔\d{4})[\]〕］】）)]/gu, "〕")
    .replaceAll(/(?<=\p{Script=Han}[A-Z])\s?[·•・ ]\s?(?=[A-Z\d]{5})/gu, "");
  return /版本|\bversion\b/iu.test(question) ? bare.replace(/^\s*v\s?(?=\d)/iu, "") : bare;
}

/** √, 对, 正确 and 是 are one judgement, as 判断题 are answered; so a gold in one form takes the others. */
function judgesAlike(form: string, gold: string): boolean {
  const judgement = judgementOf(form);
  return judgement !== null && judgementOf(gold) === judgement;
}

const kinds = "省市县区国湖河江山岛海洋洲州族镇村乡星朝代国人城寺塔桥奖节花站部局院校路街";

/** 敦煌 and 敦煌市, where the question asks for a 市. */
function isOfKind(form: string, gold: string, question: string): boolean {
  const [one, other] = [foldText(form), foldText(gold)];
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const kind = long.slice(-1);
  return (
    short.length > 1 &&
    long.slice(0, -1) === short &&
    kinds.includes(kind) &&
    question.includes(kind)
  );
}
