import { createPublicKey, verify } from "node:crypto";

import { expect, test } from "vitest";

import { signingText } from "../../auth/oci.ts";
import { createHttp, type HttpRequest } from "../../transport/http.ts";
import { loadScheme } from "./scheme.ts";
import { createTokens } from "./tokens.ts";

/**
 * Requests of the AWS signing test suite with a signed body, which is how we sign. The key is the example of the AWS
 * documentation. Source: https://github.com/awslabs/aws-c-auth tests/aws-signing-test-suite/v4 (checked 2026-11).
 */
test.each([
  [
    "application/x-www-form-urlencoded",
    "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b",
  ],
  [
    "application/x-www-form-urlencoded; charset=utf-8",
    "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422",
  ],
])("SigV4, published: a body of %s", async (type, signature) => {
  const http = createHttp({ connections: 1, connect_ms: 1000 });
  const scheme = await loadScheme("sigv4");
  const sealed = await scheme?.authorize(
    {
      method: "POST",
      url: "https://example.amazonaws.com/",
      headers: { "content-type": type, "content-length": "13" },
      body: "Param1=value1",
    },
    {
      access_key_id: "AKIDEXAMPLE",
      secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    },
    { scheme: "sigv4", with: { region: "us-east-1", service: "service" } },
    {
      http,
      tokens: createTokens(() => 0),
      now: () => new Date("2015-08-30T12:36:00Z"),
      refused: null,
    },
  );
  expect(sealed?.headers["authorization"]).toBe(
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-content-sha256;x-amz-date, Signature=${signature}`,
  );
  await http.close();
});

/**
 * Oracle's worked example, as far as possible without its private key: our string to sign equals the one in the
 * example. Source: https://docs.oracle.com/iaas/Content/API/Concepts/signingrequests.htm (checked 2026-11).
 */
const oracleKey = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----`;
const iaas = "https://iaas.us-phoenix-1.oraclecloud.com/20160918";
const attachment = [
  "{",
  '    "compartmentId": "ocid1.compartment.oc1..aaaaaaaam3we6vgnherjq5q2idnccdflvjsnog7mlr6rtdb25gilchfeyjxa",',
  '    "instanceId": "ocid1.instance.oc1.phx.abuw4ljrlsfiqw6vzzxb43vyypt4pkodawglp3wqxjqofakrwvou52gb6s5a",',
  '    "volumeId": "ocid1.volume.oc1.phx.abyhqljrgvttnlx73nmrwfaux7kcvzfs3s66izvxf2h4lgvyndsdsnoiwr5q"',
  "}",
].join("\n");

test.each<[Pick<HttpRequest, "method" | "url" | "body">, string]>([
  [
    {
      method: "GET",
      url: `${iaas}/instances?availabilityDomain=Pjwf%3A%20PHX-AD-1&compartmentId=ocid1.compartment.oc1..aaaaaaaam3we6vgnherjq5q2idnccdflvjsnog7mlr6rtdb25gilchfeyjxa&displayName=TeamXInstances&volumeId=ocid1.volume.oc1.phx.abyhqljrgvttnlx73nmrwfaux7kcvzfs3s66izvxf2h4lgvyndsdsnoiwr5q`,
      body: null,
    },
    "GBas7grhyrhSKHP6AVIj/h5/Vp8bd/peM79H9Wv8kjoaCivujVXlpbKLjMPeDUhxkFIWtTtLBj3sUzaFj34XE6YZAHc9r2DmE4pMwOAy/kiITcZxa1oHPOeRheC0jP2dqbTll8fmTZVwKZOKHYPtrLJIJQHJjNvxFWeHQjMaR7M=",
  ],
  [
    { method: "POST", url: `${iaas}/volumeAttachments`, body: attachment },
    "Mje8vIDPlwIHmD/cTDwRxE7HaAvBg16JnVcsuqaNRim23fFPgQfLoOOxae6WqKb1uPjYEl0qIdazWaBy/Ml8DRhqlocMwoSXv0fbukP8J5N80LCmzT/FFBvIvTB91XuXI3hYfP9Zt1l7S6ieVadHUfqBedWH0itrtPJBgKmrWso=",
  ],
])("OCI, published: $method", (request, signature) => {
  const { text, body } = signingText(
    { ...request, headers: {} },
    // As in the example, though that day was a Sunday.
    "Thu, 05 Jan 2014 21:31:40 GMT",
  );
  const key = createPublicKey(oracleKey);
  expect(verify("RSA-SHA256", Buffer.from(text), key, Buffer.from(signature, "base64"))).toBe(true);
  const digest = "V9Z20UJTvkvpJ50flBzKE32+6m2zJjweHpDMX/U4Uy0=";
  if (request.body !== null) expect(body).toMatchObject({ "x-content-sha256": digest });
});

/** RFC 7515, appendix A.2: shows that what our test of Google's assertion verifies is indeed RS256. */
test("RS256, published", () => {
  const n =
    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
  const key = createPublicKey({ key: { kty: "RSA", e: "AQAB", n }, format: "jwk" });
  const signed =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
  const signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
  expect(verify("RSA-SHA256", Buffer.from(signed), key, Buffer.from(signature, "base64url"))).toBe(
    true,
  );
});
