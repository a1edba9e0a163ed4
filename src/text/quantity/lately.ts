/**
 * The same function of a text, remembering its latest results: a grader looks at one question from several sides, and at a
 * gold for each of its replies. Results are shared, so they must not be changed.
 */
export function lately<Result>(read: (text: string) => Result, most = 8): (text: string) => Result {
  const texts: string[] = [];
  const results: Result[] = [];
  let next = 0;
  return (text) => {
    for (let at = 0; at < texts.length; at++) {
      const known = texts[at];
      // Of texts of one length few are compared sign by sign.
      if (known?.length !== text.length || known !== text) continue;
      const result = results[at];
      if (result !== undefined) return result;
    }
    const result = read(text);
    texts[next] = text;
    results[next] = result;
    next = (next + 1) % most;
    return result;
  };
}
