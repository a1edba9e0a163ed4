import type { TextFlow, TextRun } from "./text-run.ts";

/** A stream that was learned from so often has chunks of another form, or of several. */
const mostTries = 3;

const leads = ["data: ", "data:"];
const end = "\n\n";

/** Bytes of text kept before it is read. */
const mostKept = 512;

const empty = Buffer.alloc(0);

/** What a byte can be within the text of a JSON string. */
const kinds = { plain: 0, other: 1, leading: 2, following: 3 };

/**
 * Kinds of bytes. Others than plain are what a JSON string cannot hold as it stands, control characters of two bytes (after
 * 0xC2) and what marks of reasoning begin with: `<`, `[` and `◁`, of which `leading` may be the first byte.
 */
const kindOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20 || byte === 0x7f || byte === 0xc2) return kinds.other;
  if ('"\\<['.includes(String.fromCodePoint(byte))) return kinds.other;
  if (byte === 0xe2) return kinds.leading;
  return byte >= 0x80 && byte < 0xc0 ? kinds.following : kinds.plain;
});
const secondOfLead = 0x97;

/**
 * Recognises chunks of a stream that are one event and differ from an earlier one in nothing but its text. What a chunk has around
 * its text is compared byte by byte with that of the earlier one, which the parser of events has read. The bytes between are the text
 * where they are plain characters: they stand within one JSON string of one line.
 *
 * While a reply is nothing but more and more text, such chunks are kept as bytes and read together: what each alone would cost is
 * mostly that nothing of its stream is at hand any more. A class for the same reason: one object instead of one for each function.
 */
export class RepeatedChunks {
  /** What a chunk has before its text and after it, one behind the other, and room for texts: one object for all of them. */
  #bytes = empty;
  #headEnd = 0;
  #tailEnd = 0;
  #tries = 0;
  /** The text of what was kept, from `from` to `to` of the room. Before it may lie a piece that was read already. */
  #from = 0;
  #to = 0;
  /** Where the latest piece begins, which ends at `to`; -1 if that is not here. */
  #latest = -1;
  #pieces = 0;
  #chunks = 0;
  #last_ms = 0;
  #max_gap_ms = 0;
  #flow: TextFlow["form"] | null = null;

  /** The text of such a chunk, of which nothing else is decoded; null for any other. */
  textIn(chunk: Uint8Array): string | null {
    if (!Buffer.isBuffer(chunk) || !this.#isForm(chunk)) return null;
    const from = this.#headEnd;
    const to = chunk.length - (this.#tailEnd - this.#headEnd);
    const text = chunk.toString("utf8", from, to);
    if (escaped.test(text)) return null;
    this.#remember(chunk, from, to);
    return text;
  }

  /** Takes a chunk that was one event, and what its event has around its text, as what others may repeat. */
  learn(chunk: Uint8Array, before: string, after: string): void {
    if (this.#tries >= mostTries) return;
    this.#tries += 1;
    const written = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("utf8");
    const lead = leads.find((each) => written.startsWith(each + before));
    if (lead === undefined || !written.endsWith(after + end)) return;
    const head = lead + before;
    const tail = after + end;
    const length = Buffer.byteLength(head) + Buffer.byteLength(tail);
    this.#bytes = Buffer.allocUnsafe(length + mostKept);
    this.#headEnd = this.#bytes.write(head);
    this.#tailEnd = this.#headEnd + this.#bytes.write(tail, this.#headEnd);
    this.#from = this.#tailEnd;
    this.#to = this.#tailEnd;
    this.#latest = -1;
  }

  /** From now on chunks may be kept; the draft goes on as `flow` says. Null: each has to be read by itself. */
  follow(flow: TextFlow | null): void {
    this.#flow = flow?.form ?? null;
    if (flow !== null) this.#last_ms = flow.last_ms;
  }

  /** The latest piece of the text is not the one of `textIn`. */
  forget(): void {
    this.#latest = -1;
  }

  /** Keeps a chunk that came at `at_ms`; false if it has to be read. */
  keep(chunk: Buffer, at_ms: number): boolean {
    const gap = at_ms - this.#last_ms;
    // What comes with the first token counts by its characters.
    if (this.#flow === null || (gap <= 0 && this.#pieces === 0) || !this.#isForm(chunk))
      return false;
    const from = this.#headEnd;
    const to = chunk.length - (this.#tailEnd - from);
    if (this.#to + to - from > this.#bytes.length || !this.#copy(chunk, from, to)) return false;
    if (this.#flow === "repeating" && !this.#isLatest(this.#to, to - from)) return false;
    this.#latest = this.#to;
    this.#to += to - from;
    this.#pieces += 1;
    if (gap > 0) {
      this.#chunks += 1;
      this.#last_ms = at_ms;
      if (gap > this.#max_gap_ms) this.#max_gap_ms = gap;
    }
    return true;
  }

  /** What was kept, once; null if nothing was. */
  read(): TextRun | null {
    if (this.#pieces === 0) return null;
    const run = {
      text: this.#bytes.toString("utf8", this.#from, this.#to),
      chunks: this.#chunks,
      last_ms: this.#last_ms,
      max_gap_ms: this.#max_gap_ms,
    };
    this.#pieces = 0;
    this.#chunks = 0;
    this.#max_gap_ms = 0;
    const latest = this.#bytes.copy(this.#bytes, this.#tailEnd, this.#latest, this.#to);
    this.#latest = this.#tailEnd;
    this.#from = this.#tailEnd + latest;
    this.#to = this.#from;
    return run;
  }

  #isForm(chunk: Buffer): boolean {
    const bytes = this.#bytes;
    const headEnd = this.#headEnd;
    const tailEnd = this.#tailEnd;
    const by = chunk.length - tailEnd;
    if (bytes === empty || by <= 0) return false;
    // Calls of `compare` would take longer than comparing.
    for (let at = 0; at < headEnd; at += 1) if (chunk[at] !== bytes[at]) return false;
    for (let at = headEnd; at < tailEnd; at += 1) if (chunk[at + by] !== bytes[at]) return false;
    return true;
  }

  /** Copies a text that is plain; false if it is not. It begins with a whole character, so that no two pieces make one. */
  #copy(chunk: Buffer, from: number, to: number): boolean {
    const bytes = this.#bytes;
    const by = this.#to - from;
    if (kindOf[chunk[from] ?? 0] === kinds.following) return false;
    for (let at = from; at < to; at += 1) {
      const byte = chunk[at] ?? 0;
      const kind = kindOf[byte];
      if (kind === kinds.other) return false;
      if (kind === kinds.leading && chunk[at + 1] === secondOfLead) return false;
      bytes[at + by] = byte;
    }
    return true;
  }

  #isLatest(from: number, length: number): boolean {
    const bytes = this.#bytes;
    const latest = this.#latest;
    if (latest < 0 || this.#to - latest !== length) return false;
    for (let at = 0; at < length; at += 1)
      if (bytes[latest + at] !== bytes[from + at]) return false;
    return true;
  }

  #remember(chunk: Buffer, from: number, to: number): void {
    this.#latest = -1;
    if (this.#pieces > 0 || to - from > mostKept) return;
    this.#latest = this.#tailEnd;
    this.#from = this.#tailEnd + chunk.copy(this.#bytes, this.#tailEnd, from, to);
    this.#to = this.#from;
  }
}

/** What a JSON string cannot hold as it stands. */
const escaped = /["\\\p{Cc}]/u;
