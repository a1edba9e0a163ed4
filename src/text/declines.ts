/** How far a refusal reaches: it is said at the beginning of a reply. */
const beginning = 200;

/** 我拒绝. */
const shortest = 3;

/** What a model says it will not do for the person who asked. */
const deeds =
  "(?:回答|回應|回应|作答|提供|协助|協助|帮|幫|讨论|討論|满足|滿足|完成|处理|處理|参与|參與|生成|给出|給出|编写|編寫|撰写|撰寫|支持|透露|评论|評論|继续|繼續|做|写|寫|答应|答應|教)";

const unable =
  "(?:无法|無法|不能|不便|不会|不會|不可以|没办法|沒辦法|没有办法|沒有辦法|没法|沒法|难以|難以|拒绝|拒絕)";

const refusals: readonly RegExp[] = [
  new RegExp(`(?:抱歉|对不起|對不起|不好意思|很遗憾|很遺憾)[^。！!?？\\n]{0,24}${unable}`, "u"),
  new RegExp(
    `(?:我|本助手|本模型|系统|系統|平台)[^。！!?？,，\\n]{0,6}${unable}[^。！!?？,，\\n]{0,8}${deeds}`,
    "u",
  ),
  new RegExp(
    `(?:问题|問題|请求|請求|话题|話題|内容|內容)[^。！!?？\\n]{0,6}${unable}[^。！!?？\\n]{0,4}${deeds}?`,
    "u",
  ),
  /(?:换|換)[一]?[个個](?:话题|話題|问题|問題)/u,
  /不予(?:提供|回答|回應|回应|置评|作答)/u,
  new RegExp(
    `恕(?:我|本助手|本模型)?(?:不|难|難|${unable})[^。！!?？,，\\n]{0,6}(?:${deeds}|置评|置評|奉告|从命|從命)`,
    "u",
  ),
  // 作答 is said of one's own answer only, 回答 in stories and labels as well.
  /(?:放弃|放棄|拒绝|拒絕|谢绝|謝絕|婉拒|无法|無法|不能|没法|沒法|不便|难以|難以|不予)作答/u,
  /不(?:再|随便|隨便|贸然|貿然|轻易|輕易|胡乱|胡亂|妄自|勉强|勉強|强行|強行|乱|亂){1,2}(?:作答|回答|答)(?:了|$|[。！!,，])/u,
  /(?:就|还是|還是|选择|選擇|只好|宁可|寧可|决定|決定|暂|暫)不(?:作答|回答|答)(?:了|$|[。！!,，])/u,
  /我(?:拒绝|拒絕|做不到|帮不了|幫不了)/u,
  /\bi(?:['’]m|\s+am)?\s+(?:very\s+|so\s+)?(?:sorry|unable|not\s+able|afraid)\b|\bi\s+(?:can(?:not|\s+not|['’]t)|won['’]t|will\s+not|must\s+decline|decline)\b[^.\n]{0,40}\b(?:help|assist|answer|provide|comply|discuss|continue|fulfil+|respond|share|support)\b/iu,
  /\bi(?:['’]d|\s+would|\s+will|['’]ll)?\s+(?:rather|prefer)\s+not\s+(?:to\s+)?(?:answer|say|respond|guess)\b/iu,
];

/**
 * True if a reply begins by refusing. Meant for replies in which no answer was found: it says why, and decides
 * no score. Silence and "I do not know" are no refusals.
 */
export function declines(reply: string): boolean {
  const start = reply.trimStart().slice(0, beginning);
  // Most answers are a letter or two, and every answer of a run file comes here.
  if (start.length < shortest) return false;
  return refusals.some((each) => each.test(start));
}
