import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { pythonVersion } from "./python.ts";
import { promptWith, resultWith, type Tool } from "./tool.ts";

/** Inspect AI: one task with its scorer `includes`, and its log as it writes it by default. */
export const inspect: Tool = {
  name: "Inspect AI",
  home: { variable: "INSPECT", program: "bin/inspect" },
  version: (at) => pythonVersion(at, "inspect_ai"),
  isStreaming: true,
  prepare: ({ folder, url, streams }, at) => {
    writeFileSync(join(folder, "sums.py"), task);
    return {
      command: join(at, "bin/inspect"),
      args: [
        ["eval", "sums.py", "--model", "openai-api/mine/load", "-M", "stream=true"],
        ["--max-connections", String(streams), "--max-samples", String(streams)],
        ["--display", "plain", "--log-dir", "logs"],
      ].flat(),
      env: { MINE_BASE_URL: `${url}/v1`, MINE_API_KEY: "none" },
    };
  },
  right: ({ items }, stdout) => {
    const share = /accuracy:?\s+([\d.]+)/.exec(stdout)?.[1];
    return share === undefined ? null : Math.round(Number(share) * items);
  },
};

const task = `from inspect_ai import Task, task
from inspect_ai.dataset import Sample, json_dataset
from inspect_ai.scorer import includes
from inspect_ai.solver import generate


def sample(row):
    return Sample(id=row["id"], input=f"${promptWith("{row['question']}")}", target=f"${resultWith("{row['answer']}")}")


@task
def sums():
    return Task(dataset=json_dataset("sums.jsonl", sample), solver=generate(), scorer=includes())
`;
