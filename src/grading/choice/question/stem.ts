import { fold } from "../../../text/normalise.ts";
import { optionMarks } from "./question-options.ts";

/** What a question asks for: right statements, wrong ones, members that do not belong, or unknown without a question. */
export type Stem = "right" | "wrong" | "not" | "unknown";

const wrong =
  /(?<!没有|无|没|有无|是否)(?:错误|错别字|不正确|有误|不恰当|不准确|不合理|不妥|不当|(?<![^,。]{0,3}(?:是否))不利于|不对(?!称)|不成立|不可信|不符|不相符|不科学|不规范|不可取|(?:说|做|写|读|理解)错|有语病|欠妥|失当|相悖|相?违背|相抵触|站不住脚|(?:违反|不合|有悖)[^,。]{0,4}(?:常识|科学|事实|史实|逻辑|常理)|有问题|incorrect|wrong|false|untrue|not (?:[a-z]{2,12} )?(?:true|correct|right|accurate|valid)\b)/i;

const not =
  /不属于|不相[近同似符]|不[与和跟在受由用溶导产含]|不参与|不出现|不存在|未(?!来|必|成年|知)|不是|不含|不能|不会|不可|不包括|不包含|不具有|不宜|不应|不得|不需要|没有|无关|无法(?=\p{Script=Han}{1,6}的[^,]{0,6}是)|除.{0,6}外|\bnot\b|\bexcept\b|\bleast\b|n't\b/iu;

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

/** A clause that asks which option; instructions after it ask nothing. */
const asks =
  /[下以]列|[下]面|以下|哪|何者|(?:的|中)(?:一项|一个|一组|一句|是|有)|一项|不属于|[(]\s*[)]|_{2,}|\b(?:which|what|who|where|when)\b/i;
const instructs =
  /^(?:请|只需|只要|直接|注意|若|如果?|并|然后|最后|先|答案|要求|回答|提示|please|answer|if|only|give|think|explain)/i;

/** The clause of a question that asks which option, without white space between Chinese words. */
export function askingClause(question: string): string {
  const stem = fold(withoutOptions(question).slice(-400))
    .replaceAll(/\s*\n\s*/g, "")
    .replaceAll(/(?<![A-Za-z])\s+|\s+(?![A-Za-z])/g, "")
    .replace(material, "");
  const clauses = stem
    .slice(-160)
    .split(/[。;!?](?![)）])/)
    .filter((part) => part.length > 3);
  const asking = clauses.filter((part) => asks.test(part) && !onlySupposes(part));
  const last = asking.at(-1) ?? clauses.findLast((part) => !instructs.test(part)) ?? clauses.at(-1);
  return (last ?? stem).slice(-80);
}

/** A table or a text of some length after the blank: 不合理的是( ) 实验材料 实验目的 A 大蒜…. */
const material = /(?<=的(?:一项|一组)?[是有为]\( *\))[^()?。;]{12,}$/;

/** 若用电安全，…; but 若亲本自交，则下列叙述错误的是( ) asks. */
const onlySupposes = (part: string): boolean =>
  /^(?:若|如果?|if)/i.test(part) && !/,.*(?:[下以]列.*(?:是|有|为)|\( *\)|_{2,})/.test(part);

/** 不得超过 asks how much; 不可抗力, 属于不可回收物 name a thing. */
const bound =
  /不(?:得|能|应|宜)?(?:超过|少于|低于|高于|多于|大于|小于|早于|晚于|迟于)|不可(?:抗力|再生|回收|分割|逆|数|缺少?|或缺|少|替代|忽[视略]|思议)|(?<!不)属于(?:不|非|无)|[“"][^”"]{0,24}[”"]|“[^”]{0,80}”|^[^“”]*”/g;

/** 没有语病的一项 asks for a right one. */
const faultless = /(?:没有|无|不存在|不含)(?:语病|错误|错别字|问题|歧义|毛病|误)/g;

/** The question up to its options; the usual marks are looked for first, because that is quick. */
function withoutOptions(question: string): string {
  const usual = question.search(/(?:^|[\s(（])[AＡ]\s*[.、:：．)）]/);
  if (usual > 0) return question.slice(0, usual);
  const folded = fold(question);
  const start = optionMarks(question).marks[0]?.start ?? 0;
  return start > 0 ? folded.slice(0, start) : folded;
}

/** 指出报价单有误，最得体的回应是: what comes before the comma is told, and only the rest asks. */
const asksAfterComma =
  /^(?!选项|其中|答案|请|不要|并|然后)(?=.*(?:最|正确|恰当|合适|合理|妥当|得体|符合|属于|首先|应|可以|需要|体现|的|哪|何))[^,]*(?:是|为|有|应该?|应当|在于?|哪[^,]{0,8}|什么|谁)[\s:?()_]*$/;

/** The part of the asking clause after its last comma, where it asks for something by itself. */
function asking(clause: string): string {
  const part = clause.slice(clause.lastIndexOf(",") + 1);
  return asksAfterComma.test(part) ? part : clause;
}

function readStem(question: string): Stem {
  const clause = asking(askingClause(question));
  const asked = clause.replaceAll(faultless, "").replaceAll(bound, "");
  if (wrong.test(asked)) return "wrong";
  return not.test(asked) ? "not" : "right";
}
