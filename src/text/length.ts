/** Unicode code points in a text; a lone surrogate counts as one. */
export function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 1; index < text.length; index += 1) {
    const isLow = (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isLow && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) pairs += 1;
  }
  return text.length - pairs;
}

/** An estimate of the tokens of a text that no vendor has counted; rather too high than too low. */
export function estimatedTokens(text: string): number {
  let narrow = 0;
  let wide = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x2e80) narrow += 1;
    // Count a surrogate pair once, by its second half.
    else if (unit < 0xd800 || unit > 0xdbff) wide += 1;
  }
  return Math.ceil(narrow * 0.35 + wide);
}
