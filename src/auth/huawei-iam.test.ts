import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, test } from "vitest";

import { createAuthorizer } from "../calling/auth/authorizer.ts";
import { createHttp, type Http, type HttpRequest } from "../transport/http.ts";

let http: Http;
let server: Server;
let url: string;
let asked: { readonly path: string; readonly body: unknown }[];
let answer: { status: number; body: object };

const day = { issued_at: "2026-11-21T00:00:00.000000Z", expires_at: "2026-11-22T00:00:00.000000Z" };

beforeEach(async () => {
  http = createHttp({ connections: 4, connect_ms: 5000 });
  asked = [];
  answer = { status: 201, body: { token: day } };
  server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      asked.push({
        path: incoming.url ?? "",
        body: JSON.parse(Buffer.concat(chunks).toString()) as unknown,
      });
      const headers = answer.status === 201 ? { "x-subject-token": `t${asked.length}` } : {};
      setTimeout(
        () => response.writeHead(answer.status, headers).end(JSON.stringify(answer.body)),
        20,
      );
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

const request: HttpRequest = {
  method: "POST",
  url: "https://pangu.example/v1/own/deployments/d/chat/completions",
  headers: {},
  body: "{}",
};
const secrets = { access_key: "ak", secret_key: "very-secret" };
const authorizer = (settings: Record<string, string> = {}) =>
  createAuthorizer(http)({ scheme: "huawei-iam", with: { url, ...settings } }, { secrets });

test("an access key is exchanged for a project token, once for all waiting requests", async () => {
  const authorize = authorizer({ region: "cn-east-3", project: "mine" });
  const sealed = await Promise.all(Array.from({ length: 20 }, () => authorize(request)));
  expect(new Set(sealed.map((each) => each?.headers["x-auth-token"]))).toEqual(new Set(["t1"]));
  expect(asked).toEqual([
    {
      path: "/v3/auth/tokens",
      body: {
        auth: {
          identity: {
            methods: ["hw_ak_sk"],
            hw_ak_sk: { access: { key: "ak" }, secret: { key: "very-secret" } },
          },
          scope: { project: { name: "mine" } },
        },
      },
    },
  ]);
});

test.each([{}, { project: "" }])("with %j the project is the region's", async (settings) => {
  await authorizer({ region: "cn-east-3", ...settings })(request);
  expect(asked[0]?.body).toMatchObject({ auth: { scope: { project: { name: "cn-east-3" } } } });
});

test("a refused token is renewed once, however many requests were refused with it", async () => {
  const authorize = authorizer();
  const first = await authorize(request);
  if (first === null) throw new Error("no token");
  const again = await Promise.all(Array.from({ length: 8 }, () => authorize(request, first)));
  expect(new Set(again.map((each) => each?.headers["x-auth-token"]))).toEqual(new Set(["t2"]));
  expect(asked).toHaveLength(2);
});

test("a token about to expire by the vendor's clock is renewed in advance", async () => {
  answer.body = { token: { ...day, expires_at: "2026-11-21T00:00:00.050000Z" } };
  const authorize = authorizer();
  await authorize(request);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect((await authorize(request))?.headers["x-auth-token"]).toBe("t2");
});

test.each([
  [401, { error: { code: 401, message: "The AK is wrong", title: "Unauthorized" } }, "auth", "AK"],
  [400, { error_code: "IAM.0011", error_msg: "Request body is invalid" }, "auth", "invalid"],
  [403, { error: { message: "You are not authorized" } }, "permission", "not authorized"],
  [429, { error_msg: "The throttling threshold" }, "rate-limited", "throttling"],
  [500, {}, "server", "{}"],
  [200, { token: {} }, "auth", "token"],
])("%i %j is %s", async (status, body, outcome, words) => {
  answer = { status, body };
  const error: unknown = await authorizer()(request).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ outcome, status });
  expect(String(error)).toContain(words);
  expect(String(error)).not.toContain("very-secret");
});
