const refusal =
  /^[\s>*_"“]{0,6}(?:这?[张幅]?(?:图片?|图像|附图|附件|音频|文件))[^。\n]{0,8}(?:没有?(?:显示|加载|上传|收到)|看不到|打不开|无法)|^[\s>*_"“]{0,6}(?:很|非常|十分)?(?:抱歉|对不起|不好意思|遗憾)[^。\n]{0,30}(?:无法|不能|不便|不宜|没法|不会|不可以|拒绝|没有办法|[看收]不到|没有?[看收]到|看不清|打不开)|^[\s>*_"“]{0,6}作为(?:一[个名款])?[^。\n,]{0,16}(?:AI|人工智能|助手|模型)[^。\n]{0,16}(?:无法|不能|不便|不宜|没有立场)|^[\s>*_"“]{0,6}我(?:无法|不能|不便|不宜)(?:回答|评价|讨论|提供|就|对)|^[\s>*_"“]{0,6}(?:(?:I'm |I am )?(?:so |very )?sorry|I apologi[sz]e|Unfortunately)[^.\n]{0,24}(?:can't|cannot|unable|not able|won't)|^[\s>*_"“]{0,6}(?:As an AI[^.\n]{0,40})?I (?:can't|cannot|won't|am unable to|'m unable to) (?:help|assist|answer|comment|discuss|provide|give)/i;
const cutOff =
  /(?:[,、:;(“《]|[,;](?:他|她|它|这|那|其|而|但|则)|应该是|应当是|而是|[^称成作认以因何]为|的是|因为|所以|由于|但是?|而且|以及|并且|然而|如果|虽然|选项|because|since|therefore|the|of|and|that|which|is)[ \t]*$/;

/** A reply that begins by saying that it cannot answer. */
export const refuses = (text: string): boolean => refusal.test(text.slice(0, 200));

/** A reply that refuses, or stops in the middle of a sentence. */
export const isUnfinished = (text: string): boolean =>
  refuses(text) || (text.length > 12 && cutOff.test(text.slice(-16).trimEnd())) || stopsShort(text);

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
