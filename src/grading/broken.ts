import { seldom } from "../text/finding/seldom.ts";

/** What should follow these is missing. */
const dangling = seldom(
  /(?:(?:(?<!取)得到?|[是为的和与及将把被再则]|等于|因此|所以|于是|从而|根据|由于|乘以|除以|加上|减去|[=≈×÷,、:(]|(?<![NZRQC}_^]\s?)\+|(?<=[\w)²³]\s?)[-−]|\b(?:is|are|the|of|so|therefore|equals|by))|[=+×*÷/]\s?0\.|[^\s]\n\s*\d{1,2}[.、]|(?:^|[\n。;,])(?:再|然后|接着)?把\p{Script=Han}{1,6})[\s*$]*$/iu,
);
/** A conclusion without anything that it concludes, or its full stop. */
const opened = seldom(
  /(?:^|[\n。;,])\s*(?:因此|所以|于是|从而|故|最后|接下来)([^\d$=A-Za-zπ∅。!?)]{0,30})$/,
);

/** True where a text ends in the middle of a sentence. */
export const breaksOff = (text: string): boolean => {
  const end = text.slice(-80);
  const left = opened.exec(end)?.[1]?.replaceAll(/一(?=[共起天年周些样定般个种])/g, "");
  return (
    dangling.test(end) ||
    (left !== undefined && !/[一二三四五六七八九十百千万两零]|无解|空集/.test(left))
  );
};
