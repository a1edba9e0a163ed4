import { crc32 } from "node:zlib";

/**
 * One frame of `application/vnd.amazon.eventstream` with text headers and a JSON payload.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html
 */
function eventFrame(names: Readonly<Record<string, string>>, payload: object): Uint8Array {
  const headers = Buffer.concat(
    Object.entries({ ...names, ":content-type": "application/json" }).map(([name, value]) => {
      const key = Buffer.from(name);
      const text = Buffer.from(value);
      const size = Buffer.alloc(2);
      size.writeUInt16BE(text.length);
      return Buffer.concat([Buffer.from([key.length]), key, Buffer.from([7]), size, text]);
    }),
  );
  const body = Buffer.from(JSON.stringify(payload));
  const total = 12 + headers.length + body.length + 4;
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(total, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const message = Buffer.concat([prelude, headers, body]);
  const end = Buffer.alloc(4);
  end.writeUInt32BE(crc32(message));
  return Buffer.concat([message, end]);
}

export const bedrockEvent = (type: string, payload: object): Uint8Array =>
  eventFrame({ ":event-type": type, ":message-type": "event" }, payload);

export const bedrockException = (type: string, message: string): Uint8Array =>
  eventFrame({ ":exception-type": type, ":message-type": "exception" }, { message });
