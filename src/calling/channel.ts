/** The pieces of one text of a stream, its answer or its reasoning. */
export type Channel = {
  /** Throws where a stream of snapshots takes back what it has said. */
  readonly add: (piece: string) => void;
  readonly text: () => string;
};

/** So many pieces in a row that each repeat and extend the one before make a stream of snapshots. */
const enough = 2;

/**
 * Joins pieces. Some vendors send with each piece all that they said before it, asked or not: a stream whose every
 * piece begins with the one before it and goes on is read so, and its text is the last piece. Pieces of one character
 * over and over prove nothing, because models stutter.
 */
export function createChannel(): Channel {
  let pieces: string[] = [];
  let last = "";
  let proofs = 0;
  let mode: "open" | "increments" | "snapshots" = "open";

  const judge = (piece: string): void => {
    if (last === "" || piece === last) return;
    if (!piece.startsWith(last)) mode = "increments";
    else if (isTelling(last)) proofs += 1;
    if (proofs >= enough && mode === "open") mode = "snapshots";
  };
  return {
    add: (piece) => {
      if (mode === "open") judge(piece);
      else if (mode === "snapshots" && !piece.startsWith(last)) {
        throw new Error("a stream of snapshots took back what it had said");
      }
      if (mode === "snapshots") pieces = [];
      pieces.push(piece);
      if (mode !== "increments") last = piece;
    },
    text: () => pieces.join(""),
  };
}

const isTelling = (text: string): boolean => new Set(text).size > 1;
