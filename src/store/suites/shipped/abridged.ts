/** Characters up to which a page prints a text whole. */
const mostPrinted = 900;
const [head, tail] = [450, 250];

/** A text as a page prints it: of a long one the beginning and the end, and how many characters are left out between them. */
export function abridged(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= mostPrinted) return text;
  const left = characters.length - head - tail;
  const [first, last] = [characters.slice(0, head), characters.slice(-tail)];
  return `${first.join("")}\n……（略去 ${left} 字）……\n${last.join("")}`;
}
