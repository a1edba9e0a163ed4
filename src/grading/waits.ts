import { seldom } from "../text/finding/seldom.ts";

/** The output stopped by itself, and says so: （内容生成中断，请点击“继续生成”）. */
const cut = seldom(
  /(?:内容|回答|输出|生成|回复)(?:生成|输出)?(?:已?(?:被)?(?:中断|中止|停止|截断))|点击[“"「]?(?:继续|重新)(?:生成|回答|作答)|未完待续|(?:response|output|generation) (?:was )?(?:interrupted|stopped|truncated)/i,
);
/** It did not get what it needs, or asks for it: 我这边没有收到图片, 把电路图拍照发给我. */
const lacks = seldom(
  /(?:没有?|未)(?:能)?(?:收到|看到|看见|找到|见到)[^,，。!！?？]{0,10}(?:图|照片|附件|材料|原文|文件|表格)|看不[到见清][^,，。]{0,6}(?:图|照片|附件)|(?:图片?|照片|附件|材料|原文|题目)[^,，。!！?？]{0,8}(?:没有?(?:显示|加载|上传|传|发)|拍照?(?:给|发|上传)|(?:再|重新)?(?:发|传|贴)(?:给我|过来|上来|一下|一遍))|(?:didn't|did not|don't) (?:receive|see) (?:the|any|an?) (?:image|picture|figure|attachment)/i,
);
/** It wants the reader to go on first: 先把你算到的这一步发给我. */
const asksFirst = seldom(
  /(?:先|请)(?:你|您)?(?:先)?把?(?:你|您)(?:自己)?(?:算|做|写|想|推|解)[^。?？!！]{0,12}(?:发|告诉|拿|说)(?:给|过来)?我?|(?:我们)?一起来?(?:试试看|试一试|想一想|想想看|算一算看)|(?:你|您)(?:先)?(?:来)?(?:试试|试一试|算算|想想)看?[,，]?(?:算完|做完|然后|再)?(?:发|告诉)给?我|确认(?:后|之后|好|了)[^。]{0,6}(?:我)?(?:再|才|会)?(?:给出|告诉|计算|作答|回答|往下)/,
);

/**
 * True where a reply waits instead of answering: for a picture, for what the reader has worked out, for being told to go on.
 * What it announces nevertheless is for its caller to weigh.
 */
export const waits = (reply: string): boolean => {
  const end = reply.slice(-200);
  return cut.test(end) || lacks.test(reply.slice(0, 400)) || asksFirst.test(end);
};
