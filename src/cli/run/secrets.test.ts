import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { baimo, baimoHere, inProcess } from "../testing/process.ts";

/** Every place where a secret can come from. None looks like a key, so that only knowing it helps. */
const secrets = {
  CANARY_KEY: "kanarienvogel-kopfzeile-01",
  CANARY_TEAM: "kanarienvogel team/02+?",
  CANARY_SIGN: "kanarienvogel&abfrage=03",
  CANARY_PATH: "kanarienvogel-pfad-04",
  CANARY_PASSWORD: "kanarienvogel-passwort-05",
};

/** As it is, as a URL, as JSON and as base64 shows it. */
const shapes = Object.values(secrets).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(0, -1),
]);

/** A vendor that repeats all it was sent: in an error as JSON, in one as a page, then in a header and in its answers. */
function startGossip() {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const { authorization, "x-team": team } = request.headers;
    const basic = Buffer.from(secrets.CANARY_TEAM).toString("base64");
    const gossip = `GET ${request.url} key ${authorization} team ${String(team)} basic ${basic} ${secrets.CANARY_SIGN} ${secrets.CANARY_PASSWORD}`;
    if (asked === 1) {
      response.writeHead(500, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: gossip, code: authorization } }));
      return;
    }
    if (asked === 2) {
      response.writeHead(502, { "content-type": "text/html" }).end(`<html>${gossip}</html>`);
      return;
    }
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "x-request-id": `req ${secrets.CANARY_KEY}`,
    });
    const chunk = (delta: object, finish: string | null) =>
      `data: ${JSON.stringify({ model: `m ${secrets.CANARY_KEY}`, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    response.write(chunk({ reasoning_content: gossip }, null));
    response.write(chunk({ content: `${gossip}\n答案：4` }, null));
    response.end(`${chunk({}, "stop")}data: [DONE]\n\n`);
  });
  return new Promise<{ port: number; close: () => void }>((done) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      done({ port, close: () => server.close() });
    });
  });
}

const config = (port: number): string => `schema: baimo/1
suites: [s.yaml]
targets: [gossip/m]
providers:
  gossip:
    protocol: openai-chat
    base_url: http://user:\${CANARY_PASSWORD}@127.0.0.1:${port}/\${CANARY_PATH}/v1
    auth: {scheme: bearer, env: CANARY_KEY}
    headers: {x-team: "\${CANARY_TEAM}"}
    query: {sign: "\${CANARY_SIGN}"}
run: {attempts: 4}
`;

const suite = `schema: suite/1
id: s
tasks:
  - id: t
    dimension: [数学]
    prompt: "{{question}}"
    grader: {use: numeric}
    items:
      - {id: a, question: "1 + 3 = ?", answer: 4}
      - {id: b, question: "2 + 2 = ?", answer: 4}
`;

test("no secret reaches a file, the terminal or a report, though the vendor repeats them all", async () => {
  const folder = await mkdtemp(join(tmpdir(), "baimo-secrets-"));
  const gossip = await startGossip();
  await writeFile(join(folder, "baimo.yaml"), config(gossip.port));
  await writeFile(join(folder, "s.yaml"), suite);
  const run = await baimo(folder, ["run", "--out", "r.jsonl", "--reporter", "log"], secrets);
  expect(run.code).toBe(0);
  const outputs = [run.stdout, run.stderr, await readFile(join(folder, "r.jsonl"), "utf8")];
  for (const format of ["table", "md", "csv", "json", "html"]) {
    const board = await inProcess(folder, ["leaderboard", "r.jsonl", "--format", format]);
    outputs.push(board.stdout, board.stderr);
  }
  expect(outputs[2]).toContain("答案：4");
  expect(outputs[2]).toContain("***");
  expect(outputs[2]?.match(/"outcome":"server"/g)?.length).toBeGreaterThan(1);
  const found = shapes.filter((shape) => outputs.some((output) => output.includes(shape)));
  expect(found).toEqual([]);
  gossip.close();
  await rm(folder, { recursive: true });
});

test("a wrong address is shown as it is written, not as it is filled in", async () => {
  const folder = await mkdtemp(join(tmpdir(), "baimo-secrets-"));
  await writeFile(
    join(folder, "baimo.yaml"),
    config(1).replace("http://user:${CANARY_PASSWORD}@127.0.0.1:1/", "ftp://"),
  );
  await writeFile(join(folder, "s.yaml"), suite);
  const run = await baimoHere(folder, ["run", "--dry-run"], secrets);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain("${CANARY_PATH}");
  expect(run.stderr).not.toContain(secrets.CANARY_PATH);
  await rm(folder, { recursive: true });
});
