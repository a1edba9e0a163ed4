import { createPublicKey, verify } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { Auth } from "../../domain/request/auth.ts";

import { assertionOf } from "../../auth/google.ts";
import { signed } from "../../auth/oci.ts";
import { simulatedPrivateKey } from "../../domain/request/simulated-key.ts";
import { pluginIds } from "../../plugins.ts";
import { createHttp, type Http, type HttpRequest } from "../../transport/http.ts";
import { createAuthorizer } from "./authorizer.ts";
import { CredentialError } from "./credential-error.ts";
import { loadScheme } from "./scheme.ts";
import { createTokens } from "./tokens.ts";

let http: Http;
let server: Server;
let url: string;
let asked: { path: string; form: URLSearchParams }[];
let answer: (n: number) => { status: number; body: string };

beforeEach(async () => {
  http = createHttp({ connections: 4, connect_ms: 5000 });
  asked = [];
  answer = (n) => ({
    status: 200,
    body: JSON.stringify({ access_token: `t${n}`, expires_in: 3600 }),
  });
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      asked.push({ path: request.url ?? "", form });
      const { status, body } = answer(asked.length);
      setTimeout(() => response.writeHead(status).end(body), 20);
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

const request = (change: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "POST",
  url: "https://vendor.example/v1/chat",
  headers: { "content-type": "application/json" },
  body: "{}",
  ...change,
});

test("every scheme's file is named after its id", async () => {
  const ids = pluginIds("auth");
  expect(ids).toEqual(
    expect.arrayContaining([
      "bearer",
      "entra",
      "google",
      "header",
      "ibm-iam",
      "none",
      "oci",
      "sigv4",
    ]),
  );
  const schemes = await Promise.all(ids.map(loadScheme));
  expect(schemes.map((scheme) => scheme?.id)).toEqual(ids);
});

test.each<[Auth, Record<string, string>, Record<string, string>]>([
  [{ scheme: "none" }, {}, {}],
  [{ scheme: "bearer", env: "K" }, { key: "k" }, { authorization: "Bearer k" }],
  [{ scheme: "header", env: "K", header: "api-key" }, { key: "k" }, { "api-key": "k" }],
])("%j", async (auth, secrets, headers) => {
  const authorize = createAuthorizer(http)(auth, { secrets });
  const sealed = await authorize(request());
  expect(sealed?.headers).toEqual({ "content-type": "application/json", ...headers });
  expect(await authorize(request(), sealed ?? undefined)).toBeNull();
});

const sigv4 = async (
  wire: HttpRequest,
  secrets: Record<string, string>,
  settings: Record<string, string>,
  at: string,
) => {
  const scheme = await loadScheme("sigv4");
  return scheme?.authorize(
    wire,
    secrets,
    { scheme: "sigv4", with: settings },
    {
      http,
      tokens: createTokens(() => 0),
      now: () => new Date(at),
      refused: null,
    },
  );
};
// The example keys of the AWS documentation; they grant no access.
const example = {
  access_key_id: "AKIDEXAMPLE",
  secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

test("SigV4: a model id with a colon is encoded once on the wire and twice in the signature", async () => {
  const wire = request({
    url: "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse",
    body: '{"messages":[{"role":"user","content":[{"text":"你好"}]}]}',
  });
  const sealed = await sigv4(wire, example, { region: "us-east-1" }, "2026-01-01T00:00:00Z");
  expect(sealed?.url).toBe(wire.url);
  expect(sealed?.headers).toMatchObject({
    "x-amz-date": "20260101T000000Z",
    "x-amz-content-sha256": "11b39746a831b168e8df257bd45da65e2b7e5a26fa76929d5c0ed3b7e544b8c2",
  });
  expect(sealed?.headers["authorization"]).toContain(
    "Credential=AKIDEXAMPLE/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date, Signature=",
  );
  expect(sealed?.headers["host"]).toBeUndefined();
});

test("SigV4: a session token is sent and signed", async () => {
  const secrets = { ...example, session_token: "TOKEN" };
  const sealed = await sigv4(request(), secrets, {}, "2026-01-01T00:00:00Z");
  expect(sealed?.headers["x-amz-security-token"]).toBe("TOKEN");
  expect(sealed?.headers["authorization"]).toContain("x-amz-security-token");
});

test("OCI: date, target, host and the body's digest are signed", () => {
  const body = '{"message":"hello"}';
  const wire = request({
    url: "https://inference.generativeai.us-chicago-1.oci.oraclecloud.com/20231130/actions/chat?a=1",
    body,
  });
  const at = new Date("2026-11-21T00:00:00Z");
  const sealed = signed(wire, { keyId: "t/u/f", pem: simulatedPrivateKey }, at);
  const fields =
    /headers="([^"]*)",keyId="t\/u\/f",algorithm="rsa-sha256",signature="([^"]*)"/.exec(
      sealed.headers["authorization"] ?? "",
    );
  expect(fields?.[1]).toBe(
    "date (request-target) host content-length content-type x-content-sha256",
  );
  const text = [
    "date: Sat, 21 Nov 2026 00:00:00 GMT",
    "(request-target): post /20231130/actions/chat?a=1",
    "host: inference.generativeai.us-chicago-1.oci.oraclecloud.com",
    "content-length: 19",
    "content-type: application/json",
    "x-content-sha256: my1Dr/v0mjZwKN8uFBT4TA4JmsmMPVSoqAFX/XdxryU=",
  ].join("\n");
  const signature = Buffer.from(fields?.[2] ?? "", "base64");
  const key = createPublicKey(simulatedPrivateKey);
  expect(verify("RSA-SHA256", Buffer.from(text), key, signature)).toBe(true);
});

const account = (token_uri: string) => ({
  client_email: "a@b.example",
  private_key: simulatedPrivateKey,
  private_key_id: "k1",
  token_uri,
});

test("Google: the assertion is signed and names issuer, audience, scope and lifetime", () => {
  const [head = "", claims = "", signature = ""] = assertionOf(
    account("https://oauth2.googleapis.com/token"),
    new Date(1_700_000_000_000),
  ).split(".");
  const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
  expect(decoded(head)).toEqual({ alg: "RS256", typ: "JWT", kid: "k1" });
  expect(decoded(claims)).toEqual({
    iss: "a@b.example",
    scope: "https://www.googleapis.com/auth/cloud-platform",
    aud: "https://oauth2.googleapis.com/token",
    iat: 1_700_000_000,
    exp: 1_700_003_600,
  });
  const key = createPublicKey(simulatedPrivateKey);
  const bytes = Buffer.from(`${head}.${claims}`);
  expect(verify("RSA-SHA256", bytes, key, Buffer.from(signature, "base64url"))).toBe(true);
});

const tokenSchemes = (): readonly [Auth, Record<string, string>, string, string][] => [
  [
    { scheme: "google", env: "K" },
    { key: JSON.stringify(account(`${url}/token`)) },
    "/token",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
  ],
  [
    { scheme: "entra", env: {}, with: { authority: url } },
    { tenant_id: "tt", client_id: "cc", client_secret: "ss" },
    "/tt/oauth2/v2.0/token",
    "client_credentials",
  ],
  [
    { scheme: "ibm-iam", env: "K", with: { url: `${url}/identity/token` } },
    { key: "kk" },
    "/identity/token",
    "urn:ibm:params:oauth:grant-type:apikey",
  ],
];

test.each([0, 1, 2])("token scheme %#: fetched once for all concurrent requests", async (n) => {
  const [auth, secrets, path, grant] = tokenSchemes()[n] ?? raise();
  const authorize = createAuthorizer(http)(auth, { secrets });
  const sealed = await Promise.all(Array.from({ length: 20 }, () => authorize(request())));
  expect(new Set(sealed.map((each) => each?.headers["authorization"]))).toEqual(
    new Set(["Bearer t1"]),
  );
  expect(asked.map((each) => [each.path, each.form.get("grant_type")])).toEqual([[path, grant]]);
});

test("a refused token is renewed once, however many requests were refused with it", async () => {
  const [auth, secrets] = tokenSchemes()[1] ?? raise();
  const authorize = createAuthorizer(http)(auth, { secrets });
  const first = (await authorize(request())) ?? raise();
  const again = await Promise.all([authorize(request(), first), authorize(request(), first)]);
  expect(again.map((each) => each?.headers["authorization"])).toEqual(["Bearer t2", "Bearer t2"]);
  const late = await authorize(request(), first);
  expect(late?.headers["authorization"]).toBe("Bearer t2");
  expect(asked).toHaveLength(2);
});

test.each<[number, string, Partial<CredentialError>]>([
  [
    400,
    '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}',
    { outcome: "auth", code: "invalid_grant", message: "token endpoint: Invalid JWT Signature." },
  ],
  [
    400,
    '{"errorCode":"BXNIM0415E","errorMessage":"Provided API key could not be found."}',
    { outcome: "auth", code: "BXNIM0415E" },
  ],
  [503, "busy", { outcome: "overloaded", status: 503, message: "token endpoint: busy" }],
  [429, "{}", { outcome: "rate-limited" }],
  [200, "{}", { outcome: "auth" }],
])("a token endpoint that answers %s %s", async (status, body, expected) => {
  const [auth, secrets] = tokenSchemes()[2] ?? raise();
  const authorize = createAuthorizer(http)(auth, { secrets });
  answer = () => ({ status, body });
  const error: unknown = await authorize(request()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CredentialError);
  expect(error).toMatchObject(expected);
  answer = () => ({ status: 200, body: '{"access_token":"good"}' });
  expect((await authorize(request()))?.headers["authorization"]).toBe("Bearer good");
});

test("an unreachable token endpoint is network, and the secret is not shown", async () => {
  const closed = `${url}/identity/token`;
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  const auth: Auth = { scheme: "ibm-iam", with: { url: closed } };
  const authorize = createAuthorizer(http)(auth, { secrets: { key: "very-secret-key" } });
  const error: unknown = await authorize(request()).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ outcome: "network" });
  expect(String(error)).not.toContain("very-secret-key");
});

test("a malformed key file is reported without its content", async () => {
  const authorize = createAuthorizer(http)({ scheme: "google" }, { secrets: { key: "{secret" } });
  await expect(authorize(request())).rejects.toThrow(
    "the Google key is no service account key file",
  );
});

test("tokens are renewed before they expire", async () => {
  let now = 0;
  let fetched = 0;
  const tokens = createTokens(() => now);
  const get = (life: number) =>
    tokens.get("k", null, () => {
      fetched += 1;
      return Promise.resolve({ value: `t${fetched}`, expires_in_s: life });
    });
  expect(await get(3600)).toBe("t1");
  now = 3_299_999;
  expect(await get(3600)).toBe("t1");
  now = 3_300_000;
  expect(await get(10)).toBe("t2");
  now += 4999;
  expect(await get(10)).toBe("t2");
  now += 1;
  expect(await get(10)).toBe("t3");
});

const raise = (): never => {
  throw new Error("no such row");
};
