/** A remark in brackets at the end: 李白（唐代诗人）, 闻（wén）. Not the whole text. */
const trailing =
  /(?<=[^\s(（[【])\s*(?:[(（][^()（）]{1,80}[)）]|[[【][^[\]【】]{1,80}[\]】])\s*[。.！!]?$/;
const opening = /^(?:\s*(?:#{1,6}|>|[-•])\s+)*[\s“"'「『《〈【*_`]*/;
const closing = /[”"'」』》〉】*_`。.，,；;！!\s]+$/;

/** Without a closing remark in brackets and without quotes and full stops around. */
export function withoutGloss(text: string): string {
  const bare = text.trim().replace(trailing, "");
  return withoutQuotes(bare);
}

/** Without quotes, marks of emphasis and full stops around the whole. */
export const withoutQuotes = (text: string): string =>
  text.trim().replace(opening, "").replace(closing, "").trim();

const quotePairs = /[“「『"《]([^“”「」『』"《》\n]{1,80})[”」』"》]|\*\*([^*\n]{1,80})\*\*/gu;

/** What stands in quotes, book-title marks or bold, in order. */
export const quotedIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(quotePairs), ([, quoted, bold]) => quoted ?? bold ?? "");
