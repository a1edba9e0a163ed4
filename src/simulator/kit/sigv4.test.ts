import type { IncomingHttpHeaders } from "node:http";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { ReceivedHttp } from "./protocol.ts";

import { createAuthorizer } from "../../calling/auth/authorizer.ts";
import { createHttp } from "../../transport/http.ts";
import { signatureOf, sigv4Trouble } from "./sigv4.ts";

const request = (method: string, target: string, headers: IncomingHttpHeaders): ReceivedHttp => {
  const [path = "", query = ""] = target.split("?");
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    body: Buffer.alloc(0),
  };
};

/**
 * Cases of the AWS signing test suite without path normalisation, because Bedrock's signer does not normalise either.
 * Source: https://github.com/awslabs/aws-c-auth tests/aws-signing-test-suite/v4 (checked 2026-11). The key is the
 * example key of the AWS documentation and gives access to nothing.
 */
const published: readonly (readonly [
  name: string,
  method: string,
  target: string,
  headers: Record<string, string>,
  signature: string,
])[] = [
  [
    "get-header-value-multiline",
    "GET",
    "/",
    { "my-header1": "value1 value2 value3" },
    "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd",
  ],
  [
    "get-header-value-trim",
    "GET",
    "/",
    { "my-header1": " value1", "my-header2": ' "a   b   c"' },
    "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
  ],
  [
    "get-relative-relative-unnormalized",
    "GET",
    "/example1/example2/../..",
    {},
    "dc33e0856fd4baca4d7aa2146c38958283844764f38c74252a333df5e613003b",
  ],
  [
    "get-relative-unnormalized",
    "GET",
    "/example/..",
    {},
    "eca7ead57bb5aa5c8e28007acd4ff04e1ff9a0ff3b237ec1554a184887ff9282",
  ],
  [
    "get-slash-dot-slash-unnormalized",
    "GET",
    "/./",
    {},
    "68714168e6557f8f2de0ef956fc24dc2593a4bd2961f8df51898d8a134695145",
  ],
  [
    "get-slash-pointless-dot-unnormalized",
    "GET",
    "/./example",
    {},
    "beb03f223f7deae4146464f06e29eebbee9c8afbe15c290cf07aa8b119e14cff",
  ],
  [
    "get-slash-unnormalized",
    "GET",
    "//",
    {},
    "c88bcd3d312d75078c0cd961d6deae3f4c754924b01669efcfcb439fd5e5b76e",
  ],
  [
    "get-slashes-unnormalized",
    "GET",
    "//example//",
    {},
    "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5",
  ],
  [
    "get-space-unnormalized",
    "GET",
    "/example space/",
    {},
    "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
  ],
  [
    "get-unreserved",
    "GET",
    "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    {},
    "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
  ],
  ["get-utf8", "GET", "/ሴ", {}, "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"],
  [
    "get-vanilla",
    "GET",
    "/",
    {},
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
  ],
  [
    "get-vanilla-empty-query-key",
    "GET",
    "/?Param1=value1",
    {},
    "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
  ],
  [
    "get-vanilla-query-order-encoded",
    "GET",
    "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1",
    {},
    "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
  ],
  [
    "get-vanilla-query-order-key-case",
    "GET",
    "/?Param2=value2&Param1=value1",
    {},
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
  [
    "get-vanilla-query-unreserved",
    "GET",
    "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    {},
    "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197",
  ],
  [
    "get-vanilla-utf8-query",
    "GET",
    "/?ሴ=bar",
    {},
    "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
  ],
  [
    "get-vanilla-with-session-token",
    "GET",
    "/",
    { "x-amz-security-token": "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267" },
    "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
  ],
  [
    "post-header-key-case",
    "POST",
    "/",
    {},
    "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
  ],
  [
    "post-header-key-sort",
    "POST",
    "/",
    { "my-header1": "value1" },
    "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
  ],
  [
    "post-header-value-case",
    "POST",
    "/",
    { "my-header1": "VALUE1" },
    "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
  ],
  [
    "post-sts-header-before",
    "POST",
    "/",
    {
      "x-amz-security-token":
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==",
    },
    "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead",
  ],
  [
    "post-vanilla-empty-query-value",
    "POST",
    "/?Param1=value1",
    {},
    "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11",
  ],
];

describe("the checker agrees with the published signatures", () => {
  test.each(published)("%s", (_, method, target, more, signature) => {
    const headers = {
      host: "example.amazonaws.com",
      "x-amz-date": "20150830T123600Z",
      ...more,
    };
    const names = Object.keys(headers).toSorted().join(";");
    const given = {
      secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      scope: ["20150830", "us-east-1", "service"],
      names,
    };
    expect(signatureOf(request(method, target, headers), given).toString("hex")).toBe(signature);
  });
});

test("the checker accepts what the adapter signs, and nothing else", async () => {
  const http = createHttp({ connections: 1, connect_ms: 1000 });
  const authorize = createAuthorizer(http)(
    { scheme: "sigv4", env: { access_key_id: "A", secret_access_key: "B" } },
    { simulator: "http://127.0.0.1:1" },
  );
  const segment = fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" });
  await fc.assert(
    fc.asyncProperty(
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[\w-]{1,8}$/), segment, { maxKeys: 3 }),
      fc.string({ unit: "grapheme" }),
      async (segments, query, body) => {
        const path = segments.map((each) => encodeURIComponent(each.toWellFormed())).join("/");
        const url = new URL(`https://bedrock.example/model/${path}`);
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
        const headers = { "content-type": "application/json" };
        const sealed = await authorize({ method: "POST", url: url.href, headers, body });
        const seen = {
          ...request("POST", url.pathname + url.search, { ...sealed?.headers, host: url.host }),
          body: Buffer.from(body),
        };
        expect(sigv4Trouble(seen)).toBeNull();
        const other = { ...seen, body: Buffer.from(`${body} `) };
        expect(sigv4Trouble(other)?.code).toBe("InvalidSignatureException");
        const moved = { ...seen, path: `${seen.path}x` };
        expect(sigv4Trouble(moved)?.code).toBe("InvalidSignatureException");
      },
    ),
    { numRuns: 60 },
  );
  await http.close();
});
