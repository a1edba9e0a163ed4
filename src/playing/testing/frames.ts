/** How many of these frames of `{who}` and `{asks}` stand in one of the texts, line breaks and their punctuation aside. */
export const framesUsed = (frames: readonly string[], texts: readonly string[]): number => {
  const plain = texts.map(bare);
  return frames.filter((frame) => {
    const parts = frame.split(/\{\w+\}/).map(bare);
    return plain.some((text) => parts.every((part) => text.includes(part)));
  }).length;
};

const bare = (text: string): string => text.replaceAll(/[\s，。：？]/g, "");
