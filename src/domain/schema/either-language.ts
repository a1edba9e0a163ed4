import { z } from "zod";

import type { Text } from "../text.ts";

/** One of a few words, of which a person may write the Chinese or the English one; read as the key of `words`. */
export function inEitherLanguage<Word extends string>(words: Readonly<Record<Word, Text>>) {
  const pairs = Object.entries<Text>(words) as [Word, Text][];
  const written = new Map(
    pairs.flatMap(([word, { zh, en }]) => [zh, en].map((each) => [each, word])),
  );
  return z.enum([...written.keys()]).transform((each) => written.get(each) as Word);
}
