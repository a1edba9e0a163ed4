/** Recognises chunks of a stream that are one event and differ from an earlier one in nothing but its text. */
export type RepeatedChunks = {
  /** The text of such a chunk, of which nothing else is decoded; null for any other. */
  readonly textIn: (chunk: Uint8Array) => string | null;
  /** Takes a chunk that was one event, and what its event has around its text, as what others may repeat. */
  readonly learn: (chunk: Uint8Array, before: string, after: string) => void;
};

/** What a JSON string cannot hold as it stands. */
const escaped = /["\\\p{Cc}]/u;

/** A stream that was learned from so often has chunks of another form, or of several. */
const mostTries = 3;

const leads = ["data: ", "data:"];
const end = "\n\n";

/**
 * What a chunk has around its text is compared byte by byte with that of an earlier chunk, which the parser of events has read.
 * The bytes between are the text where they are plain characters: they stand within one JSON string of one line.
 */
export function createRepeatedChunks(): RepeatedChunks {
  let head: Buffer | null = null;
  let tail = Buffer.alloc(0);
  let tries = 0;
  return {
    textIn: (chunk) => {
      if (head === null || !Buffer.isBuffer(chunk)) return null;
      const from = head.length;
      const to = chunk.length - tail.length;
      if (to <= from) return null;
      if (chunk.compare(head, 0, from, 0, from) !== 0) return null;
      if (chunk.compare(tail, 0, tail.length, to) !== 0) return null;
      const text = chunk.toString("utf8", from, to);
      return escaped.test(text) ? null : text;
    },
    learn: (chunk, before, after) => {
      if (tries >= mostTries) return;
      tries += 1;
      const written = Buffer.from(chunk).toString("utf8");
      const lead = leads.find((each) => written.startsWith(each + before));
      if (lead === undefined || !written.endsWith(after + end)) return;
      head = Buffer.from(lead + before);
      tail = Buffer.from(after + end);
    },
  };
}
