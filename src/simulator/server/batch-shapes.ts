import type { ReceivedHttp, SentHttp } from "../kit/protocol.ts";
import type { SimulatedRow } from "./batch-rows.ts";

import { listOf, memberOf, textOf } from "../../domain/json.ts";
import { inlineRows, rowsOfFile } from "./batch-rows.ts";

export type SimulatedResult = {
  readonly custom_id: string;
  readonly status: number;
  readonly body: unknown;
};

export type SimulatedBatch = {
  readonly id: string;
  readonly shape: string;
  readonly created: Date;
  /** The request that created it. */
  readonly asked: unknown;
  readonly path: string;
  readonly rows: readonly SimulatedRow[];
  readonly results: SimulatedResult[];
  isOver: boolean;
  readonly files: { output: string | null; error: string | null };
};

/** How a vendor shows its batches. Written from the vendors' documentation. */
export type BatchShape = {
  readonly id: string;
  readonly isMine: (request: ReceivedHttp) => boolean;
  /** The batch that the path names; null for the list. */
  readonly idIn: (path: string) => string | null;
  readonly newId: (random: string) => string;
  readonly rows: (
    body: unknown,
    request: ReceivedHttp,
    files: ReadonlyMap<string, string>,
  ) => readonly SimulatedRow[] | string;
  readonly show: (batch: SimulatedBatch) => object;
  readonly list: (shown: readonly object[]) => object;
  readonly line: (result: SimulatedResult) => object;
  readonly refuse: (status: number, message: string) => SentHttp;
};

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const refuse = (status: number, message: string): SentHttp => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ error: { message, type: "invalid_request_error", code: null } }),
});
const lineOf = ({ custom_id, status, body }: SimulatedResult): object => ({
  id: `batch_req_${custom_id}`,
  custom_id,
  response: { status_code: status, request_id: `req_${custom_id}`, body },
  error: null,
});

/** OpenAI's, which Qwen and Zhipu share. */
const openai: BatchShape = {
  id: "openai",
  isMine: ({ path }) => /\/batches(?:\/[^/]+)?$/.test(path) && !path.startsWith("/via/gemini/"),
  idIn: (path) => /\/batches\/([^/]+)$/.exec(path)?.[1] ?? null,
  newId: (random) => `batch_${random}`,
  rows: (body, request, files) =>
    rowsOfFile(textOf(memberOf(body, "input_file_id")) ?? "", request, files),
  show: ({ id, created, asked, isOver, files, rows, results }) => ({
    id,
    object: "batch",
    endpoint: memberOf(asked, "endpoint"),
    input_file_id: memberOf(asked, "input_file_id"),
    completion_window: "24h",
    status: isOver ? "completed" : "in_progress",
    output_file_id: files.output,
    error_file_id: files.error,
    created_at: seconds(created),
    request_counts: {
      total: rows.length,
      completed: results.filter(({ status }) => status < 300).length,
      failed: results.filter(({ status }) => status >= 300).length,
    },
  }),
  list: (data) => ({ object: "list", data, has_more: false }),
  line: lineOf,
  refuse,
};

const mistral: BatchShape = {
  id: "mistral",
  isMine: ({ path }) => /\/batch\/jobs(?:\/[^/]+)?$/.test(path),
  idIn: (path) => /\/jobs\/([^/]+)$/.exec(path)?.[1] ?? null,
  newId: (random) => random,
  rows: (body, request, files) =>
    rowsOfFile(textOf(listOf(memberOf(body, "input_files"))[0]) ?? "", request, files),
  show: ({ id, created, asked, isOver, files, rows, results }) => ({
    id,
    object: "batch",
    input_files: memberOf(asked, "input_files"),
    endpoint: memberOf(asked, "endpoint"),
    model: memberOf(asked, "model"),
    status: isOver ? "SUCCESS" : "RUNNING",
    output_file: files.output,
    error_file: files.error,
    created_at: seconds(created),
    total_requests: rows.length,
    completed_requests: results.length,
  }),
  list: (data) => ({ object: "list", data, total: data.length }),
  line: lineOf,
  refuse,
};

const anthropic: BatchShape = {
  id: "anthropic",
  isMine: ({ path }) => /\/messages\/batches(?:\/[^/]+(?:\/results)?)?$/.test(path),
  idIn: (path) => /\/messages\/batches\/([^/]+)/.exec(path)?.[1] ?? null,
  newId: (random) => `msgbatch_${random}`,
  rows: (body, { path }) =>
    inlineRows(memberOf(body, "requests"), (each) => ({
      custom_id: textOf(memberOf(each, "custom_id")) ?? "",
      path: path.replace(/\/batches$/, ""),
      body: memberOf(each, "params"),
    })),
  show: ({ id, created, path, isOver, rows, results }) => ({
    id,
    type: "message_batch",
    processing_status: isOver ? "ended" : "in_progress",
    request_counts: {
      processing: isOver ? 0 : rows.length,
      succeeded: isOver ? results.filter(({ status }) => status < 300).length : 0,
      errored: isOver ? results.filter(({ status }) => status >= 300).length : 0,
      canceled: 0,
      expired: 0,
    },
    created_at: created.toISOString(),
    results_url: isOver ? `${path}/${id}/results` : null,
  }),
  list: (data) => ({ data, has_more: false, first_id: null, last_id: null }),
  line: ({ custom_id, status, body }) => ({
    custom_id,
    result: status < 300 ? { type: "succeeded", message: body } : { type: "errored", error: body },
  }),
  refuse: (status, message) => ({
    ...refuse(status, message),
    body: JSON.stringify({ type: "error", error: { type: "invalid_request_error", message } }),
  }),
};

const gemini: BatchShape = {
  id: "gemini",
  isMine: ({ path }) =>
    path.endsWith(":batchGenerateContent") ||
    (path.startsWith("/via/gemini/") && /\/batches(?:\/[^/]+)?$/.test(path)),
  idIn: (path) => {
    const id = /\/batches\/([^/]+)$/.exec(path)?.[1];
    return id === undefined ? null : `batches/${id}`;
  },
  newId: (random) => `batches/${random}`,
  rows: (body, { path }) =>
    inlineRows(
      memberOf(memberOf(memberOf(memberOf(body, "batch"), "input_config"), "requests"), "requests"),
      (each) => ({
        custom_id: textOf(memberOf(memberOf(each, "metadata"), "key")) ?? "",
        path: path.replace(":batchGenerateContent", ":generateContent"),
        body: memberOf(each, "request"),
      }),
    ),
  show: (batch) => ({
    name: batch.id,
    metadata: {
      displayName: memberOf(memberOf(batch.asked, "batch"), "display_name"),
      state: batch.isOver ? "BATCH_STATE_SUCCEEDED" : "BATCH_STATE_RUNNING",
      createTime: batch.created.toISOString(),
    },
    done: batch.isOver,
    ...(batch.isOver
      ? { response: { inlinedResponses: { inlinedResponses: batch.results.map(gemini.line) } } }
      : {}),
  }),
  list: (operations) => ({ operations }),
  line: ({ custom_id, status, body }) => ({
    metadata: { key: custom_id },
    ...(status < 300 ? { response: body } : { error: memberOf(body, "error") }),
  }),
  refuse,
};

/** The first that claims a path has it. */
export const shapes: readonly BatchShape[] = [anthropic, gemini, mistral, openai];
