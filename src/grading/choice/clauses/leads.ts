import type { OptionJudgement } from "./words.ts";

import { judgementIn } from "./words.ts";

/** What the words before an option make of it. */
export type Lead =
  | { readonly kind: "denied" }
  /** 名单里没有D. */
  | { readonly kind: "lacked" }
  /** 不能A: wrong to do. */
  | { readonly kind: "forbidden" }
  | { readonly kind: "added" }
  | { readonly kind: "marked"; readonly right: boolean }
  | { readonly kind: "stated"; readonly judgement: OptionJudgement | null; readonly words: string }
  | { readonly kind: "only" }
  | { readonly kind: "maybe" }
  | { readonly kind: "chosen" }
  | { readonly kind: "named" }
  | { readonly kind: "but" }
  | { readonly kind: "compared" };

const opening =
  "(?:选?项(?:[中里]的)?|选择|说法|答案|[Oo]ption|[Cc]hoice|[\\p{Script=Han}]{1,6}·|(?:[A-Z][a-z]{1,12} ){1,3}\\(|[\\p{Script=Han}]{2,8} ?(?=\\())?[ (\"'“「【《[*`:]{0,6}$";
const but = new RegExp(
  `(?:除了?|除去|除开|[Ee]xcept(?: for)?|[Oo]ther than|[Aa]part from)${opening}`,
  "u",
);
const compared = new RegExp(
  `(?:比起?|较|相比|相较于?|不如|优于|好于|不及|[略稍]?逊色?于?|输给|败给|让位于|[比赶]不[上过]|不敌|逊色?于|和|与|跟|同|versus|vs\\.?|than|[Uu]nlike)${opening}`,
  "u",
);
const denied = new RegExp(
  `(?:(?<!不(?:能|得|可)?)(?:排除|不选|别选|勿选|剔除|划[掉去]|[去刷筛][掉除]|淘汰|否定|否决|舍[去弃]|不能选|不应选|不该选|不考虑|不(?:可能|会|应)?是|而非|并非|绝非|非)[了掉]?(?:的是)?|[Rr]uled? out|[Ee]liminated?|[Ee]xcluded?|(?:\\b(?:[Nn]ot|[Nn]either|[Nn]or)|n't)(?: [a-z']{1,12}){0,3}|(?:别|不要|不能|不应该?|切勿|勿)(?:去|再)?(?:点|用|按|填|写|做)) ?${opening}`,
  "u",
);
const only = new RegExp(
  `(?:只有|唯有|仅有|仅(?= ?[A-H])|仅 ?$|唯独|独有|只能(?:是|选)|唯一[^,。]{0,6}的?(?:就?是|只有|:)|\\b[Oo]nly) ?${opening}`,
  "u",
);
const chosen = new RegExp(
  `(?:(?<![不别没未误错勿若想会易]|如果|假如|为何|初步|先|最初|起初|原先|原本|本来|开始)(?:[选選](?![项項])择?|选定|倾向于?|换成了?|转而选|锁定|敲定|首选|当选的?是|保留|投给?|(?<=[此以应故就可要])取|定|就数|要数|[该应就要]填)(?:的?是|了|:)?|(?<!初步|不是|错误|(?<!我)的|直觉|第一反应)(?:结果|结论|最终|最后|答案)(?:应该|应当|应|就|只能|自然|显然|当然)?[是为即:选定]{1,2}|我(?:认为|觉得|想|猜|敢?肯定|(?:比较|非常|很|基本)?确定)(?:应该)?(?:就)?是|(?<=[就我便先])猜(?:测)?(?:是)?|[Ii]'d (?:go with|pick|choose|say)|[Yy]ou(?:'d| would|'ll)? (?:need|want|use|reach for|be looking for|are looking for)|looking for|we (?:need|want)|(?:none|neither|nothing)(?: [a-z]{1,8}){0,3} (?:beats?|match(?:es)?|tops|surpass(?:es)?|rivals)|(?:[Gg]o(?:ing)? with|[Aa]nswer (?:is|would be|should be)|[Ii]t must be|left with|leaves(?: us with)?|leaving(?: us with)?)) ?${opening}`,
  "u",
);
const named = new RegExp(
  `(?:[还才就非]得是|那(?:就|便|才)?是|要数|首推|当数|就数|就是|正是|即是?|便是|应该?是|应为|应当是|当属|当推|首推|非|归于?|叫做?|对应的?(?:就?是)?|指的?(?:就?是)?|出自|见于|载于|出现在|不(?:得|能|可|应)?(?:超过|少于|低于|高于|多于|迟于|早于)|相比之下|相较之下|反观|倒是|(?<![不没])(?:应当?|应该|需要?|建议您?你?|务必|最好)|意思(?:就?是)|(?<![不])是|为|属于?|[得共约有](?!,)|\\bmust be|(?:job|task|role|work|function|duty) of|(?:falls|belongs) to|(?<![A-Z)] ?)(?:→|=>|[=≈])|∴|\\bi\\.e\\.|\\bnamely|(?:[Tt]hat|[Ii]t|[Tt]his)(?:'s| is| would be| must be)|\\bby|\\bbut|\\b(?:is|are|was|were)(?: (?:in fact|indeed|actually|really|of course|clearly|simply|just|obviously))?|[Ss]o|[Tt]hus|[Tt]herefore|所以|因此|故)(?:选?项)?,? ?${opening}`,
  "u",
);
const stated = new RegExp(
  `([^,。;\\n:]{1,24}?)的(?:那?[一几两]?(?:[项个种条句者组]|道)?(?:选项|说法|做法|行为|答案|一项|城市|人物)?)?(?:应该|应当|应|就|只|才|便|正|分别|自然|当然|显然|唯一|仍然?|还|依然|依旧|终究|到底)*(?:有|是|为|属|包括|:|仅|唯有|在于?|出在)(?:了)?(?:[一两二三四五六\\d][个项种条句处者位]:?)?${opening}`,
  "u",
);
const statedInEnglish =
  /(?:the |only )?((?:un|in)?(?:correct|true|right|false|wrong|suitable|appropriate|odd)[a-z ]{0,24}|(?:ones?|option|choice|statement)[a-z ]{1,30}) (?:is|are|would be)[ ("'*:]{0,4}$/i;

const nothing = /^[\s*("'“「【#>-]*$/;
const marked = /(?:^|[ ,;])([✅✔✓√☑❌✗✘×❎✖])\ufe0f?[ *_(]{0,4}$/u;
const maybe = new RegExp(
  `(?:可能|也许|或许|大概|没准|说不定|不排除|could be|might be|may be|maybe|perhaps)(?:会|就)?[是为选归属算]? ?${opening}`,
  "u",
);
const forbidden = new RegExp(
  `(?:不能|不要|不应当?|不应该|不该|不可以?|不得|切勿|切忌|禁止|严禁|避免)(?:去|再|直接|随意|随便|轻易)?${opening}`,
  "u",
);
const lacked = new RegExp(
  `(?:(?<!有)没有|不含|不包括|不包含|不见|找不到|缺少|并无|不属于.{0,4}的是)${opening}`,
  "u",
);
const added = new RegExp(
  `(?:补[上选充入]|[加添][上入]|追加|漏(?:选?了|掉了?|选)|还(?:应|要|得|该)?(?:有|加|选)|also(?: include| add)?) ?${opening}`,
  "u",
);

/** Reads the words directly before an option, those up to the previous option or sentence. */
export function leadOf(before: string): Lead | null {
  if (nothing.test(before)) return null;
  const mark = marked.exec(before)?.[1];
  if (mark !== undefined) return { kind: "marked", right: /[✅✔✓√☑]/u.test(mark) };
  if (but.test(before)) return { kind: "but" };
  const match = stated.exec(before) ?? statedInEnglish.exec(before);
  if (match !== null && !/答案|选项$/.test(match[1] ?? "")) {
    const words = match[1] ?? "";
    return { kind: "stated", words, judgement: judgementIn(`${words},`) };
  }
  if (denied.test(before)) return { kind: "denied" };
  if (forbidden.test(before)) return { kind: "forbidden" };
  if (lacked.test(before)) return { kind: "lacked" };
  if (added.test(before)) return { kind: "added" };
  if (maybe.test(before)) return { kind: "maybe" };
  if (only.test(before)) return { kind: "only" };
  if (chosen.test(before)) return { kind: "chosen" };
  if (compared.test(before)) return { kind: "compared" };
  return named.test(before) ? { kind: "named" } : null;
}
