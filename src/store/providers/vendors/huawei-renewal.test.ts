import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { afterAll, beforeAll, expect, test } from "vitest";

import type { Reply } from "../../../domain/call.ts";

import { createAuthorizer } from "../../../calling/auth/authorizer.ts";
import { loadProtocol } from "../../../calling/protocol.ts";
import { contextOf } from "../../../calling/testing/loopback.ts";
import { createHttp, type Http } from "../../../transport/http.ts";
import { builtinFolder } from "../../builtin.ts";
import { delta } from "../../testing/vendor.ts";
import { resolveTargets } from "../targets.ts";

/** The token service and the model at one address; a token is valid until the test revokes it. */
let server: Server;
let http: Http;
let url: string;
let tokens: number;
let refusals: number;
let firstGood: number;

beforeAll(async () => {
  [tokens, refusals, firstGood] = [0, 0, 1];
  server = createServer((request, response) => {
    request.resume().on("end", () => setTimeout(() => serve(request, response), 15));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = createHttp({ connections: 16, connect_ms: 5000 });
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

function serve(request: IncomingMessage, response: ServerResponse): void {
  if (request.url === "/v3/auth/tokens") {
    tokens += 1;
    response.writeHead(201, { "x-subject-token": `t${tokens}` }).end('{"token":{}}');
  } else if (Number(String(request.headers["x-auth-token"]).slice(1)) < firstGood) {
    refusals += 1;
    const body = { error_code: "APIG.0307", error_msg: "The token must be updated." };
    response.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify(body));
  } else {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(delta({ content: "好" }) + delta({}, "stop"));
  }
}

test("a token that expires in a long run is renewed once for all calls in flight", async () => {
  const [target] = await resolveTargets(["pangu/dep-1"], {
    config: null,
    env: { HUAWEI_PROJECT_ID: "own" },
    builtin: builtinFolder("providers"),
    now: new Date(),
  });
  const protocol = await loadProtocol(target?.entry.protocol ?? "");
  if (target === undefined || protocol === null) throw new Error("no target");
  const endpoint = { ...target.endpoint, base_url: url };
  const authorize = createAuthorizer(http)(endpoint.auth, {
    secrets: { access_key: "ak", secret_key: "sk" },
    with: { url },
  });
  const ask = (): Promise<Reply> =>
    protocol.attempt(
      { endpoint, model: "dep-1", messages: [{ role: "user", text: "你好" }], params: {} },
      { ...contextOf(http), authorize },
    );
  const wave = async () => {
    const replies = await Promise.all(Array.from({ length: 12 }, ask));
    return new Set(replies.map(({ outcome, text }) => `${outcome} ${text}`));
  };
  const good = new Set(["ok 好"]);
  expect(await wave()).toEqual(good);
  expect([tokens, refusals]).toEqual([1, 0]);
  firstGood = 2;
  expect(await wave()).toEqual(good);
  expect([tokens, refusals]).toEqual([2, 12]);
  expect(await wave()).toEqual(good);
  expect([tokens, refusals]).toEqual([2, 12]);
});
