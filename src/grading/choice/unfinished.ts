const refusal =
  /^[\s>*_"“]{0,6}(?:这?[张幅]?(?:图片?|图像|附图|附件|音频|文件))[^。\n]{0,8}(?:没有?(?:显示|加载|上传|收到)|看不到|打不开|无法)|^[\s>*_"“]{0,6}(?:很|非常|十分)?(?:抱歉|对不起|不好意思|遗憾)[^。\n]{0,30}(?:无法|不能|不便|不宜|没法|不会|不可以|拒绝|没有办法|[看收]不到|没有?[看收]到|看不清|打不开)|^[\s>*_"“]{0,6}作为(?:一[个名款])?[^。\n,]{0,16}(?:AI|人工智能|助手|模型)[^。\n]{0,16}(?:无法|不能|不便|不宜|没有立场)|^[\s>*_"“]{0,6}我(?:无法|不能|不便|不宜)(?:回答|评价|讨论|提供|就|对)|^[\s>*_"“]{0,6}(?:(?:I'm |I am )?(?:so |very )?sorry|I apologi[sz]e|Unfortunately)[^.\n]{0,24}(?:can't|cannot|unable|not able|won't)|^[\s>*_"“]{0,6}(?:As an AI[^.\n]{0,40})?I (?:can't|cannot|won't|am unable to|'m unable to) (?:help|assist|answer|comment|discuss|provide|give)/i;
const cutOff =
  /(?:(?<![A-Za-z])[A-H](?:选?项)?(?:嘛|呢|么|的话|就|则)|[,、:;(“《]|[,;](?:他|她|它|这|那|其|而|但|则)|应该是|应当是|而是|[^称成作认以因何]为|的是|因为|所以|由于|但是?|而且|以及|并且|然而|如果|虽然|选项|because|since|therefore|the|of|and|that|which|is)[ \t]*$/;

/** A reply that begins by saying that it cannot answer. */
export const refuses = (text: string): boolean => refusal.test(text.slice(0, 200));

/** A reply that refuses, or stops in the middle of a sentence. */
export const isUnfinished = (text: string): boolean =>
  refuses(text) ||
  onlyThinks(text) ||
  (text.length > 12 && cutOff.test(text.slice(-16).trimEnd()) && !loops(text)) ||
  stopsShort(text) ||
  listBegun(text);

/** A. …；B. …；C.: a list of options that stops at the next label. */
function listBegun(text: string): boolean {
  const next = /[;。,\n]\s?([B-H])[.、:]\s*$/.exec(text.slice(-12))?.[1];
  if (next === undefined) return false;
  const before = String.fromCharCode(next.charCodeAt(0) - 1);
  return new RegExp(
    `(?:^|[;。:\\n])\\s?${before}[^\\n;]{2,80}[;。,\\n]\\s?${next}[.、:]\\s*$`,
  ).test(text.slice(-120));
}

/** A thought that was not ended. */
const onlyThinks = (text: string): boolean =>
  /^\s*<think>/.test(text) && !text.includes("</think>");

/** A small model that said all and goes on to say its last clause again and again. */
function loops(text: string): boolean {
  const clauses = text.split(/[,。;\n]/).filter((each) => each.trim() !== "");
  const last = clauses.at(-1)?.trim() ?? "";
  return last.length >= 6 && clauses.slice(0, -1).some((each) => each.trim().endsWith(last));
}

/** Paragraphs that end in full stops, and a last one that ends in a Chinese character. */
function stopsShort(text: string): boolean {
  const end = text.trimEnd();
  if (end.length < 60 || !/\p{Script=Han}$/u.test(end)) return false;
  const paragraphs = end.split(/\n+/);
  const last = paragraphs.pop() ?? "";
  const sentences = last.split("。");
  const rest = sentences.at(-1) ?? "";
  if (/^[\s>#*|-]/.test(last) || rest.length < 8 || /答案|选(?!项)|所以|因此|综上|故/.test(rest))
    return false;
  const stopped = paragraphs.filter((each) => /[。!?]$/.test(each.trimEnd())).length;
  return stopped > 0 && stopped >= paragraphs.length - 1;
}
