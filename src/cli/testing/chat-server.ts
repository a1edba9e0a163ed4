import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A small chat server that tests start as a process: it shares no code with the simulator or with what is
 * tested. It answers an addition in the prompt, streams with a role frame, an empty delta and a first chunk of
 * whitespace, and remembers when each came. `GET /log` tells what was asked.
 */
type Entry = {
  readonly prompt: string;
  /** Milliseconds on the machine's monotonic clock: the request was whole, the whitespace chunk was written. */
  readonly received: number;
  first: number;
};

const log: Entry[] = [];
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const [firstMs = 20, gapMs = 5] = process.argv.slice(2).map(Number);

const server = createServer((request, response) => {
  void handle(request, response);
});
server.on("connection", (socket) => socket.setNoDelay(true));
server.listen(0, "127.0.0.1", () => {
  console.log((server.address() as AddressInfo).port);
});
process.stdin.resume().on("end", () => process.exit(0));

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === "/log") {
    response.end(JSON.stringify(log));
    return;
  }
  if (request.url?.startsWith("/html") === true) {
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>网关登录</title><p>请先登录");
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
    model: string;
    messages: { content: string }[];
  };
  const prompt = body.messages.at(-1)?.content ?? "";
  const entry: Entry = { prompt, received: monotonicMs(), first: 0 };
  log.push(entry);
  await answer(response, body.model, entry);
}

async function answer(response: ServerResponse, model: string, entry: Entry): Promise<void> {
  const [, a = "0", b = "0"] = /(\d+)\s*[+＋加]\s*(\d+)/.exec(entry.prompt) ?? [];
  const wrong = model === "sloppy" && Number(a) % 4 === 0 ? 1 : 0;
  const text = `答案：${Number(a) + Number(b) + wrong}`;
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "x-request-id": `r${log.length}`,
  });
  send(response, model, { role: "assistant", content: "" });
  send(response, model, { content: "" });
  await sleep(firstMs);
  entry.first = monotonicMs();
  send(response, model, { content: "\n " });
  for (const piece of text.match(/[\s\S]{1,2}/gu) ?? []) {
    await sleep(gapMs);
    send(response, model, { content: piece });
  }
  send(response, model, {}, "stop");
  const usage = { prompt_tokens: entry.prompt.length, completion_tokens: text.length };
  response.write(`data: ${JSON.stringify({ id: "c", model, choices: [], usage })}\n\n`);
  response.end("data: [DONE]\n\n");
}

function send(
  response: ServerResponse,
  model: string,
  delta: object,
  finish_reason: string | null = null,
): void {
  const chunk = { id: "c", model: `${model}-2026`, choices: [{ index: 0, delta, finish_reason }] };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}
