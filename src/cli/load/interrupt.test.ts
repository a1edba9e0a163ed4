import { EventEmitter, once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect, test } from "vitest";

import { readLoad } from "../../store/load/load-file.ts";
import { command } from "../commands/load.ts";
import { type Flags, newFolder, runCommand } from "../testing/command-context.ts";

type Happening = "connection" | "request" | "token" | "answer" | "step";

const event = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }], model: "m" })}\n\n`;
const ending = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;

/** A server that writes a token at once and the rest later, or never; what happens to it is told. */
async function serverWith({ answers }: { readonly answers: number }) {
  const told = new EventEmitter<Record<Happening, []>>();
  const sockets = new Set<Socket>();
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    const isAnswered = requests <= answers;
    told.emit("request");
    request.resume().on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(event("先算"), () => told.emit("token"));
      if (!isAnswered) return;
      setTimeout(() => response.end(event("个位。") + ending, () => told.emit("answer")), 30);
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
    told.emit("connection");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { told, sockets, port, count: () => requests, close: () => server.close() };
}

const open = { rate: "50,100", duration: "400ms", warmup: "100ms", cooldown: "2s" };

/** When the user presses Ctrl-C: at the n-th of what happens. */
const moments: readonly (readonly [string, Happening, number, Flags, number])[] = [
  ["the first connection", "connection", 1, open, 1_000],
  ["the first request", "request", 1, open, 1_000],
  ["the first token", "token", 1, open, 1_000],
  ["the first answer", "answer", 1, open, 1_000],
  ["the middle of a step", "answer", 10, open, 1_000],
  ["a load on a server that answers nothing", "request", 12, open, 0],
  ["the cool-down behind a request that hangs", "request", 32, open, 10],
  ["the end of the first step", "step", 1, open, 1_000],
  ["the second step", "request", 40, open, 1_000],
  ["a closed loop", "token", 6, { concurrency: "4", duration: "2s", warmup: "0s" }, 1_000],
  ["the lone requests of a search", "token", 2, {}, 1_000],
  ["the first step of a search", "request", 12, {}, 1_000],
];

test.concurrent.each(moments)(
  "Ctrl-C at %s ends it with its table, and leaves no socket and no request behind",
  async (_, happening, nth, flags, answers) => {
    const server = await serverWith({ answers });
    const folder = newFolder();
    writeFileSync(
      join(folder, "baimo.yaml"),
      `schema: baimo/1\ntargets: [v/m]\nproviders:\n  v: {protocol: openai-chat, base_url: "http://127.0.0.1:${server.port}/v1", auth: {scheme: none}}\n`,
    );
    const stop = new AbortController();
    const printed: string[] = [];
    let left = nth;
    let sentBefore = 0;
    server.told.on(happening, () => {
      left -= 1;
      if (left !== 0) return;
      sentBefore = server.count();
      stop.abort();
    });
    const all = { ...flags, plain: true, out: "cut.jsonl", requests: "500" };
    const { code } = await runCommand(command, folder, [], all, {
      stopping: stop.signal,
      print: (text) => printed.push(text),
      warn: (text) => {
        if (text.includes("达标")) server.told.emit("step");
      },
    });
    expect(code).toBe(130);
    expect(printed.join("\n")).toMatch(/v\/m：[^]*达标/);
    const { rows, end } = await readLoad(join(folder, "cut.jsonl"));
    expect(end?.status).toBe("interrupted");
    // What had been sent stands in the file, and nothing came after: a request that was on its way may still arrive.
    expect(rows.length).toBeGreaterThanOrEqual(sentBefore);
    const closed = [...server.sockets].map((socket) => once(socket, "close"));
    await Promise.race([
      Promise.all(closed),
      sleep(1_000, undefined, { ref: false }).then(() => {
        throw new Error(`${server.sockets.size} sockets were left after a second`);
      }),
    ]);
    const sent = server.count();
    expect(sent).toBeLessThanOrEqual(rows.length);
    server.close();
  },
);
