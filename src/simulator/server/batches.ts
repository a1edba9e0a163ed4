import { randomUUID } from "node:crypto";

import type { ReceivedHttp, SentHttp } from "../kit/protocol.ts";

import { jsonOf } from "./batch-rows.ts";
import { type BatchShape, shapes, type SimulatedBatch } from "./batch-shapes.ts";
import { monotonicMs } from "./clock.ts";

export type BatchHouseSetup = {
  /** Answers one request as if it had come alone, but at once. */
  readonly answer: (request: ReceivedHttp) => Promise<Pick<SentHttp, "status" | "body">>;
  /** Why a request for a chat answer on this path is refused, or null. */
  readonly refusal: (request: ReceivedHttp) => SentHttp | null;
  readonly speed: number;
};

/** The batch interfaces of the simulated vendors. Null where a request does not belong to them. */
export type BatchHouse = { readonly serve: (request: ReceivedHttp) => SentHttp | null };

/** Vendor milliseconds that any batch takes. */
const least_ms = 1_000;
/** Answered at the same time. */
const atOnce = 50;

export function openBatchHouse(setup: BatchHouseSetup): BatchHouse {
  const files = new Map<string, string>();
  const batches = new Map<string, SimulatedBatch>();

  const create = (shape: BatchShape, request: ReceivedHttp): SentHttp => {
    const body = jsonOf(request.body.toString("utf8"));
    const handedIn = shape.rows(body, request, files);
    if (typeof handedIn === "string") return shape.refuse(400, handedIn);
    const batch: SimulatedBatch = {
      id: shape.newId(randomUUID().replaceAll("-", "")),
      shape: shape.id,
      created: new Date(),
      asked: body,
      path: request.path,
      rows: handedIn,
      results: [],
      isOver: false,
      files: { output: null, error: null },
    };
    batches.set(batch.id, batch);
    void carryOut(batch, request, setup).then(() => {
      for (const part of ["output", "error"] as const) {
        const lines = batch.results.filter(({ status }) => status < 300 === (part === "output"));
        if (lines.length === 0) continue;
        const id = `file-${randomUUID()}`;
        files.set(id, lines.map((each) => `${JSON.stringify(shape.line(each))}\n`).join(""));
        batch.files[part] = id;
      }
      batch.isOver = true;
    });
    return ok(shape.show(batch));
  };

  const serve = (request: ReceivedHttp): SentHttp | null => {
    const { method, path } = request;
    if (method === "POST" && path.endsWith("/files")) return upload(request, files);
    const content = /\/files\/([^/]+)\/content$/.exec(path)?.[1];
    if (content !== undefined) {
      const text = files.get(content);
      return text === undefined ? missing : { status: 200, headers: lines, body: text };
    }
    for (const shape of shapes) {
      if (!shape.isMine(request)) continue;
      if (method === "POST") return create(shape, request);
      const own = [...batches.values()].filter((each) => each.shape === shape.id).toReversed();
      const asked = shape.idIn(path);
      if (asked === null) return ok(shape.list(own.map(shape.show)));
      const batch = batches.get(asked);
      if (batch === undefined || batch.shape !== shape.id) return missing;
      if (!path.endsWith("/results")) return ok(shape.show(batch));
      const text = batch.results.map((each) => `${JSON.stringify(shape.line(each))}\n`).join("");
      return batch.isOver ? { status: 200, headers: lines, body: text } : missing;
    }
    return null;
  };
  return {
    serve: (request) => {
      if (!belongs.test(request.path)) return null;
      return (
        setup.refusal({ ...request, method: "POST", path: chatPath(request.path) }) ??
        serve(request)
      );
    },
  };
}

const belongs = /\/(?:files|batches|batch\/jobs)(?:\/|$)|:batchGenerateContent$/;

/** The path on which the same key would be asked for one answer. */
function chatPath(path: string): string {
  if (path.includes("/messages/batches")) return path.replace(/\/batches.*$/, "");
  if (path.startsWith("/via/gemini/")) return "/via/gemini/v1/models/m:generateContent";
  return path.replace(/\/(?:files|batches|batch\/jobs).*$/, "/chat/completions");
}

async function carryOut(
  batch: SimulatedBatch,
  { headers, query }: ReceivedHttp,
  { answer, speed }: BatchHouseSetup,
): Promise<void> {
  const due = monotonicMs() + least_ms / speed;
  const waiting = [...batch.rows];
  const work = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      const { path, custom_id } = row;
      const body = Buffer.from(JSON.stringify(row.body));
      const sent = await answer({ method: "POST", path, query, headers, body });
      batch.results.push({ custom_id, status: sent.status, body: jsonOf(sent.body) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const wait = due - monotonicMs();
  if (wait > 0) await new Promise((done) => setTimeout(done, wait).unref());
}

/** Takes the file out of a form (RFC 7578). */
function upload(request: ReceivedHttp, files: Map<string, string>): SentHttp {
  const boundary = /boundary=(\S+)/.exec(String(request.headers["content-type"]))?.[1];
  const parts = request.body.toString("utf8").split(`--${boundary ?? ""}`);
  const part = parts.find((each) => each.includes('name="file"'));
  const isBatch = parts.some((each) => each.endsWith('name="purpose"\r\n\r\nbatch\r\n'));
  const start = part?.indexOf("\r\n\r\n") ?? -1;
  if (boundary === undefined || part === undefined || start < 0 || !isBatch) {
    return {
      status: 400,
      headers: json,
      body: errorOf("a form with purpose=batch and a file is needed"),
    };
  }
  const id = `file-${randomUUID()}`;
  files.set(id, part.slice(start + 4).replace(/\r\n$/, ""));
  return ok({ id, object: "file", purpose: "batch", status: "processed" });
}

const json = { "content-type": "application/json" };
const lines = { "content-type": "application/jsonl" };
const ok = (body: object): SentHttp => ({ status: 200, headers: json, body: JSON.stringify(body) });
const errorOf = (message: string): string =>
  JSON.stringify({ error: { message, type: "invalid_request_error", code: null } });
const missing: SentHttp = { status: 404, headers: json, body: errorOf("there is no such batch") };
