import { join } from "node:path";

import { expect, test } from "vitest";

import { folderWith } from "../../testing/files.ts";
import { readProvider } from "../providers.ts";
import { proofOf } from "./proof.ts";

const vendor = (more: string) => `schema: provider/1
id: acme
protocol: openai-chat
base_url: \${ACME_URL:-https://api.acme.example/v1}
${more}`;

const recording = {
  schema: "recording/1",
  provider: "acme",
  host: "api.acme.example",
  simulated: false,
  recorded_on: "2026-11-20",
};

async function proof(more: string, files: Readonly<Record<string, unknown>> = {}) {
  const texts = Object.entries(files).map(([name, json]) => [
    `recordings/${name}`,
    JSON.stringify(json),
  ]);
  const folder = await folderWith({ "acme.yaml": vendor(more), ...Object.fromEntries(texts) });
  return proofOf(await readProvider(join(folder, "acme.yaml")), folder);
}

test("nothing but the simulator", async () => {
  expect(await proof("")).toEqual({ kind: "simulated", on: null });
});

test("the vendor's SDK", async () => {
  expect(await proof("sdk: acme-sdk 1.0.0\n")).toEqual({ kind: "sdk", on: null });
});

test("the newest recording counts", async () => {
  const files = {
    "acme.a.json": recording,
    "acme.b.json": { ...recording, recorded_on: "2026-11-28" },
  };
  expect(await proof("sdk: acme-sdk 1.0.0\n", files)).toEqual({
    kind: "recorded",
    on: "2026-11-28",
  });
});

test.each([
  ["of the simulator", { ...recording, simulated: true }],
  ["through a gateway", { ...recording, host: "gateway.example" }],
  ["of another vendor", { ...recording, provider: "acme-two" }],
  ["of another format", { ...recording, schema: "recording/2" }],
])("a recording %s does not count", async (_of, json) => {
  expect(await proof("", { "acme.a.json": json })).toEqual({ kind: "simulated", on: null });
});

test("a server of the user's own is not ours to prove", async () => {
  const folder = await folderWith({ "acme.yaml": vendor("") });
  const own = { ...(await readProvider(join(folder, "acme.yaml"))), id: "mine" };
  expect(await proofOf(own, folder)).toBeNull();
});
