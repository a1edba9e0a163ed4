import type { Grade, Sample } from "../../domain/grader.ts";

/** The texts of the passages of a reply; null where none came, so that nothing can be held against it. */
export function passageTexts({
  passages = [],
}: Pick<Sample, "passages">): readonly string[] | null {
  const texts = passages.map(({ text, title }) =>
    title === undefined ? text : `${title}。${text}`,
  );
  return texts.length === 0 ? null : texts;
}

/** The grade where nothing is known of what the target read. */
export const noPassages: Grade = {
  verdict: "ungraded",
  value: null,
  extracted: null,
  why: "no passages: neither the target sent any, nor the item has a context",
};
