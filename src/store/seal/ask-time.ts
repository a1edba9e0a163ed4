import { hash } from "node:crypto";

import type { Timestamp } from "../../domain/seal/seal.ts";
import type { Env } from "../config.ts";

import { UserError } from "../../domain/text.ts";
import { createHttp } from "../../transport/http.ts";
import { readNetwork } from "../providers/network.ts";

const deadlines = { first_byte: 30_000, idle: 10_000, total: 60_000 };
const mostResponseBytes = 1 << 19;

/**
 * A query for a timestamp over the SHA-256 of `bytes`, with a nonce of 8 bytes and the wish for the certificates. Every
 * part has a fixed length, so the DER is written as it stands. Source: RFC 3161, section 2.4.1
 */
function timeQuery(bytes: Uint8Array, nonce: Uint8Array): Buffer {
  const sha256 = "300d06096086480165030402010500";
  const imprint = `3031${sha256}0420${hash("sha256", bytes, "hex")}`;
  const body = `020101${imprint}0208${Buffer.from(nonce).toString("hex")}0101ff`;
  return Buffer.from(`30${(body.length / 2).toString(16)}${body}`, "hex");
}

/** A nonce of 8 bytes that is a positive INTEGER in its shortest form: the first byte is 0x40 to 0x7f. */
const nonceOf = (random: Uint8Array): Buffer =>
  Buffer.from(random.subarray(0, 8).map((byte, at) => (at === 0 ? (byte & 0x3f) | 0x40 : byte)));

type Asking = { readonly env: Env; readonly signal: AbortSignal; readonly random: Uint8Array };

/**
 * Asks a service for the time by HTTP (RFC 3161, section 3.4) and resolves to its answer, unchecked. `random` has 8 bytes.
 * Rejects with a `UserError` for a bad address, and where no answer of the protocol came.
 */
export async function askTime(
  service: string,
  bytes: Uint8Array,
  { env, signal, random }: Asking,
): Promise<Timestamp> {
  const url = addressOf(service);
  const nonce = nonceOf(random);
  const { network } = await readNetwork({ id: "tsa" }, { env, folder: "", base_url: url.href });
  const chunks: Buffer[] = [];
  let status = 0;
  let type = "";
  let size = 0;
  const http = createHttp({ connections: 1, connect_ms: 10_000 });
  try {
    const { failure } = await http.exchange(
      {
        method: "POST",
        url: url.href,
        headers: { "content-type": "application/timestamp-query", ...credentials(service) },
        body: timeQuery(bytes, nonce),
      },
      {
        head: (seen, headers) => {
          status = seen;
          type = String(headers["content-type"] ?? "");
        },
        data: (chunk) => {
          size += chunk.length;
          if (size <= mostResponseBytes) chunks.push(Buffer.from(chunk));
          return true;
        },
        enough: () =>
          size > mostResponseBytes
            ? { code: "too-large", message: "no timestamp is so long" }
            : null,
      },
      { deadlines, signal, network },
    );
    if (failure !== null) throw noAnswer(url, failure.code);
  } finally {
    await http.close();
  }
  if (status !== 200) throw noAnswer(url, `HTTP ${status}`);
  if (!/^application\/timestamp-(?:reply|response)\b/i.test(type))
    throw noAnswer(url, "content-type");
  return {
    service: url.href,
    nonce: nonce.toString("hex"),
    response: Buffer.concat(chunks).toString("base64"),
  };
}

/** The address without credentials, which belong into no file. */
function addressOf(service: string): URL {
  const url = URL.canParse(service) ? new URL(service) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UserError({
      zh: `--tsa 应是时间戳服务的地址，例如 http://tsa.example.com/tsr，得到 "${service}"`,
      en: `--tsa must be the address of a timestamp service, such as http://tsa.example.com/tsr; got "${service}"`,
    });
  }
  url.username = "";
  url.password = "";
  return url;
}

function credentials(service: string): Readonly<Record<string, string>> {
  const { username, password } = new URL(service);
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}

const noAnswer = (url: URL, reason: string): UserError =>
  new UserError({
    zh: `时间戳服务 ${url.origin} 没有给出时间戳（${reason}）；没有写封存文件。检查地址与网络，或先不加 --tsa`,
    en: `the timestamp service ${url.origin} gave no timestamp (${reason}); no seal was written. Check address and network, or leave out --tsa for now`,
  });
