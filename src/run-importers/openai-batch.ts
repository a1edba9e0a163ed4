import type { ForeignFile, ForeignReply, RunImporter } from "../importing/runs/run-importer.ts";

import { isObject, memberOf, textOf } from "../domain/json.ts";
import { outcomeOfStatus } from "../domain/outcome.ts";
import { SkipRow } from "../importing/importer.ts";
import { requestsBeside } from "../importing/runs/batch-requests.ts";
import { completionOf } from "../importing/runs/completion.ts";
import { failed } from "../importing/runs/reply.ts";
import { linesOfFile, sampledRows } from "../importing/runs/rows.ts";
import { notOfFormat } from "../importing/runs/run-importer.ts";

/**
 * The answers of OpenAI's batch interface and of those who copied it (https://platform.openai.com/docs/guides/batch, read in
 * 2026-11): `{custom_id, response: {status_code, body}, error}`. The questions are taken from the file that was handed in, where it lies
 * in the same folder; golds from `--suite`.
 */
export const runImporter: RunImporter = {
  id: "openai-batch",
  title: { zh: "OpenAI 批量接口", en: "OpenAI's batch interface" },
  matches: /\.jsonl$/,
  read: async function* read(file) {
    const requests = await requestsBeside(file.path);
    yield* sampledRows(linesOfFile(file), (value, row) => {
      const id = textOf(memberOf(value, "custom_id"));
      // The file that was handed in, in the same folder.
      if (id !== null && memberOf(value, "body") !== undefined) return null;
      const response = memberOf(value, "response");
      if (id === null || (response === undefined && memberOf(value, "error") === undefined)) {
        if (row === 1) throw notBatch(file);
        throw new SkipRow("没有 custom_id 和 response", "no custom_id and response");
      }
      const reply = replyOf(response, memberOf(value, "error"));
      return {
        dimension: ["batch"],
        id,
        model: reply.model ?? "unknown",
        ...(requests.get(id) ?? { before: [], prompt: "" }),
        gold: null,
        reply,
        graded: null,
        when: whenOf(memberOf(memberOf(response, "body"), "created")),
      };
    });
  },
};

const notBatch = (file: ForeignFile) =>
  notOfFormat(file, runImporter.title, {
    zh: "每行应有 custom_id 和 response 或 error",
    en: "each line should hold custom_id and a response or an error",
  });

function replyOf(response: unknown, error: unknown): ForeignReply {
  const status = memberOf(response, "status_code");
  const body = memberOf(response, "body");
  const message = textOf(memberOf(error, "message"));
  if (isObject(error)) return failed(message ?? JSON.stringify(error));
  const read = completionOf(body);
  if (typeof status === "number" && status >= 400) {
    return failed(read?.message ?? `HTTP ${status}`, outcomeOfStatus(status));
  }
  return read ?? failed("no choices");
}

const whenOf = (created: unknown): string | null =>
  typeof created === "number" && created > 0 ? new Date(created * 1_000).toISOString() : null;
