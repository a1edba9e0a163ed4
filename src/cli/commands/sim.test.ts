import { once } from "node:events";

import { expect, test } from "vitest";

import { newFolder } from "../testing/command-context.ts";
import { startBaimo } from "../testing/process.ts";

/** What `baimo sim` says before it waits for requests; Ctrl-C ends it. */
async function said(...args: readonly string[]): Promise<string> {
  const sim = ["sim", "--port", "0", "--suites", "starter", ...args];
  const { child, ended } = startBaimo(newFolder(), sim);
  if (child.stdout !== null) await once(child.stdout, "data");
  child.kill("SIGINT");
  return (await ended).stdout;
}

test("a simulator says how to use it, as the model that it was asked to play", async () => {
  const text = await said("--model", "my-model");
  const url = /http:\/\/[\d.]+:\d+/.exec(text)?.[0] ?? "";
  expect(text).toContain('"model":"my-model"');
  expect(text).toContain(
    `  baimo init --url ${url}/v1 --model my-model --key-env MY_API_KEY\n  baimo ping\n  baimo run`,
  );
  expect(text).not.toContain("BAIMO_SIM_URL");
  expect(text).toContain("题集改了会重新读");
});

test("without one it speaks as one of its own", async () => {
  const text = await said("--model", "*");
  expect(text).toContain('"model":"yuanshan"');
  expect(text).toMatch(/BAIMO_SIM_URL=\S+ baimo run -m sim\/yuanshan/);
});
