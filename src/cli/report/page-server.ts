import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { type PageDocument, pagePieces } from "../../report/page/document.ts";

/** A page that is being served; `url` holds the token without which nothing is given. */
export type PageServer = { readonly url: string; readonly close: () => Promise<void> };

const blocks = "blocks";

/**
 * Serves a page and its blocks on the loopback address. Only reading is answered, only for addresses that begin with a
 * random token, and only where the host is this machine: a page in another tab can neither guess nor rebind its way in.
 */
export async function servePage(document: PageDocument): Promise<PageServer> {
  const token = randomBytes(24).toString("base64url");
  const page = Buffer.from([...pagePieces(document, { folder: blocks })].join(""));
  const server = createServer((request, response) => {
    const found = isOwn(request, port) ? contentOf(request, token, { page, document }) : null;
    answer(response, found);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

type Content = { readonly type: string; readonly body: Buffer };

const isOwn = ({ method, headers }: IncomingMessage, port: number): boolean =>
  method === "GET" && headers.host === `127.0.0.1:${port}`;

function contentOf(
  { url = "" }: IncomingMessage,
  token: string,
  { page, document }: { readonly page: Buffer; readonly document: PageDocument },
): Content | null {
  const [, given = "", ...rest] = url.split("/");
  if (!isSame(given, token)) return null;
  const path = rest.join("/");
  if (path === "") return { type: "text/html; charset=utf-8", body: page };
  const number = /^blocks\/(\d{1,9})\.bin$/.exec(path)?.[1];
  const block = number === undefined ? undefined : document.blocks[Number(number)];
  return block === undefined ? null : { type: "application/octet-stream", body: block };
}

/** How long it takes does not tell how much of a guess was right. */
function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function answer(response: ServerResponse, found: Content | null): void {
  response.writeHead(found === null ? 404 : 200, {
    "content-type": found?.type ?? "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
  });
  response.end(found?.body ?? "");
}
