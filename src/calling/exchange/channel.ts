/** The pieces of one streamed text: the answer or the reasoning. */
export type Channel = {
  /** Returns what is new in the piece. Throws if a stream of snapshots retracts earlier text. */
  readonly add: (piece: string) => string;
  /** Adds text of which `form` told that it need not be compared with what came before. */
  readonly extend: (text: string) => void;
  /** What the pieces are. While that is open, one that repeats the latest proves nothing. */
  readonly form: () => "open" | "increments" | "snapshots";
  readonly text: () => string;
  /** Of the text, in UTF-16 code units. */
  readonly length: () => number;
};

const blockSize = 1_024;

/** This many consecutive pieces that each repeat and extend the one before indicate a stream of snapshots. */
const enough = 2;

/**
 * Joins pieces. Some vendors send cumulative snapshots instead of deltas, even if not requested: a stream whose every
 * piece extends the one before it is read that way, and its text is the last piece. Pieces that repeat a single
 * character prove nothing, because models stutter.
 */
export const createChannel = (): Channel => new Pieces();

class Pieces implements Channel {
  /** Earlier pieces, joined: a flood of single characters would else take twenty times its size. */
  #blocks: string[] = [];
  #pieces: string[] = [];
  #last = "";
  #proofs = 0;
  #length = 0;
  #form: ReturnType<Channel["form"]> = "open";

  add(piece: string): string {
    if (this.#form === "open") this.#judge(piece);
    else if (this.#form === "snapshots" && !piece.startsWith(this.#last)) {
      throw new Error("a stream of snapshots took back what it had said");
    }
    const isSnapshot = this.#form === "snapshots";
    const fresh = isSnapshot ? piece.slice(this.#last.length) : piece;
    if (isSnapshot) {
      this.#blocks = [];
      this.#pieces = [];
      this.#length = 0;
    }
    this.extend(piece);
    if (this.#form !== "increments") this.#last = piece;
    return fresh;
  }

  extend(text: string): void {
    this.#pieces.push(text);
    this.#length += text.length;
    if (this.#pieces.length < blockSize) return;
    this.#blocks.push(this.#pieces.join(""));
    this.#pieces = [];
  }

  form(): ReturnType<Channel["form"]> {
    return this.#form;
  }

  text(): string {
    return this.#blocks.join("") + this.#pieces.join("");
  }

  length(): number {
    return this.#length;
  }

  #judge(piece: string): void {
    if (this.#last === "" || piece === this.#last) return;
    if (!piece.startsWith(this.#last)) this.#form = "increments";
    else if (isTelling(this.#last)) this.#proofs += 1;
    if (this.#proofs >= enough && this.#form === "open") this.#form = "snapshots";
  }
}

const isTelling = (text: string): boolean => new Set(text).size > 1;
