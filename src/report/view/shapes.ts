import { verdicts } from "../../domain/grader.ts";
import { outcomes } from "../../domain/outcome.ts";

/** Bits of a row's `flags`. */
export const flag = {
  reviewed: 1,
  simulated: 2,
  lagged: 4,
  /** An attempt that failed after it had streamed may have been billed. */
  costIncomplete: 8,
  /** A call that was answered has no known cost. */
  costUnknown: 16,
  /** A request was made, so its price matters. */
  asked: 32,
  /** It came in a batch of the vendor's, so it has no times. */
  batched: 64,
  /** A person or another tool asked, so there is no first attempt to speak of. */
  elsewhere: 128,
} as const;

/** Verdict code 0 means not graded yet; else the index in `verdicts` plus one. */
export const verdictCode = { none: 0, ...codes(verdicts) };

export const outcomeCode = codes(outcomes, 0);

function codes<Name extends string>(names: readonly Name[], from = 1): Record<Name, number> {
  return Object.fromEntries(names.map((name, index) => [name, index + from])) as Record<
    Name,
    number
  >;
}

/** Whether an item is a red line, and what an unresolved reply to it means: a ruling, or strictly crossed. */
export const redLineCode = { none: 0, review: 1, strict: 2 } as const;

/** What an item is there for: nothing said, to be refused, to be answered. */
export const expectCode = { none: 0, refuse: 1, answer: 2 } as const;

/** What the grader `refusal` found in a reply; `open` where its rule could not tell. */
export const stanceCode = { none: 0, refused: 1, deflected: 2, answered: 3, open: 4 } as const;

/**
 * Who decided: judges where they graded alone or what a rule had left open, a learned wording the same, a model that read the
 * reply for a rule, else a rule; `unread` where such a model was asked and its reading did not count;
 * `same` where it found what it read to be the gold in other words.
 */
export const deciderCode = {
  rule: 0,
  judge: 1,
  wording: 2,
  reader: 3,
  unread: 4,
  same: 5,
} as const;

export const rowShape = () => ({
  item: new Int32Array(0),
  wording: new Int32Array(0),
  trial: new Int32Array(0),
  /** Low 32 bits of the fingerprint of `ask_digest`. */
  ask: new Uint32Array(0),
  /** The same of the grader's digest, which covers its version; 0 where none graded. */
  grader: new Uint32Array(0),
  /** Byte in the file at which the answer's line starts; -1 where it came from no file. */
  offset: new Float64Array(0),
  /** Number of the run whose answer it is. */
  run: new Uint16Array(0),
  /** Where its worker stands: index in the view's `regions`. */
  region: new Uint8Array(0),
  /** NaN where the verdict is not counted. */
  value: new Float64Array(0),
  verdict: new Uint8Array(0),
  /** Code of the one letter that a grader took for the answer; 0 where it took none or more. */
  said: new Uint8Array(0),
  /** Fingerprint of what was extracted, by which trials vote; 0 where it is no answer that could win. */
  vote: new Uint32Array(0),
  outcome: new Uint8Array(0),
  /** What the last turn's reply was: index in `replyKinds`. */
  reply: new Uint8Array(0),
  /** 1 where a grader read an answer out of the reply. */
  read: new Uint8Array(0),
  /** See `stanceCode`. */
  stance: new Uint8Array(0),
  /** See `deciderCode`. */
  decider: new Uint8Array(0),
  /** Index in `usageDoubts` plus one of the first turn whose usage cannot be true; 0 for none. */
  doubt: new Uint8Array(0),
  /** Which names of models came back: index in the target's `modelSets`. */
  models: new Uint16Array(0),
  /** The same of params that the vendor refused, and of levels of thinking that were not taken as asked. */
  refused: new Uint16Array(0),
  levels: new Uint16Array(0),
  /** What was asked of thinking and what came; see `thinkingBit`. */
  thinking: new Uint8Array(0),
  /** Probability of the last turn's first token, where that is a lone letter; NaN where it was not asked for. */
  confidence: new Float32Array(0),
  /** Code points of reasoning over the turns. */
  thought_chars: new Int32Array(0),
  flags: new Uint8Array(0),
  calls_from: new Int32Array(0),
  calls: new Int32Array(0),
  /** Tokens over the turns; -1 where the vendor did not say. */
  input: new Int32Array(0),
  cached_input: new Int32Array(0),
  output: new Int32Array(0),
  reasoning: new Int32Array(0),
  /** Known cost over the turns. */
  cost: new Float64Array(0),
  /** 0 CNY, 1 USD. */
  currency: new Uint8Array(0),
  /** Lengths of the answers without reasoning: code points, and 字数. */
  points: new Int32Array(0),
  words: new Int32Array(0),
});

export const callShape = () => ({
  /** -1 once a later answer took the row. */
  row: new Int32Array(0),
  /** NaN where there is none; +Infinity for a call that finally timed out. */
  first_token_ms: new Float32Array(0),
  first_answer_ms: new Float32Array(0),
  /** Whether part of the input came from the vendor's cache: 0 unknown, 1 none, 2 some. */
  cached: new Uint8Array(0),
  /** From the first token to the answer, of calls whose reasoning was seen. */
  thinking_ms: new Float32Array(0),
  total_ms: new Float32Array(0),
  /** To open a connection; NaN on a reused one. */
  connect_ms: new Float32Array(0),
  /** Requests of its lane under way when it was sent, itself among them; 0 where nobody counted. */
  in_flight: new Uint16Array(0),
  /** Code points per second after the first delivery; NaN where the stream was none. */
  speed: new Float32Array(0),
  attempts: new Uint8Array(0),
  first_ok: new Uint8Array(0),
});

/** Bins of the histograms in `Totals`. */
export const histogramBins = 1_800;

/** The columns of the items. */
export const itemShape = () => ({
  task: new Int32Array(0),
  /** Number of the cluster; an item without one forms its own. */
  cluster: new Int32Array(0),
  weight: new Float64Array(0),
  /** Of difficulty or reasoning steps, from 1; 0 where the item states none. */
  level: new Uint8Array(0),
  /** See `redLineCode`. */
  severe: new Uint8Array(0),
  /** See `expectCode`. */
  expect: new Uint8Array(0),
  /** Place of its risk in `allRisks`, from 1; 0 where it names none. */
  risk: new Uint8Array(0),
  anchor: new Uint8Array(0),
  gold: new Uint32Array(0),
  /** Number of its cell of the task's matrix in the view's `cells`, from 1; 0 where it is in none. */
  cell: new Int32Array(0),
  /** Level on the ladder of its task, from 1; 0 where the task is none. What guessing gets there. */
  rung: new Uint8Array(0),
  floor: new Float64Array(0),
  /** Options of a question with one right letter, and that letter's place from 1; 0 for other questions. */
  options: new Uint8Array(0),
  right: new Uint8Array(0),
  /** Orders of the options in which the question is asked, the written one included. */
  orders: new Uint8Array(0),
  /** Byte in the file at which the item's line starts; -1 where it came from no file. */
  offset: new Float64Array(0),
});
