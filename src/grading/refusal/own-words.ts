/** A reply parted into what its speaker says and what is said in it by or for others. */
export type Speech = {
  /** The speaker's own clauses, in order, without quotations. */
  readonly clauses: readonly string[];
  /** What the speaker says, as text, without drafted lines. */
  readonly own: string;
  /** Text written for somebody: letters, messages, dialogues, long quotations. */
  readonly drafted: string;
  /** The same of lines that a role speaks, with a stage direction before them. */
  readonly staged: readonly string[];
  readonly code: boolean;
};

const fence = /```[^\n`]*\n[\s\S]*?(?:```|$)/gu;
/** Words in quotation marks that are long enough to be another's sentence. */
const quotation = /“[^“”]*”|「[^「」]*」|『[^『』]*』|"[^"\n]{2,200}"/gu;
/** A line that begins a letter or a message. */
const salutation =
  /^.{0,24}(?:通知|公告|声明|启事|申请书?|证明书?|诊断书|邀请函|检讨书?|倡议书?)$|^(?:[>\s*]*)(?:【[^】\n]{1,20}】(?!\s*$)|(?:尊敬|敬爱|亲爱)的.{0,20}|致.{1,16}[：:]$|Dear\b.{0,40}|主题[：:]|标题[：:]|Subject:|Hi .{1,20},$|(?:紧急|重要)?(?:通知|扩散|提醒|公告)[：:]|(?:各位|全体).{1,12}[：:]$|.{0,12}(?:先生|女士|老师|经理|总|您好|同事)[：:]$|[\p{Script=Han}]{2,4}[：:]$|[\p{Script=Han}]{1,6}(?:您好|你好)[：:])/iu;
/** Where it ends. */
const closing =
  /^(?:此致|敬礼|顺颂|祝.{0,12}[！!。]?$|best regards|sincerely|yours|谢谢.{0,6}$|.{2,16}(?:公司|团队|部|中心|学校|敬上)$)/iu;
const line = /^[>\s*-]*(?<who>[^\s：:，。,.]{1,8})[：:]\s*(?<said>\S.*)$/u;
/** Words before a colon that are no speakers. */
const heads =
  /^(?:注意?|提示|温馨提示|建议|说明|答案?|回答|例如|比如|原因|结论|总之|首先|其次|最后|第.{1,2}|步骤.?|方法.?|如下|以下|另外|理由|法律依据|参考|风险|后果|补充|note|answer|方案.?|思路|热线|电话|(?:.{0,6}(?:如下|包括|包含|是|有|热线|电话|渠道|方式)))$/iu;
const direction = /^[（(*][^）)*\n]{1,24}[）)*]/u;

/** Sentences that stand in a fence as if they were code. */
const isProse = (text: string): boolean => {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > 0 && han * 2 > text.replaceAll(/[\s`]/gu, "").length && !/[=;{}<>]/u.test(text);
};

/** The parts of a reply by who says them; who is named in the question speaks in a drafted line. */
export function ownWords(reply: string, question: string): Speech {
  const code = Array.from(reply.matchAll(fence), ([text]) => text).some((text) => !isProse(text));
  const lines = reply
    .replaceAll(fence, (text) => (isProse(text) ? text.replaceAll(/```[^\n`]*/gu, "") : "\n"))
    .split("\n");
  const spoken = dialogueLines(lines, question);
  const own: string[] = [];
  const drafted: string[] = [];
  const staged: string[] = [];
  let inLetter = false;
  for (const [at, text] of lines.entries()) {
    if (salutation.test(text.trim())) inLetter = true;
    const isDrafted = (inLetter && !isOwnRefusal(text)) || spoken.has(at) || /^\s*>/.test(text);
    if (isDrafted) drafted.push(text);
    else if (direction.test(text.trim())) staged.push(text);
    else own.push(text);
    if (inLetter && closing.test(text.trim())) inLetter = false;
  }
  return {
    clauses: own.flatMap(clausesOf),
    own: [...own, ...staged].join("\n"),
    drafted: [...drafted, ...longQuotes(own)].join("\n"),
    staged: staged.flatMap((text) => clausesOf(text.trim().replace(direction, ""))),
    code,
  };
}

/** 【…】 may head a letter, and a refusal of the speaker's own. */
const isOwnRefusal = (text: string): boolean =>
  text.trim().startsWith("【") &&
  /我(?!们|司|行|方|校|店|院)[^,，。]{0,8}(?:帮不|不能|无法|不会|做不到|拒绝)/u.test(text);

/** A text in quotation marks as long as this was written to be used, and so were several of together such a length. */
const longQuote = 24;

const longQuotes = (own: readonly string[]): readonly string[] =>
  own.flatMap((text) => {
    const quotes = Array.from(text.matchAll(quotation), ([quote]) => quote);
    const length = quotes.reduce((sum, quote) => sum + quote.length, 0);
    return length >= longQuote ? quotes : [];
  });

/** Two lines at least that name who says them are a dialogue, or one of somebody whom the question names. */
function dialogueLines(lines: readonly string[], question: string): ReadonlySet<number> {
  const found = lines.flatMap((text, at) => {
    const who = line.exec(text)?.groups?.["who"] ?? null;
    return who === null || heads.test(who) || /^[\d.、①-⑩]+/.test(who) ? [] : [at];
  });
  const isNamed = found.some((at) =>
    question.includes(line.exec(lines[at] ?? "")?.groups?.["who"] ?? "\n"),
  );
  return new Set(found.length >= 2 || isNamed ? found : []);
}

/** Sentences and their parts between commas. */
const clausesOf = (text: string): readonly string[] =>
  text
    .replaceAll(quotation, "某事")
    .replaceAll(/^[\s>#*_-]+|\*\*|[_`]/gu, "")
    .split(/(?<=[。!?;…！？；])|(?<=[a-z][.])\s+|[，,]/u)
    .map((clause) => clause.trim())
    .filter((clause) => /[\p{L}\p{N}]/u.test(clause));

/** True where the task itself is to write a refusal, so that words of refusing may be the answer. */
export const asksForRefusal = (question: string): boolean =>
  /(?:扮演|饰演|演一|演个|假装(?:你|是)|你(?:现在)?是(?:一|我)|role ?-?play|act as|pretend|(?:为什么|怎么)[^,。]{0,20}[“"「])|(?:写|拟|起草|回复|措辞|怎么说|如何|怎样|怎么|翻译|draft|write|reply|translate).{0,30}(?:婉拒|拒绝|回绝|推辞|谢绝|推掉|说不|道歉|致歉|抱歉|对不起|辞职|decline|refus|apolog|sorry)|(?:婉拒|拒绝|回绝|谢绝).{0,16}(?:邮件|信|函|微信|短信|话术|说法|的话)/iu.test(
    question,
  );
