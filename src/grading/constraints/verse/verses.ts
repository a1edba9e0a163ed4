/** The lines of a poem: what stands between marks and line ends, without them. Lines without a Han character are left out. */
export const versesOf = (text: string): readonly string[] =>
  text
    .split(/[，。！？；、：,.!?;:\n]+/u)
    .map((verse) => verse.replaceAll(/[\p{P}\p{S}\s]/gu, ""))
    .filter((verse) => /\p{Script=Han}/u.test(verse));
