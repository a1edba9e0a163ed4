import type { BatchChannel } from "./channel.ts";
import type { BatchForm, BatchResult, BatchStatus } from "./form.ts";

import { codeOf, listOf, memberOf, textOf } from "../../domain/json.ts";
import { BatchError, getOf, jsonFrom, postOf, wholeBody } from "./channel.ts";

/**
 * Batches of the Gemini API with their requests inside, up to 20 MB; the results stand in the operation.
 * Source: https://ai.google.dev/api/batch-api
 */
export const geminiBatches: BatchForm = {
  upload: null,
  create: async ({ name, rows }, channel) => {
    const requests = rows.map(({ custom_id, request }) => ({
      request: wholeBody(request),
      metadata: { key: custom_id },
    }));
    const batch = { display_name: displayName(name), input_config: { requests: { requests } } };
    const path = `/models/${encodeURIComponent(channel.model)}:batchGenerateContent`;
    return statusOf(await jsonFrom(channel, postOf(channel, path, { batch })));
  },
  find: async ({ name }, channel) => {
    const json = await jsonFrom(channel, getOf(channel, "/batches?pageSize=100"));
    const found = listOf(memberOf(json, "operations")).find(
      (each) => memberOf(memberOf(each, "metadata"), "displayName") === displayName(name),
    );
    return found === undefined ? null : statusOf(found);
  },
  status: async (id, channel) => statusOf(await operationOf(id, channel)),
  results: async ({ id }, channel) => {
    const response = memberOf(await operationOf(id, channel), "response");
    const inlined = memberOf(response, "inlinedResponses");
    return listOf(memberOf(inlined, "inlinedResponses") ?? inlined).flatMap(resultOf);
  },
};

const displayName = (name: string): string => `baimo-${name}`;

/** `batches/123`: the id is a path. */
const operationOf = (id: string, channel: BatchChannel): Promise<unknown> =>
  jsonFrom(channel, getOf(channel, `/${id.split("/").map(encodeURIComponent).join("/")}`));

function statusOf(operation: unknown): BatchStatus {
  const id = textOf(memberOf(operation, "name"));
  if (id === null) throw new BatchError("malformed", "the batch has no name");
  const state = textOf(memberOf(memberOf(operation, "metadata"), "state")) ?? "";
  const error = textOf(memberOf(memberOf(operation, "error"), "message"));
  // The API has had both prefixes.
  const word = state.replace(/^(?:BATCH|JOB)_STATE_/, "");
  if (word === "FAILED" || error !== null) {
    return { id, phase: "failed", message: error ?? "failed", files: [] };
  }
  const isOver =
    memberOf(operation, "done") === true || ["SUCCEEDED", "CANCELLED", "EXPIRED"].includes(word);
  return { id, phase: isOver ? "ended" : "working", message: null, files: [] };
}

function resultOf(each: unknown): readonly BatchResult[] {
  const custom_id = textOf(memberOf(memberOf(each, "metadata"), "key"));
  if (custom_id === null) return [];
  const response = memberOf(each, "response");
  if (typeof response === "object" && response !== null) {
    return [{ custom_id, status: 200, body: response, message: null }];
  }
  const error = memberOf(each, "error");
  const said = [codeOf(memberOf(error, "code")), textOf(memberOf(error, "message"))];
  const message = said.filter((part) => part !== null).join(" ") || "no response";
  return [{ custom_id, status: null, body: null, message }];
}
