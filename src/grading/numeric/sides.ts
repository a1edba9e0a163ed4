/** Words of which a question asks for one: 线上 and not 线下, 返程 and not 去程. The longer stand before the shorter. */
const groups: readonly (readonly RegExp[])[] = [
  [/上午/, /下午/],
  [/线上|网上/, /线下|门店|实体店/],
  [/顺[水流风]/, /逆[水流风]/, /静水/, /水[流的]?速/],
  [/去[程时]/, /返[程回]|回[程来]/, /往返|来回/],
  [/收入(?!.{0,3}占)/, /支出|开支/, /结余/],
  [/不及格/, /(?<!不)及格/],
  [/不合格/, /(?<!不)合格/],
  [/出生率/, /死亡率/, /自然增长率/],
  [/税前/, /税后|到手/],
  [/进价|成本/, /标价|定价/, /售价|卖[了价得]?/],
  [/原价/, /现价|折后|优惠后|打折后|实付|应付/, /[节立]?省|便宜|优惠(?!后)/],
  [/本金/, /利息/, /本息|本利|连本带利/],
  [/(?<![整除])商(?![店场品业])/, /余(?!下|额)/],
  [/奇数|单数/, /偶数|双数/],
  [/较大|大的|大数|最大/, /较小|小的|最小/],
  [/最[高多]/, /最[低少]/],
  [/(?<!最|周|边|增|全)长(?![江城大])/, /宽/, /(?<!提|最|升)高(?![铁中速达级])/],
  [/极差/, /方差/, /标准差/, /平均|均[值分数]/, /中位数/, /众数/],
  [/周长/, /面积/, /体积|容积/],
  [/半径/, /直径/],
  [/城镇|城市/, /农村|乡村/],
  [/实到|出席|到会/, /请假|缺席|未到/],
  [/增加|增长|上升|上涨/, /减少|下降|下跌|降低/],
  [/比值/, /(?<!对)比(?![值较上去前])/],
  [/首发|上场|场上|on the (?:court|field)|on court/i, /替补|substitutes?|\bbench\b/i],
  [/\b(?:boys?|men|male)\b/i, /\b(?:girls?|women|female)\b/i],
  [/\b(?:sav(?:e|es|ed|ings)|discount|off)\b/i, /\b(?:pays?|paid|sale price|final price)\b/i],
  [/\b(?:gives?|gave) away\b|\bsold\b|\bate\b|\bspent\b/i, /\b(?:left|remain\w*|still)\b/i],
];

/** Whether a text speaks of what is asked, or of another of its group; null where it names none or the question several. */
export function sideOf(text: string, sentence: string): "asked" | "other" | null {
  let side: "asked" | "other" | null = null;
  for (const group of groups) {
    const asked = only(group, sentence);
    const told = asked < 0 ? -1 : only(group, text);
    if (told < 0) continue;
    if (told !== asked) return "other";
    side = "asked";
  }
  return side;
}

/** The one member of a group that a text names, or -1. */
function only(group: readonly RegExp[], text: string): number {
  const at = group.findIndex((each) => each.test(text));
  return at < 0 || group.slice(at + 1).some((each) => each.test(text)) ? -1 : at;
}
