/**
 * SIGTERM in the middle of a 429 storm, 20 times at different moments: how long after the signal, or after the last
 * answer that was under way, does the process end, and is its lock gone?
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import "../own-temporary.ts";
import { makeProject } from "../src/cli/testing/process.ts";

const rounds = 20;
const allowedMs = 1_000;
const bin = join(import.meta.dirname, "../dist/cli/bin.js");

/** Accepts the first questions, slowly, and then refuses everything for half a minute each. */
function startStorm() {
  let asked = 0;
  let lastEnd = 0;
  const server = createServer((request, response) => {
    request.resume();
    const accepted = (asked += 1) <= 24;
    setTimeout(
      () => {
        lastEnd = performance.now();
        if (accepted) {
          response.writeHead(200, { "content-type": "application/json" });
          response.end(
            JSON.stringify({
              choices: [{ message: { content: "7" }, finish_reason: "stop" }],
              usage: { prompt_tokens: 9, completion_tokens: 1 },
            }),
          );
        } else {
          response.writeHead(429, { "content-type": "application/json", "retry-after": "30" });
          response.end('{"error":{"message":"slow down","code":"rate_limit_exceeded"}}');
        }
      },
      accepted ? 150 : 400,
    );
  });
  return { server, lastEnd: () => lastEnd, asked: () => asked };
}

let good = 0;
let worst = 0;
for (let round = 0; round < rounds; round += 1) {
  const storm = startStorm();
  storm.server.listen(0, "127.0.0.1");
  await once(storm.server, "listening");
  const { port } = storm.server.address() as AddressInfo;
  const project = await makeProject(`http://127.0.0.1:${port}`, 200);
  const args = [bin, "run", "--out", "r.jsonl", "--reporter", "silent"];
  const child = spawn(process.execPath, args, { cwd: project.folder, stdio: "ignore" });
  while (storm.asked() <= 24) await sleep(20);
  await sleep(100 + round * 150);
  const told = performance.now();
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  const ms = performance.now() - Math.max(told, storm.lastEnd());
  const isFree = !existsSync(join(project.folder, "r.jsonl.lock"));
  worst = Math.max(worst, ms);
  if (code === 130 && isFree && ms <= allowedMs) good += 1;
  console.log(
    `${round + 1}: exit ${code} after ${ms.toFixed(0)} ms, lock ${isFree ? "gone" : "left"}`,
  );
  storm.server.closeAllConnections();
  storm.server.close();
  await project.remove();
}
console.log(`${good} of ${rounds} within ${allowedMs} ms; slowest ${worst.toFixed(0)} ms`);
process.exitCode = good === rounds ? 0 : 1;
