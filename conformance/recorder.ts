import { createServer, type IncomingHttpHeaders, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

/** A recorded request. */
export type Recorded = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
};

export type Recorder = {
  readonly url: string;
  /** The requests since the last call. */
  readonly take: () => readonly Recorded[];
  readonly close: () => Promise<void>;
};

/** A proxy in front of `target` that records all requests and changes nothing but the port. */
export async function startRecorder(target: string): Promise<Recorder> {
  let kept: Recorded[] = [];
  const { port: behind } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const raw = Buffer.concat(chunks);
      const url = new URL(incoming.url ?? "/", target);
      kept.push({
        method: incoming.method ?? "",
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        body: raw.length === 0 ? null : parsed(raw.toString("utf8")),
      });
      const forward = httpRequest(
        {
          host: "127.0.0.1",
          port: behind,
          method: incoming.method,
          path: incoming.url,
          // The host stays that of the recorder, because it is signed.
          headers: incoming.headers,
        },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
          answer.pipe(outgoing);
        },
      );
      forward.on("error", (error) => outgoing.destroy(error));
      forward.end(raw);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = kept;
      kept = [];
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
