import type { Suite } from "../../domain/suite.ts";
import type { JsonRow } from "../../files/json-rows.ts";
import type { Skipped } from "../import-suite.ts";
import type { MaskKind } from "../mask.ts";

import { digestOf } from "../../domain/digest.ts";
import { Item as ItemSchema } from "../../domain/suite.ts";
import { UserError } from "../../domain/text.ts";
import { jsonRows } from "../../files/json-rows.ts";
import { validate } from "../../validation/issues.ts";
import { rowId } from "../fields.ts";
import { openHead } from "../heads.ts";
import { SkipRow } from "../importer.ts";
import { createMasker } from "../mask.ts";
import { createNearDuplicates } from "../near-duplicates.ts";
import { createSkips } from "../runs/skips.ts";
import { createSuiteWriter } from "../writer.ts";
import { type LogEntry, logEntryOf } from "./entry.ts";
import { sampleRequests, type Topic, trafficOf } from "./sample.ts";

export type LogImportOptions = {
  readonly file: string;
  readonly out: string;
  readonly suite: Omit<Suite, "tasks">;
  /** How many requests become items. */
  readonly n: number;
  readonly seed: number;
  readonly signal: AbortSignal;
};

export type LogSummary = {
  readonly rows: number;
  /** Requests in words, and those of them that are no repetition. */
  readonly requests: number;
  readonly distinct: number;
  readonly items: number;
  /** Items without an old answer, because none came. */
  readonly unanswered: number;
  /** The topics with most traffic: their share of it, and a request as an example, masked. */
  readonly topics: readonly {
    readonly share: number;
    readonly requests: number;
    readonly example: string;
  }[];
  readonly topicCount: number;
  readonly masked: Readonly<Record<MaskKind, number>>;
  readonly skipped: readonly Skipped[];
};

/** Requests that share this much of their pairs of letters are of one kind. */
const alikeInTopic = 0.3;
const shownTopics = 5;

/**
 * Makes a suite of a gateway's log: requests in almost the same words count as one, those of one kind are put together, and of
 * each kind as many are drawn as its traffic deserves. Personal data is masked before anything is compared or written. The old answer becomes
 * the reference, which a person rules on. Reads the file twice and holds no reply; nothing is written where nothing can be imported.
 */
export async function importLog(options: LogImportOptions): Promise<LogSummary> {
  const found = await gather(options);
  const requests = found.topics.reduce((sum, topic) => sum + trafficOf(topic), 0);
  if (requests === 0) throw nothing(options.file, found.rows, found.skipped);
  const chosen = new Set(sampleRequests(found.topics, options.n, options.seed));
  const topicOf = new Map(
    found.topics.flatMap(({ requests: own }, topic) =>
      own.map(({ row, times }) => [row, { topic, times }] as const),
    ),
  );
  const masker = createMasker();
  const writer = createSuiteWriter(options.out, options.suite);
  const examples = new Map<number, string>();
  let [items, unanswered] = [0, 0];
  try {
    for await (const { row, entry } of entriesIn(options.file)) {
      options.signal.throwIfAborted();
      const source = found.answeredBy.get(row) ?? row;
      if (!chosen.has(source)) continue;
      // The first row of a request may have failed where a repetition was answered.
      if (found.answerOf.has(row)) continue;
      const { topic = 0, times = 1 } = topicOf.get(source) ?? {};
      const masked = masker.mask(entry);
      if (!examples.has(topic)) examples.set(topic, masked.question);
      const item = validate(ItemSchema, itemOf(masked, { row: source, topic, times }));
      if (!item.ok) continue;
      items += 1;
      if (entry.reply === null) unanswered += 1;
      await writer.add(openHead({ id: "log", dimension: ["线上请求"] }), item.value);
    }
    await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  }
  return {
    rows: found.rows,
    requests,
    distinct: topicOf.size,
    items,
    unanswered,
    topics: found.topics
      .map((topic, place) => ({ topic, place }))
      .toSorted((a, b) => trafficOf(b.topic) - trafficOf(a.topic))
      .slice(0, shownTopics)
      .map(({ topic, place }) => ({
        share: trafficOf(topic) / requests,
        requests: topic.requests.length,
        example: examples.get(place) ?? "",
      })),
    topicCount: found.topics.length,
    masked: masker.counts(),
    skipped: found.skipped,
  };
}

function itemOf(
  { before, question, reply }: LogEntry,
  { row, topic, times }: { readonly row: number; readonly topic: number; readonly times: number },
) {
  return {
    id: rowId(row),
    ...(before.length === 0 ? {} : { messages: before.map(({ role, text }) => ({ role, text })) }),
    question,
    ...(reply === null ? {} : { reference: reply, reference_kind: "sample" as const }),
    cluster: `类${topic + 1}`,
    tags: [`类${topic + 1}`, times >= 10 ? "常问" : times > 1 ? "重复问" : "单次"],
  };
}

async function* entriesIn(
  file: string,
  skip: (row: JsonRow, error: SkipRow | null) => void = () => {},
): AsyncGenerator<{ readonly row: number; readonly entry: LogEntry }> {
  for await (const row of jsonRows(file)) {
    if ("problem" in row) {
      skip(row, null);
      continue;
    }
    try {
      yield { row: row.row, entry: logEntryOf(row.value) };
    } catch (error) {
      if (!(error instanceof SkipRow)) throw error;
      skip(row, error);
    }
  }
}

type Gathered = {
  readonly rows: number;
  readonly topics: readonly Topic[];
  /** By the row that answered it: the first row of a request that got no answer there. */
  readonly answeredBy: ReadonlyMap<number, number>;
  /** The same the other way. */
  readonly answerOf: ReadonlyMap<number, number>;
  readonly skipped: readonly Skipped[];
};

/** The first pass: which rows repeat which, and which are of one kind. */
async function gather({ file, signal }: LogImportOptions): Promise<Gathered> {
  const skips = createSkips();
  const near = createNearDuplicates();
  const kinds = createNearDuplicates(alikeInTopic);
  const exact = new Map<string, number>();
  const times = new Map<number, number>();
  const topics = new Map<number, number[]>();
  const unanswered = new Set<number>();
  const answerOf = new Map<number, number>();
  const masker = createMasker();
  let rows = 0;
  const read = entriesIn(file, (row, error) => {
    rows += 1;
    skips.add(
      "problem" in row ? row.problem : (error?.text ?? { zh: "", en: "" }),
      String(row.row),
    );
  });
  for await (const { row, entry } of read) {
    signal.throwIfAborted();
    rows += 1;
    // Two customers' numbers make no two questions.
    const question = masker.mask(entry.question);
    // The same words mean another thing in another conversation.
    const group = entry.before.length === 0 ? "" : digestOf(entry.before).slice(0, 8);
    const key = `${group}\n${question}`;
    const first = exact.get(key) ?? Number(near.first(question, group, String(row)) ?? row);
    exact.set(key, first);
    times.set(first, (times.get(first) ?? 0) + 1);
    if (first === row) {
      if (entry.reply === null) unanswered.add(row);
      const topic = Number(kinds.first(question, "", String(row)) ?? row);
      const own = topics.get(topic);
      if (own === undefined) topics.set(topic, [row]);
      else own.push(row);
    } else if (entry.reply !== null && unanswered.delete(first)) answerOf.set(first, row);
  }
  return {
    rows,
    topics: [...topics.values()].map((own) => ({
      requests: own.map((row) => ({ row, times: times.get(row) ?? 1 })),
    })),
    answerOf,
    answeredBy: new Map([...answerOf].map(([first, row]) => [row, first])),
    skipped: skips.all(),
  };
}

function nothing(file: string, rows: number, [first]: readonly Skipped[]): UserError {
  const why =
    first === undefined
      ? { zh: "", en: "" }
      : {
          zh: `；${first.reason.zh}（${first.count} 行）`,
          en: `; ${first.reason.en} (${first.count} rows)`,
        };
  return new UserError({
    zh: `${file}：读了 ${rows} 行，没有一行是能用的请求${why.zh}`,
    en: `${file}: read ${rows} rows, none of which is a request that can be used${why.en}`,
  });
}
