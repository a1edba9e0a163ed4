/** Longer pieces are not blank. */
const longestBlank = 16;

/** The first character that is no blank. Few bytes are blank at the beginning, so that few are looked at. */
export const firstVisible = (chunk: Buffer): string | undefined =>
  chunk.toString("latin1", 0, longestBlank).trimStart()[0] ??
  chunk.toString("latin1").trimStart()[0];

/** A sign of life between the pieces of a body, most likely. */
export const isBlank = (chunk: Buffer): boolean =>
  chunk.length <= longestBlank && chunk.toString("latin1").trim() === "";
