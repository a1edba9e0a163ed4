/**
 * The reference loop: the least that a streaming client can do. undici's dispatch handler, events split and parsed as
 * they arrive, the pieces of the answer joined. Nothing is graded or kept, and the only time taken is that of the first
 * event of answers on kept-alive connections. `undici.request` with an iterated body costs up to twice as much.
 *
 * Arguments: url items concurrency. Prints `{wall_ms, characters, ttft}`, the last as pairs of item and milliseconds.
 */
import { Agent, type Dispatcher } from "undici";

const [url = "", items = "1000", concurrency = "64"] = process.argv.slice(2);
const dispatcher = new Agent({
  connections: Number(concurrency),
  pipelining: 1,
  allowH2: false,
  headersTimeout: 0,
  bodyTimeout: 0,
});
const headers = { "content-type": "application/json", accept: "text/event-stream" };
const start = performance.now();
let asked = 0;
let characters = 0;
const ttft: [item: number, ms: number][] = [];

await Promise.all(Array.from({ length: Number(concurrency) }, worker));
console.log(JSON.stringify({ wall_ms: performance.now() - start, characters, ttft }));
await dispatcher.destroy();

async function worker(): Promise<void> {
  while (asked < Number(items)) {
    asked += 1;
    characters += (await send(asked)).length;
  }
}

function send(number: number): Promise<string> {
  const content = `计算：${number} + ${number * 7} = ?`;
  const body = JSON.stringify({
    model: "load",
    messages: [{ role: "user", content }],
    stream: true,
  });
  const sent = performance.now();
  return new Promise((resolve, reject) => {
    dispatcher.dispatch(
      { origin: url, path: "/v1/chat/completions", method: "POST", headers, body },
      handlerFor(number, sent, resolve, reject),
    );
  });
}

function handlerFor(
  number: number,
  sent: number,
  resolve: (answer: string) => void,
  reject: (error: Error) => void,
): Dispatcher.DispatchHandler {
  const decoder = new TextDecoder();
  let first: number | null = null;
  let rest = "";
  let answer = "";
  return {
    onRequestStart: () => undefined,
    onResponseStart: () => undefined,
    onResponseData: (_controller, bytes) => {
      first ??= performance.now() - sent;
      const events = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) answer += pieceOf(event);
    },
    onResponseEnd: () => {
      // Each worker's first request opens its connection.
      if (number > Number(concurrency) && first !== null) ttft.push([number, first]);
      resolve(answer);
    },
    onResponseError: (_controller, error) => reject(error),
  };
}

function pieceOf(event: string): string {
  if (event === "data: [DONE]") return "";
  const { choices } = JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] };
  return choices[0]?.delta.content ?? "";
}
