import { expect, test } from "vitest";

import { frameStream } from "./bedrock.ts";
import { createDraft } from "./exchange/timed-draft.ts";

const read = (hex: string) => {
  const { draft } = createDraft();
  const events: { name: string; json: unknown }[] = [];
  const faults: string[] = [];
  const stream = frameStream((json, name) => events.push({ name, json }))(
    draft,
    (action, ...given) => {
      try {
        action(...given);
      } catch (error) {
        faults.push(String(error));
      }
    },
  );
  // In pieces that ignore frame boundaries.
  const bytes = Buffer.from(hex, "hex");
  for (let at = 0; at < bytes.length; at += 7) stream.push(bytes.subarray(at, at + 7), 0);
  stream.end();
  return { events, faults, error: draft.error };
};

/**
 * Test frames of the AWS SDK for JavaScript. Their payload is not JSON, so a good frame is one whose only fault is
 * that. Source: https://github.com/smithy-lang/smithy-typescript eventstream-codec/test_vectors (checked 2026-11).
 */
test.each([
  [
    "all_headers",
    "000000cc000000af0fae64ca0a6576656e742d74797065040000a00c0c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0a626f6f6c2066616c73650109626f6f6c207472756500046279746502cf08627974652062756606001449276d2061206c6974746c6520746561706f74210974696d657374616d70080000000000845fed05696e74313603002a05696e7436340500000000028757b20475756964090102030405060708090a0b0c0d0e0f107b27666f6f273a27626172277daba5f10c",
    null,
  ],
  ["empty_message", "000000100000000005c248eb7d98c8ff", null],
  [
    "int32_header",
    "0000002d0000001041c424b80a6576656e742d74797065040000a00c7b27666f6f273a27626172277d36f480a0",
    null,
  ],
  ["payload_no_headers", "0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936", null],
  [
    "payload_one_str_header",
    "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1",
    null,
  ],
  [
    "corrupted_header_len",
    "0000003d0000002107fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1",
    "checksum mismatch",
  ],
  [
    "corrupted_headers",
    "0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b61666f6f273a27626172277d8d9c08b1",
    "checksum mismatch",
  ],
  [
    "corrupted_length",
    "0000003e0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1",
    "checksum mismatch",
  ],
  [
    "corrupted_payload",
    "0000001d00000000fd528c5a5b27666f6f273a27626172277dc3653936",
    "checksum mismatch",
  ],
])("published frame: %s", (name, hex, fault) => {
  const { faults } = read(hex);
  if (fault !== null) expect(faults.join()).toMatch(/checksum/i);
  else if (name === "empty_message") expect(faults).toEqual([]);
  else expect(faults).toEqual([expect.stringMatching(/^SyntaxError.*JSON/)]);
});

/** Frames of Bedrock as its SDK decodes them, one after the other. */
const conversation = [
  "000000760000005296d5fade0b3a6576656e742d7479706507000c6d65737361676553746172740d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22726f6c65223a22617373697374616e74227d6fa8c599",
  "000000950000005789cbb35e0b3a6576656e742d74797065070011636f6e74656e74426c6f636b44656c74610d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a302c2264656c7461223a7b2274657874223a22e4bda0227d7d8fd313c5",
  "000000950000005789cbb35e0b3a6576656e742d74797065070011636f6e74656e74426c6f636b44656c74610d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a302c2264656c7461223a7b2274657874223a22e5a5bd227d7db66c9361",
  "0000007d00000056e6680fd60b3a6576656e742d74797065070010636f6e74656e74426c6f636b53746f700d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b22636f6e74656e74426c6f636b496e646578223a307db32e4d34",
  "0000007a00000051ca2c46650b3a6576656e742d7479706507000b6d65737361676553746f700d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b2273746f70526561736f6e223a22656e645f7475726e227d5fbf09fc",
  "000000b70000004e56a167fa0b3a6576656e742d747970650700086d657461646174610d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e747b227573616765223a7b22696e707574546f6b656e73223a31312c226f7574707574546f6b656e73223a322c22746f74616c546f6b656e73223a31337d2c226d657472696373223a7b226c6174656e63794d73223a31357d7d3f94873a",
];

test("a conversation in Bedrock's frames", () => {
  const { events, faults, error } = read(conversation.join(""));
  expect(faults).toEqual([]);
  expect(error).toBeNull();
  expect(events).toEqual([
    { name: "messageStart", json: { role: "assistant" } },
    { name: "contentBlockDelta", json: { contentBlockIndex: 0, delta: { text: "你" } } },
    { name: "contentBlockDelta", json: { contentBlockIndex: 0, delta: { text: "好" } } },
    { name: "contentBlockStop", json: { contentBlockIndex: 0 } },
    { name: "messageStop", json: { stopReason: "end_turn" } },
    {
      name: "metadata",
      json: {
        usage: { inputTokens: 11, outputTokens: 2, totalTokens: 13 },
        metrics: { latencyMs: 15 },
      },
    },
  ]);
});

test("an exception in the middle of a stream is an error with its name", () => {
  const exception =
    "00000090000000618e91a9b70f3a657863657074696f6e2d747970650700137468726f74746c696e67457863657074696f6e0d3a636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d74797065070009657863657074696f6e7b226d657373616765223a22546f6f206d616e79207265717565737473227de67f8005";
  const { error, events } = read(`${conversation[0]}${exception}`);
  expect(events).toHaveLength(1);
  expect(error).toMatchObject({ code: "throttlingException", message: "Too many requests" });
});
