import type { BatchChannel } from "./channel.ts";
import type { BatchForm, BatchResult, BatchStatus } from "./form.ts";

import { listOf, membersOf, memberOf, textOf } from "../../domain/json.ts";
import { BatchError, getOf, jsonFrom, linesOf, postOf, textFrom, wholeBody } from "./channel.ts";

const path = "/v1/messages/batches";

/**
 * Anthropic's Message Batches: one request carries all, and the results are JSON lines.
 * Source: https://platform.claude.com/docs/en/build-with-claude/batch-processing
 */
export const anthropicBatches: BatchForm = {
  upload: null,
  create: async ({ rows }, channel) => {
    const requests = rows.map(({ custom_id, request }) => ({
      custom_id,
      params: wholeBody(request),
    }));
    return statusOf(
      await jsonFrom(versioned(channel), postOf(versioned(channel), path, { requests })),
    );
  },
  // A batch carries no name of ours. What its requests are called shows in its results alone, once it has ended.
  find: async ({ name, since, requests }, given) => {
    const channel = versioned(given);
    const json = await jsonFrom(channel, getOf(channel, `${path}?limit=100`));
    let isOpen = false;
    for (const job of listOf(memberOf(json, "data"))) {
      const created = Date.parse(textOf(memberOf(job, "created_at")) ?? "");
      if (created + clockMs < Date.parse(since) || sizeOf(job) !== requests) continue;
      const status = statusOf(job);
      isOpen ||= status.phase === "working";
      if (status.phase === "working") continue;
      const [first] = await resultsOf(status, channel);
      if (first?.custom_id.startsWith(name) === true) return status;
    }
    return isOpen ? "later" : null;
  },
  status: async (id, channel) =>
    statusOf(
      await jsonFrom(
        versioned(channel),
        getOf(versioned(channel), `${path}/${encodeURIComponent(id)}`),
      ),
    ),
  results: (status, channel) => resultsOf(status, versioned(channel)),
};

/** The vendor's clock may differ from ours. */
const clockMs = 60_000;

const versioned = (channel: BatchChannel): BatchChannel => ({
  ...channel,
  endpoint: {
    ...channel.endpoint,
    headers: { "anthropic-version": "2023-06-01", ...channel.endpoint.headers },
  },
});

const sizeOf = (job: unknown): number =>
  Object.values(membersOf(memberOf(job, "request_counts"))).reduce<number>(
    (sum, each) => sum + (typeof each === "number" ? each : 0),
    0,
  );

function statusOf(job: unknown): BatchStatus {
  const id = textOf(memberOf(job, "id"));
  if (id === null) throw new BatchError("malformed", "the batch has no id");
  const phase = memberOf(job, "processing_status") === "ended" ? "ended" : "working";
  return { id, phase, message: null, files: [] };
}

async function resultsOf({ id }: BatchStatus, channel: BatchChannel) {
  const text = await textFrom(channel, getOf(channel, `${path}/${encodeURIComponent(id)}/results`));
  return linesOf(text).flatMap(resultOf);
}

/** Errors come without a status: a request that was at fault is told from a server that failed by its type. */
function resultOf(line: unknown): readonly BatchResult[] {
  const custom_id = textOf(memberOf(line, "custom_id"));
  if (custom_id === null) return [];
  const result = memberOf(line, "result");
  const type = textOf(memberOf(result, "type"));
  if (type === "succeeded") {
    return [{ custom_id, status: 200, body: memberOf(result, "message"), message: null }];
  }
  const body = memberOf(result, "error");
  if (type !== "errored" || typeof body !== "object" || body === null) {
    return [{ custom_id, status: null, body: null, message: type ?? "no result" }];
  }
  const kind = memberOf(memberOf(body, "error"), "type") ?? memberOf(body, "type");
  return [{ custom_id, status: kind === "invalid_request_error" ? 400 : 500, body, message: null }];
}
