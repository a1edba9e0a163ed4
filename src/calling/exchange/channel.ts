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
export function createChannel(): Channel {
  /** Earlier pieces, joined: a flood of single characters would else take twenty times its size. */
  let blocks: string[] = [];
  let pieces: string[] = [];
  let last = "";
  let proofs = 0;
  let length = 0;
  let mode: "open" | "increments" | "snapshots" = "open";

  const judge = (piece: string): void => {
    if (last === "" || piece === last) return;
    if (!piece.startsWith(last)) mode = "increments";
    else if (isTelling(last)) proofs += 1;
    if (proofs >= enough && mode === "open") mode = "snapshots";
  };
  const keep = (text: string): void => {
    pieces.push(text);
    length += text.length;
    if (pieces.length < blockSize) return;
    blocks.push(pieces.join(""));
    pieces = [];
  };
  return {
    add: (piece) => {
      if (mode === "open") judge(piece);
      else if (mode === "snapshots" && !piece.startsWith(last)) {
        throw new Error("a stream of snapshots took back what it had said");
      }
      const fresh = mode === "snapshots" ? piece.slice(last.length) : piece;
      if (mode === "snapshots") {
        blocks = [];
        pieces = [];
        length = 0;
      }
      keep(piece);
      if (mode !== "increments") last = piece;
      return fresh;
    },
    extend: keep,
    form: () => mode,
    text: () => blocks.join("") + pieces.join(""),
    length: () => length,
  };
}

const isTelling = (text: string): boolean => new Set(text).size > 1;
