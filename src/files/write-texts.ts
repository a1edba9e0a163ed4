import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes pieces of text as they come, so that no more than a few are in memory. A file that is there is replaced. */
export const writeTexts = (file: string, pieces: AsyncIterable<string>): Promise<void> =>
  pipeline(Readable.from(pieces), createWriteStream(file));
