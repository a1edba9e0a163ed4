import { fold } from "../../text/normalise.ts";

/**
 * Whether a gold is a sentence or a list of points that a right reply says in other words: longer than a name or a term, with
 * clauses, or numbered. A person wrote it for readers, so that no comparison of texts can do it justice.
 */
export function isProse(gold: string): boolean {
  const text = fold(gold).trim();
  if (/\n/.test(text)) return text.length > 12;
  if (/^[\w./:@#%+\-=\\]+$/.test(text) || /^https?:/.test(text)) return false;
  const letters = Array.from(text).filter((char) => /[\p{L}\p{N}]/u.test(char)).length;
  const han = [...text.matchAll(/\p{Script=Han}/gu)].length;
  if (han < 2) return text.split(/\s+/).length > 7;
  if (/[;。!?]./u.test(text) && letters >= 10) return true;
  if (/(?:^|\D)1\s*[.、)].+2\s*[.、)]|①.+②|首先|其次|一是.+二是/u.test(text)) return true;
  if (/[,:]/u.test(text) && letters >= 12) return true;
  return letters >= 16;
}

/** The points of a rubric, one each: lines, `1.…；2.…`, `①…②…`, else the clauses between semicolons. */
export function pointsOf(rubric: string): readonly string[] {
  const lines = rubric
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const parts = lines.length > 1 ? lines : numbered(lines[0] ?? "");
  return parts
    .map((part) =>
      part
        .replace(numbering, "")
        .replace(/[;；。]+$/u, "")
        .trim(),
    )
    .filter((part) => part !== "");
}

const numbering =
  /^(?:[(（]?\s*(?:\d{1,2}|[一二三四五六七八九十])\s*[)）、．]|\d{1,2}\.(?!\d)|[①-⑳]|[-•·●*])\s*/u;

function numbered(text: string): readonly string[] {
  const parts = text.split(
    /(?=[①-⑳])|(?<=^|[;；。,，\s])(?=(?:\d{1,2}[.、．)）]|[(（]\d{1,2}[)）])(?!\d))/u,
  );
  const found = parts.map((part) => part.trim()).filter((part) => part !== "");
  return found.length > 1 ? found : text.split(/[;；]/u);
}
