/**
 * The same function of a text, remembering its latest results: a grader looks at one question from several sides, and at a
 * gold for each of its replies. Results are shared, so they must not be changed.
 */
export function lately<Result>(read: (text: string) => Result, most = 8): (text: string) => Result {
  const texts: string[] = [];
  const results: Result[] = [];
  let next = 0;
  return (text) => {
    const at = texts.indexOf(text);
    const known = results[at];
    if (at !== -1 && known !== undefined) return known;
    const result = read(text);
    texts[next] = text;
    results[next] = result;
    next = (next + 1) % most;
    return result;
  };
}
