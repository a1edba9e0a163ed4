import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";

/** What a client saw of one exchange, including how it ended. */
export type Seen = {
  readonly status: number | null;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Number of reads in which the body arrived. */
  readonly reads: number;
  /** The socket's error code, `gave up` where the client did, null where all went well. */
  readonly error: string | null;
};

export type RawOptions = {
  readonly path?: string;
  readonly key?: string;
  /** The client gives up once this is true of the received body, or after `patience_ms`. */
  readonly enough?: (body: string) => boolean;
  readonly patience_ms?: number;
};

/** One chat request on its own socket, with the raw body. */
export function rawChat(url: string, body: object, options: RawOptions = {}): Promise<Seen> {
  const { path = "/v1/chat/completions", key = "sim-test" } = options;
  const { promise, resolve } = Promise.withResolvers<Seen>();
  const chunks: Buffer[] = [];
  let seen: Pick<Seen, "status" | "headers"> = { status: null, headers: {} };
  const end = (error: string | null) => {
    clearTimeout(timer);
    resolve({ ...seen, body: Buffer.concat(chunks).toString("utf8"), reads: chunks.length, error });
  };
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  const call = request(url + path, { method: "POST", agent: false, headers }, (response) => {
    seen = { status: response.statusCode ?? null, headers: response.headers };
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (options.enough?.(Buffer.concat(chunks).toString("utf8")) === true) giveUp();
    });
    response.on("end", () => end(null));
    response.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
  const giveUp = () => {
    end("gave up");
    call.destroy();
  };
  const timer = setTimeout(giveUp, options.patience_ms ?? 20_000);
  call.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  call.end(JSON.stringify(body));
  return promise;
}

/** The data fields of a stream's events. */
export const dataOf = (body: string): readonly string[] =>
  body
    .split("\n\n")
    .filter((event) => event.startsWith("data: "))
    .map((event) => event.slice(6));

/** The text that a stream's events add up to; events that are not JSON are skipped. */
export function textOf(body: string): string {
  return dataOf(body)
    .map((data) => {
      try {
        return (
          (JSON.parse(data) as { choices?: { delta?: { content?: string | null } }[] }).choices?.[0]
            ?.delta?.content ?? ""
        );
      } catch {
        return "";
      }
    })
    .join("");
}
