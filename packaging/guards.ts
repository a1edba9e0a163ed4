/** A row of the threat table in SECURITY.md: what is feared, and the test that guards it, as it stands in the code. */
export type Guard = { readonly threat: string; readonly file: string; readonly title: string };

const row = /^\| ([^|]+) \| ([^|]+) \| `([^`]+\.test\.tsx?)` \| `([^`]+)` \|$/gm;

/** The rows of the page, in their order. */
export const guardsOf = (page: string): readonly Guard[] =>
  Array.from(page.matchAll(row), ([, threat = "", , file = "", title = ""]) => ({
    threat,
    file,
    title,
  }));

/** Titles that vitest makes of one with places, such as `%s takes linear time`, `killed ${kills} times` or `$name is $outcome`. */
export const patternOf = (title: string): RegExp =>
  new RegExp(
    `^${title
      .split(/%[sidj]|\$\{[^}]*\}|\$\w+/)
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
      .join(".*")}$`,
    "s",
  );
