/** Lengths of a text; see `countCharacters`. */
export type Characters = { points: number; words: number };

/**
 * Adds the length of `text` to `sums`: `points` in Unicode code points, `words` in the 字数 of Word and WPS,
 * where each East Asian character or punctuation mark counts one, and so does each run of anything else
 * between blanks and East Asian characters.
 */
export function countCharacters(text: string, sums: Characters): void {
  let words = 0;
  let pairs = 0;
  let inRun = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x2e80 && unit < 0xd800) {
      words++;
      inRun = false;
    } else if (unit >= 0xdc00 && unit <= 0xdfff) {
      pairs++;
    } else if (isEastAsian(unit)) {
      words++;
      inRun = false;
    } else if (isBlank(unit)) {
      inRun = false;
    } else if (!inRun) {
      words++;
      inRun = true;
    }
  }
  sums.points += text.length - pairs;
  sums.words += words;
}

/** Also true of the quotation marks, dashes and dots that Chinese shares with Latin, and of all surrogate pairs. */
const isEastAsian = (unit: number): boolean =>
  unit >= 0x2e80
    ? unit < 0xdc00 || unit >= 0xf900
    : unit >= 0x2014 && (unit <= 0x201d || unit === 0x2026);

const isBlank = (unit: number): boolean =>
  unit <= 0x20 || unit === 0xa0 || (unit >= 0x2000 && unit <= 0x200d) || unit === 0x2028;
