export const conclusive =
  /^[\s>#*_~•·\-–—∴]{0,12}(?:综上(?:所述)?|综合(?:来看|以上)?|总之|总的来说|总而言之|由此(?:可见|可知|得出)?|因此|所以|因而|可见|可知|故而?|于是|从而|显然|也就是说|换句话说|即|那么|thus|therefore|hence|so|in conclusion|overall)[,，:：、\s]*/iu;

/** Without 所以，, 因此 and their like at its head. */
export const withoutConclusive = (text: string): string => {
  let rest = text.trim();
  for (let round = 0; round < 3; round++) rest = rest.replace(conclusive, "");
  return rest;
};

/** A sentence or clause that says what is to be given: 应写作…, 请填“…”, 您要的是…, 规范写法是…. */
const directives: readonly RegExp[] = [
  /(?:应该?|应当|须|需|要|请|故|可|就|这里|此处|空里|这时|此时)改?(?:写|填|读|答|选)(?:的(?:是|字))?(?:作|成|为|入|写|上|是|[:：]|(?=\s*[“"「『《`*]|\s?\p{Script=Latin}))/u,
  /(?:应该?|应当|可)改(?:为|成|作)|(?:要|该)[填写改答]的|(?:^|[，,；;])\s*(?:填|答|写|改为|改成)(?!案)/u,
  /正确的(?:词语?|字|写法|成语|句子)?(?:应该?|应当)?[是为]|(?:正确|规范|标准|通用|官方)的?(?:写法|读法|读音|说法|答案|顺序|形式|名称|全称|叫法|译名|结果|表述)/u,
  /(?:您|你|题目|本题|该题|这道?题|题中|题干)(?:所|里|中)?(?:要求?的?|需要|找|求|考的?|指|说的?|最后)[^，,。]{0,12}?(?:是|写|填|为|应)/u,
  /(?:提取|排列|排序|计算|运行|查找|转换|翻译|最终|最后)的?(?:结果|答案)(?:是|为|如下|[:：])/u,
  /(?:[下后上前](?:一|半)?(?:半|截)?[句联]|后面)(?:应该?|就|则|便)?(?:是|为|接的?是?|[:：])/u,
  /我(?:更|比较)?(?:倾向于?|选择?|认为应|的(?:判断|选择|看法)是)|应判|判断?为?(?=[√×对错])/u,
  /回答?\s*[:：]|答\s*[:：]|\b(?:so|thus|therefore|hence)\b/iu,
];
const within = /(?:[，,；;]\s*(?:所以|因此|于是|故|从而|可见|那么|因而|那(?=今|就|自然))|∴)/u;

/** True where a sentence says that it concludes, at its head or behind a comma. */
export const concludes = (sentence: string): boolean =>
  conclusive.test(sentence) ||
  within.test(sentence) ||
  directives.some((each) => each.test(sentence));
