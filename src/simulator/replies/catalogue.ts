import { setImmediate, setTimeout } from "node:timers/promises";

import type { ChatMessage } from "../../domain/call.ts";
import type { RenderedPrompt, ItemLine } from "../../domain/run-file/lines.ts";
import type { Item } from "../../domain/suite.ts";
import type { Environment } from "../../playing/environment.ts";
import type { TaskRows } from "./shelves.ts";

import { itemLine } from "../../domain/prompt.ts";
import { rotationsOf } from "../../domain/rotate.ts";
import { wordingNames } from "../../domain/wrap/task-wrap.ts";
import { loadEnvironment } from "../../playing/environment.ts";
import { hashOf } from "../random.ts";
import { gaveResults } from "./agent/agent.ts";

export type Recognised = {
  readonly line: ItemLine;
  readonly asked: RenderedPrompt;
  /** The turn of the item, from 0. */
  readonly turn: number;
  /** Golds of other items of the same task. */
  readonly others: readonly string[];
  /** What answers its calls; null for items whose calls nothing answers. */
  readonly environment: Environment | null;
};

export type Catalogue = {
  /** Prompts that can be recognised: every wording and turn of every item; of tasks not read yet, by their first item. */
  readonly prompts: () => number;
  readonly find: (messages: readonly ChatMessage[]) => Promise<Recognised | null>;
  /** Recognises the prompts of further tasks. */
  readonly add: (tasks: readonly TaskRows[]) => Promise<void>;
  /** Recognises the prompts of these tasks no more. */
  readonly remove: (tasks: readonly TaskRows[]) => void;
  /** Reads the items of the tasks that are `later`, once, resting after each item while `isBusy`, until the signal ends it. */
  readonly readLater: (signal: AbortSignal, isBusy?: () => boolean) => Promise<void>;
  /** Resolves when `readLater` is over, or at once where nothing is read. While somebody waits, reading does not rest. */
  readonly allRead: () => Promise<void>;
};

type Shelf = {
  readonly rows: TaskRows;
  readonly first: number;
  readonly others: string[];
  /** The items that were asked last, by row: an agent asks with every step, and several models ask the same. */
  readonly recent: Map<number, Promise<ItemLine>>;
  prompts: number;
};

/** Rows by the hash of their prompts. */
type Index = Map<number, number | readonly number[]>;
type ReadIndex = ReadonlyMap<number, number | readonly number[]>;

/** How long reading rests before it looks again whether anybody is answered. */
const rest_ms = 50;

const othersKept = 64;
const recentKept = 8;

/**
 * Recognises every prompt of the suites. It keeps one hash and one row number per prompt in memory, some 60 bytes
 * whatever the length of the items: 100,000 items with two wordings take about 12 MB. The limit is that of a Map,
 * 16 million prompts. When a prompt arrives, its row is read again and compared in full, so that two prompts with the
 * same hash are never confused. The items of tasks that are `later` are read by `readLater`.
 */
export async function buildCatalogue(
  tasks: Iterable<TaskRows>,
  later: (rows: TaskRows) => boolean = () => false,
): Promise<Catalogue> {
  const shelves: Shelf[] = [];
  const waiting: Shelf[] = [];
  const index: Index = new Map();
  let count = 0;
  let reading: Promise<void> | null = null;
  let waitedFor = 0;
  const shelve = (rows: TaskRows): Shelf => {
    const shelf: Shelf = { rows, first: count, others: [], recent: new Map(), prompts: 0 };
    shelves.push(shelf);
    count += rows.count;
    return shelf;
  };
  for (const rows of tasks) {
    const shelf = shelve(rows);
    if (!later(rows)) await readShelf(shelf, index);
    else if (rows.count > 0) {
      const { asks, turns } = lineOf(rows, await rows.at(0));
      shelf.prompts = rows.count * asks.length * turns.length;
      waiting.push(shelf);
    }
  }
  return {
    prompts: () => shelves.reduce((sum, shelf) => sum + shelf.prompts, 0),
    find: (messages) => find(messages, index, shelves),
    allRead: async () => {
      waitedFor += 1;
      await Promise.resolve(reading).finally(() => (waitedFor -= 1));
    },
    add: async (further) => {
      for (const rows of further) await readShelf(shelve(rows), index);
    },
    remove: (gone) => {
      for (const list of [shelves, waiting]) {
        list.splice(0, Infinity, ...list.filter(({ rows }) => !gone.includes(rows)));
      }
    },
    readLater: async (signal, isBusy = () => false) => {
      const pause = async (): Promise<void> => {
        await setImmediate();
        const rests = (): boolean => !signal.aborted && waitedFor === 0 && isBusy();
        while (rests()) await setTimeout(rest_ms);
        if (signal.aborted) throw ended;
      };
      reading = (async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          await readShelf(next, index, pause);
        }
      })().catch((error: unknown) => {
        if (error !== ended) throw error;
      });
      await reading.finally(() => (reading = null));
    },
  };
}

/** Puts the prompts of a shelf into the index. */
async function readShelf(
  shelf: Shelf,
  index: Index,
  pause: (() => Promise<void>) | null = null,
): Promise<void> {
  const { rows, first, others } = shelf;
  let prompts = 0;
  let row = first;
  for await (const item of rows.each()) {
    const line = lineOf(rows, item);
    for (const key of keysOf(line)) add(index, key, row);
    prompts += line.asks.length * line.turns.length;
    keepGold(others, line);
    row += 1;
    await pause?.();
  }
  shelf.prompts = prompts;
}

/** Thrown where reading ends because nobody asks any more. */
const ended = new Error("the simulator ends");

const lineOf = ({ suite, task }: TaskRows, item: Item): ItemLine =>
  itemLine(suite, task, item, [
    null,
    ...wordingNames(suite, task),
    ...rotationsOf(suite, task, item),
  ]);

function add(index: Index, key: number, row: number): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, row);
  else if ([known].flat().at(-1) !== row) index.set(key, [...[known].flat(), row]);
}

function keepGold(others: string[], { turns }: ItemLine): void {
  for (const { answer } of turns) {
    const text = typeof answer === "object" ? "" : String(answer);
    if (text !== "" && text.length <= 40 && others.length < othersKept && !others.includes(text)) {
      others.push(text);
    }
  }
}

/** Keys of all prompts of an item: the user's messages up to and including each turn. */
function keysOf({ asks }: ItemLine): readonly number[] {
  return asks.flatMap((asked) =>
    asked.turns.flatMap((_, turn) => {
      const texts = userTextsUpTo(asked, turn);
      const system = systemOf(asked.messages);
      // Vendors without a system role get the system prompt before the first question.
      return system === "" ? [keyOf(texts)] : [keyOf(texts), keyOf(prefixed(texts, system))];
    }),
  );
}

const keyOf = (texts: readonly string[]): number => hashOf(texts.join("\u0001"));

const prefixed = ([first = "", ...rest]: readonly string[], system: string): readonly string[] => [
  `${system}\n\n${first}`,
  ...rest,
];

const userTextsUpTo = (asked: RenderedPrompt, turn: number): readonly string[] => [
  ...userTexts(asked.messages),
  ...asked.turns.slice(0, turn + 1).map((text) => text.trim()),
];

const userTexts = (messages: readonly ChatMessage[]): readonly string[] =>
  messages
    .filter(({ role, results }) => role === "user" && results === undefined)
    .map(({ text }) => text.trim());

const systemOf = (messages: readonly ChatMessage[]): string =>
  messages
    .filter(({ role }) => role === "system")
    .map(({ text }) => text.trim())
    .join("\n\n");

async function find(
  messages: readonly ChatMessage[],
  index: ReadIndex,
  shelves: readonly Shelf[],
): Promise<Recognised | null> {
  const texts = userTexts(messages);
  const whole = await findTexts(texts, messages, index, shelves);
  if (whole !== null) return whole;
  // In a conversation that an environment plays, what the user says later is no prompt.
  for (let length = texts.length - 1; length > 0; length -= 1) {
    const begun = await findTexts(texts.slice(0, length), messages, index, shelves);
    if (begun?.environment) return begun;
  }
  return null;
}

async function findTexts(
  texts: readonly string[],
  messages: readonly ChatMessage[],
  index: ReadIndex,
  shelves: readonly Shelf[],
): Promise<Recognised | null> {
  const rows = [index.get(keyOf(texts)) ?? []].flat();
  let best: readonly Recognised[] = [];
  let most = 1;
  for (const row of rows) {
    const shelf = shelves.findLast(({ first }) => first <= row);
    // Of a task that was removed, the rows are still in the index.
    if (shelf === undefined || row >= shelf.first + shelf.rows.count) continue;
    const line = await rendered(shelf, row - shelf.first);
    for (const [asked, turn] of askedTurns(line)) {
      const likeness = likenessOf(messages, texts, asked, turn);
      if (likeness < most) continue;
      const found = { line, asked, turn, others: shelf.others, environment: null };
      best = likeness > most ? [found] : [...best, found];
      most = likeness;
    }
  }
  return played(messages, best);
}

async function rendered({ rows, recent }: Shelf, row: number): Promise<ItemLine> {
  const line = recent.get(row) ?? Promise.resolve(rows.at(row)).then((item) => lineOf(rows, item));
  recent.delete(row);
  recent.set(row, line);
  const [oldest] = recent.keys();
  if (recent.size > recentKept && oldest !== undefined) recent.delete(oldest);
  return await line;
}

/** The first of equals; of items that an environment plays, whose prompts may be the same, the one that gave these results. */
async function played(
  messages: readonly ChatMessage[],
  found: readonly Recognised[],
): Promise<Recognised | null> {
  const [first = null] = found;
  if (first?.line.environment === undefined) return first;
  const environment = await loadEnvironment(first.line.environment.use);
  if (environment === null) return first;
  const own = found.find(
    ({ line: { environment: ref } }) =>
      ref?.use === environment.id && gaveResults(environment, ref.state, messages),
  );
  return { ...(own ?? first), environment };
}

const askedTurns = ({ asks }: ItemLine): readonly (readonly [RenderedPrompt, number])[] =>
  asks.flatMap((asked) => asked.turns.map((_, turn) => [asked, turn] as const));

/** 0 where the user messages differ; otherwise higher the more of the rest agrees. */
function likenessOf(
  messages: readonly ChatMessage[],
  texts: readonly string[],
  asked: RenderedPrompt,
  turn: number,
): number {
  const expected = userTextsUpTo(asked, turn);
  const system = systemOf(asked.messages);
  const moved = system !== "" && same(texts, prefixed(expected, system));
  if (!moved && !same(texts, expected)) return 0;
  const own = systemOf(messages);
  // Tools may be described behind it.
  const sameSystem = moved || own === system || (system !== "" && own.startsWith(`${system}\n\n`));
  const scripted = assistantTexts(asked.messages);
  const sameScript = same(assistantTexts(messages).slice(0, scripted.length), scripted);
  return 1 + (sameSystem ? 2 : 0) + (sameScript ? 1 : 0);
}

const assistantTexts = (messages: readonly ChatMessage[]): readonly string[] =>
  messages.filter(({ role }) => role === "assistant").map(({ text }) => text.trim());

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);
