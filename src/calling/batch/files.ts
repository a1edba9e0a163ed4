import type { BatchChannel } from "./channel.ts";
import type { BatchForm, BatchResult, BatchRow, BatchStatus, NewBatch } from "./form.ts";

import { codeOf, listOf, memberOf, textOf } from "../../domain/json.ts";
import {
  BatchError,
  getOf,
  jsonFrom,
  linesOf,
  partUrl,
  postOf,
  textFrom,
  wholeBody,
} from "./channel.ts";

/** What differs between vendors that take a file of JSON lines and give two back. */
export type FileJobs = {
  readonly path: string;
  readonly job: (batch: NewBatch, url: string, channel: BatchChannel) => object;
  readonly isOf: (job: unknown, input: string) => boolean;
  readonly phases: Readonly<Record<string, BatchStatus["phase"]>>;
  readonly results: readonly string[];
  readonly list: string;
};

/**
 * OpenAI's batches, whose form Qwen (百炼) and Zhipu share.
 * Sources: https://platform.openai.com/docs/guides/batch ;
 * https://help.aliyun.com/zh/model-studio/batch-interfaces-compatible-with-openai ;
 * https://docs.bigmodel.cn/api-reference/批处理-api/创建批处理任务
 */
export const openaiJobs: FileJobs = {
  path: "/batches",
  list: "/batches?limit=100",
  job: ({ input }, endpoint) => ({ input_file_id: input, endpoint, completion_window: "24h" }),
  isOf: (job, input) => memberOf(job, "input_file_id") === input,
  // What was answered before a batch expired or was cancelled lies in its files.
  phases: { completed: "ended", expired: "ended", cancelled: "ended", failed: "failed" },
  results: ["output_file_id", "error_file_id"],
};

/** Mistral's jobs. Source: https://docs.mistral.ai/studio-api/batch-processing */
export const mistralJobs: FileJobs = {
  path: "/batch/jobs",
  list: "/batch/jobs?page_size=100",
  job: ({ input }, endpoint, { model }) => ({ input_files: [input], endpoint, model }),
  isOf: (job, input) => listOf(memberOf(job, "input_files")).includes(input),
  phases: {
    SUCCESS: "ended",
    TIMEOUT_EXCEEDED: "ended",
    CANCELLED: "ended",
    FAILED: "failed",
  },
  results: ["output_file", "error_file"],
};

/** Batches whose requests are uploaded as a file first, which costs nothing, and whose results are files as well. */
export function fileBatches(jobs: FileJobs): BatchForm {
  const statusOf = (job: unknown): BatchStatus => {
    const id = textOf(memberOf(job, "id"));
    if (id === null) throw new BatchError("malformed", "the batch has no id");
    const phase = jobs.phases[textOf(memberOf(job, "status")) ?? ""] ?? "working";
    return {
      id,
      phase,
      message: phase === "failed" ? whyFailed(job) : null,
      files: jobs.results.flatMap((name) => textOf(memberOf(job, name)) || []),
    };
  };
  return {
    upload: async ({ name, rows }, channel) => {
      const json = await jsonFrom(channel, uploadOf(name, rows, channel));
      const id = textOf(memberOf(json, "id"));
      if (id === null) throw new BatchError("malformed", "the uploaded file has no id");
      return id;
    },
    create: async (batch, channel) => {
      const [first] = batch.rows;
      const url = first === undefined ? "" : urlInBatch(first, channel);
      return statusOf(
        await jsonFrom(channel, postOf(channel, jobs.path, jobs.job(batch, url, channel))),
      );
    },
    find: async ({ input }, channel) => {
      if (input === null) return null;
      const json = await jsonFrom(channel, getOf(channel, jobs.list));
      const job = listOf(memberOf(json, "data")).find((each) => jobs.isOf(each, input));
      return job === undefined ? null : statusOf(job);
    },
    status: async (id, channel) =>
      statusOf(await jsonFrom(channel, getOf(channel, `${jobs.path}/${encodeURIComponent(id)}`))),
    results: async ({ files }, channel) => {
      const results: BatchResult[] = [];
      for (const file of files) {
        const path = `/files/${encodeURIComponent(file)}/content`;
        results.push(...linesOf(await textFrom(channel, getOf(channel, path))).flatMap(resultOf));
      }
      return results;
    },
  };
}

/** The interface as a batch names it: the version in the base URL and what follows, such as `/v1/chat/completions`. */
function urlInBatch({ request }: BatchRow, { endpoint }: BatchChannel): string {
  const base = new URL(endpoint.base_url).pathname.replace(/\/+$/, "");
  const { pathname } = new URL(request.url);
  return `/${base.split("/").at(-1) ?? ""}${pathname.slice(base.length)}`;
}

/** `multipart/form-data` (RFC 7578). The boundary holds the batch's name, which no prompt can know. */
function uploadOf(name: string, rows: readonly BatchRow[], channel: BatchChannel) {
  const boundary = `----baimo-${name}`;
  const lines = rows.map((row) => {
    const { custom_id, request } = row;
    const url = urlInBatch(row, channel);
    return `${JSON.stringify({ custom_id, method: "POST", url, body: wholeBody(request) })}\n`;
  });
  const part = (head: string, body: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
  const file = `name="file"; filename="baimo-${name}.jsonl"\r\nContent-Type: application/jsonl`;
  return {
    method: "POST",
    url: partUrl(channel.endpoint, "/files"),
    headers: {
      ...channel.endpoint.headers,
      accept: "application/json",
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
    body: `${part('name="purpose"', "batch")}${part(file, lines.join(""))}--${boundary}--\r\n`,
  } as const;
}

function resultOf(line: unknown): readonly BatchResult[] {
  const custom_id = textOf(memberOf(line, "custom_id"));
  if (custom_id === null) return [];
  const response = memberOf(line, "response");
  const status = Number(codeOf(memberOf(response, "status_code")) ?? Number.NaN);
  const body = memberOf(response, "body");
  if (!Number.isInteger(status) || typeof body !== "object" || body === null) {
    return [{ custom_id, status: null, body: null, message: whyNot(line) }];
  }
  return [{ custom_id, status, body, message: null }];
}

function whyNot(line: unknown): string {
  const error = memberOf(line, "error");
  const said = [codeOf(memberOf(error, "code")), textOf(memberOf(error, "message"))];
  return said.filter((each) => each !== null && each !== "").join(" ") || "no response";
}

function whyFailed(job: unknown): string {
  const errors = memberOf(job, "errors");
  const all = [...listOf(memberOf(errors, "data")), ...listOf(errors)];
  return all.map((each) => textOf(memberOf(each, "message")) ?? "").join("; ") || "failed";
}
