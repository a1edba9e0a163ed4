import type { Codec } from "../calling/exchange/codec.ts";
import type { Protocol } from "../calling/protocol.ts";
import type { App } from "../domain/app/app.ts";
import type { Reply } from "../domain/call.ts";

import { appRequest } from "../calling/app/body.ts";
import { appCodec } from "../calling/app/codec.ts";
import { plainApp, plainUsage } from "../calling/app/plain.ts";
import { createAppReader } from "../calling/app/read.ts";
import { attemptStream } from "../calling/exchange/stream.ts";
import { type CommandEnd, runCommand } from "../transport/process/run-command.ts";

/**
 * A program of the user's own instead of a server: it is run once for each request, reads one line of JSON and prints
 * JSON, or lines of it as the answer comes. The form is that of `http-app`. Its times include its start.
 */
export const protocol: Protocol = {
  id: "command",
  attempt: async (call, context) => {
    const { command } = call.endpoint;
    if (command === undefined) throw new Error("protocol command without a command");
    const app = call.endpoint.app ?? plainApp;
    const { body, sent, dropped } = appRequest(call, app);
    const ends: CommandEnd[] = [];
    const http: typeof context.http = {
      ...context.http,
      exchange: async (request, receiver, options) => {
        const input = `${request.body ?? ""}\n`;
        const { run, cwd, environment } = command;
        const end = await runCommand({ run, cwd, environment, input }, receiver, options);
        ends.push(end);
        return end;
      },
    };
    const reply = await attemptStream(
      { ...call, messages: sent },
      { ...context, http },
      printedCodec(app),
      {
        request: { method: "POST", url: "command:", headers: {}, body: JSON.stringify(body) },
        dropped,
        usage: call.endpoint.app === undefined ? plainUsage : {},
      },
    );
    return withExit(reply, ends.at(-1)?.exit ?? null);
  },
};

/**
 * Lines of JSON as they come, or one JSON value over several lines. A program that ends by itself has said all that it
 * had to say, whether or not it says that it is done.
 */
function printedCodec(app: App): Codec {
  const rows = app.read ?? [];
  return {
    ...appCodec({ ...app, stream: "lines" }),
    stream: (draft, guard) => {
      const reader = createAppReader(rows);
      const read = (text: string): void => reader.read({ json: JSON.parse(text), name: "" }, draft);
      const decoder = new TextDecoder("utf-8");
      let rest = "";
      let isWhole = false;
      const line = (text: string): void => {
        if (text.trim() === "") return;
        if (!isWhole && !isJson(text) && !reader.hasRead()) isWhole = true;
        if (isWhole) whole += `${text}\n`;
        else guard(() => read(text));
      };
      let whole = "";
      const feed = (text: string): void => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        lines.forEach(line);
      };
      return {
        push: (chunk) => feed(decoder.decode(chunk, { stream: true })),
        end: () => {
          feed(decoder.decode());
          line(rest);
          rest = "";
          if (isWhole) guard(() => read(whole));
          if (draft.finish === null && !draft.isSilent())
            draft.finish = { reason: "stop", raw: null };
        },
        held: () => rest.length + whole.length,
      };
    },
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a program prints before it fails is no answer. It has no HTTP status. */
function withExit(reply: Reply, exit: CommandEnd["exit"]): Reply {
  const own = { ...reply, status: null };
  if (exit === null || exit.code === 0) return own;
  const code = exit.code === null ? "ended by a signal" : `exit ${exit.code}`;
  const isNamed = reply.code !== null && reply.outcome !== "malformed";
  return isNamed
    ? own
    : { ...own, outcome: "server", code, message: exit.errors === "" ? code : exit.errors };
}
