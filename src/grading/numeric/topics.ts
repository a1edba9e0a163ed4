import { type Finder, seldom } from "../../text/finding/seldom.ts";
import { lately } from "../../text/quantity/lately.ts";

/** What a number may tell of a thing, with the words for it: its total, what is left of it, how fast it is. */
const topics: Readonly<Record<string, Finder>> = {
  total: seldom(
    /共|总|合计|一起|加起来|合起来|合在一起|全[部班年天校队程]|\b(?:total|altogether|in all|sum|combined)\b/i,
  ),
  rest: seldom(/剩|余下|还有|其余|余额|\b(?:left|remain\w*|still)\b/i),
  difference: seldom(
    /多(?:出|了|\d)|[少高低](?:出|了|\d)|相差|之差|差额|差距|比.{1,8}[多少大小高低长短快慢贵]|便宜|[节立]?省|优惠|提高|降(?:了|低|幅)|增(?:加|长|幅)|减少|下降|上升|\b(?:more|less|fewer|difference|save[sd]?|increase\w*|decrease\w*|drop\w*)\b/i,
  ),
  average: seldom(/平均|均(?:值|价|分|速)|[人月日年]均|\b(?:average|mean)\b/i),
  each: seldom(/每|各(?:得|有|分|用)|\b(?:each|per|every|apiece)\b/i),
  greatest: seldom(
    /最[大高多长贵快远早]|\b(?:largest|greatest|biggest|highest|most|maximum|max)\b/i,
  ),
  least: seldom(/最[小低少短轻慢近晚]|至少|\b(?:smallest|least|lowest|minimum|min)\b/i),
  perimeter: seldom(/周长|perimeter|circumference/i),
  area: seldom(/面积|平方|公顷|亩|\barea\b/i),
  volume: seldom(/体积|容积|容量|立方|\bvolume\b/i),
  speed: seldom(/速度|时速|每(?:小时|分钟?|秒)|\bspeed\b|\bfast\b/i),
  time: seldom(
    /(?:所用|用)?时间|用时|历时|耗时|时长|(?:小时|分钟|几天)(?:后|完|到)|\bhow long\b|\btakes?\b|\bduration\b/i,
  ),
  distance: seldom(/路程|距离|相距|里程|全程|\bdistance\b|\bfar\b/i),
  price: seldom(/单价|价格|售价|票价|标价|定价|原价|现价|\bprices?\b|\bcosts?\b/i),
  cost: seldom(/成本|进价/),
  profit: seldom(/利润|盈利|赚|\bprofits?\b/i),
  change: seldom(/找(?:回|零|\d|给|[您你他她]\s?\d)|\bchange\b/i),
  age: seldom(/岁|年龄|\bage\b|\bold\b/i),
  weight: seldom(/重|质量|\bweigh\w*|\bmass\b/i),
  share: seldom(/率|占|百分|[%％]|\bpercent\w*|\brate\b/i),
  ratio: seldom(/之比|比值|比例|[是为]\d+:\d+|\bratio\b/i),
  remainder: seldom(/余数|……|…\d|\bremainder\b/i),
  quotient: seldom(/商(?![店场品业])|\bquotient\b/i),
  median: seldom(/中位数|\bmedian\b/i),
  mode: seldom(/众数/),
  probability: seldom(/概率|可能性|\bprobability\b/i),
  interest: seldom(/利息|\binterest\b/i),
  sum: seldom(/本息|连本带利/),
  principal: seldom(/本金/),
  tax: seldom(/税/),
  length: seldom(/长(?![江城大方])|\blength\b|\blong\b/i),
  width: seldom(/宽|\bwidth\b/i),
  height: seldom(/高(?![铁中速达级等])|\bheight\b|\btall\b/i),
  radius: seldom(/半径|\bradius\b/i),
  diameter: seldom(/直径|\bdiameter\b/i),
  vertices: seldom(/顶点/),
  edges: seldom(/棱/),
  sides: seldom(/边/),
  diagonal: seldom(/对角线/),
  place: seldom(/第\s?[\d一二三四五六七八九十几]|排名|名次/),
  before: seldom(/以前|之前|\d年前|原来|原有|本来|起初|\boriginal\w*|\bat first\b/i),
  after: seldom(/以后|之后|\d[年天月]后|现在|目前|后来|最后|\bnow\b/i),
  discount: seldom(/折/),
  return: seldom(/往返|来回|来去/),
  oneWay: seldom(/单程/),
};

/** Which of these a text tells. */
export const topicsOf = lately(
  (text): ReadonlySet<string> =>
    new Set(Object.keys(topics).filter((name) => topics[name]?.test(text))),
);
