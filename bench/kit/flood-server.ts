/**
 * A vendor that never stops, in its own process: what it floods with is named by the request's model. Prints its port; ends
 * with its standard input.
 */
import { createServer, type AddressInfo, type Socket } from "node:net";
import { gzipSync } from "node:zlib";

const event = (json: unknown): string => `data: ${JSON.stringify(json)}\n\n`;
const head = (more = ""): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n${more}\r\n`;
const text = event({ choices: [{ index: 0, delta: { content: "长" } }] });

/** The beginning of each flood, and what follows until the client has had enough. */
const floods: Readonly<Record<string, readonly [head: string, more: Uint8Array]>> = {
  text: [head(), Buffer.from(text.repeat(200))],
  events: [head(), Buffer.from(event({ choices: [] }).repeat(1_000))],
  line: [`${head()}data: `, Buffer.alloc(1 << 16, 0x78)],
  bomb: [head("content-encoding: gzip\r\n"), gzipSync(Buffer.from(text.repeat(1_000_000)))],
};

const server = createServer((socket) => {
  socket.on("error", () => socket.destroy());
  let request = "";
  socket.setEncoding("latin1").on("data", (piece: string) => {
    request += piece;
    const name = /"model": ?"(\w+)"/.exec(request)?.[1];
    if (name === undefined) return;
    request = "";
    const [first, more] = floods[name] ?? [head(), Buffer.alloc(0)];
    socket.write(first);
    pour(socket, more);
  });
});
server.listen(0, "127.0.0.1", 4096, () => console.log((server.address() as AddressInfo).port));
process.stdin.resume().on("end", () => process.exit(0));

function pour(socket: Socket, bytes: Uint8Array): void {
  if (socket.destroyed) return;
  if (socket.write(bytes)) setImmediate(() => pour(socket, bytes));
  else socket.once("drain", () => pour(socket, bytes));
}
