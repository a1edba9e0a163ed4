/** Question words, and what they leave without meaning. */
const vague =
  /多少|几(?!何)|什么|等于|哪一?个?|请问|其中|[的了是为有约共得到就则应该\s$*:=,?()"“”]/gu;
/** What joins a label to its number. */
const joint =
  /(?:(?:[:=≈→]|[是为有约共得到就则应该达在于于]|等于|大概|大约|左右|只有|还有|一共|总共|约为|USD|[￥¥$]|[\s*|"'“”「])+)$/u;

/** The words right before a number that name what it is: 女生 in 因此女生22人, 播放量 in 播放量8w+. Empty where there are none. */
export function labelOf(before: string): string {
  const rest = before.replace(joint, "");
  const run = /[\p{Script=Han}A-Za-z]{1,10}$/u.exec(rest)?.[0] ?? "";
  return run.replace(/^(?:所以|因此|因而|于是|从而|那么|可知|可得|求得|故|即|则|得|共)+/u, "");
}

/** How many characters in a row a label shares with what is asked, at least two; 0 where they share fewer. */
export function sharedWith(label: string, asked: string): number {
  const [text, question] = [label.replaceAll(vague, ""), asked.replaceAll(vague, "")];
  for (let length = Math.min(text.length, 6); length >= 2; length--)
    for (let at = 0; at + length <= text.length; at++)
      if (question.includes(text.slice(at, at + length))) return length;
  return 0;
}
