/**
 * True where one of two names is the other's surname and the question asks for a person: da Vinci, Leonardo da Vinci; initials
 * before a name in Chinese characters are left out: J. J. 汤姆逊, 汤姆逊.
 */
export function isSurname(form: string, gold: string, question: string): boolean {
  if (!/谁|作者|人物|姓名|名字|哪[一]?[位个]|何人|\bwho(?:m|se)?\b|\bauthor\b/iu.test(question))
    return false;
  const [bare, own] = [form, gold].map((text) => text.trim().replace(initials, ""));
  if (bare === own) return true;
  const [one, other] = [form, gold].map((text) => wordsOf(text));
  if (one === undefined || other === undefined) return false;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (
    short.length > 0 &&
    short.length < long.length &&
    short.join(" ") === long.slice(-short.length).join(" ")
  );
}

const initials = /^(?:[A-Z]\.?[\s·-]{0,2}){1,3}(?=\p{Script=Han}{2})/u;

/** The words of a Latin name in lower case; none where the text is anything else. */
const wordsOf = (text: string): readonly string[] => {
  const bare = text.trim().replaceAll(/^["'“*_\s]+|["'”*_.\s]+$/g, "");
  return /^(?:by\s+)?\p{Lu}?[\p{Script=Latin}\p{M}.'’-]*(?:\s[\p{Script=Latin}\p{M}.'’-]+){0,5}$/u.test(
    bare,
  )
    ? bare
        .replace(/^by\s+/i, "")
        .toLowerCase()
        .split(/\s+/)
    : [];
};
