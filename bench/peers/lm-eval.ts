import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { offline, pythonVersion } from "./python.ts";
import { promptWith, resultWith, type Tool } from "./tool.ts";

/** lm-evaluation-harness: its chat models ask for whole replies and read no stream. */
export const lmEval: Tool = {
  name: "lm-evaluation-harness",
  home: { variable: "LM_EVAL", program: "bin/lm_eval" },
  version: (at) => pythonVersion(at, "lm_eval"),
  isStreaming: false,
  prepare: ({ folder, url, streams }, at) => {
    writeFileSync(join(folder, "sums-task.yaml"), taskOf(folder));
    const model = [
      "model=load",
      `base_url=${url}/v1/chat/completions`,
      `num_concurrent=${streams}`,
      "tokenized_requests=False",
    ];
    return {
      command: join(at, "bin/lm_eval"),
      args: [
        ["run", "--model", "local-chat-completions", "--model_args", model.join(",")],
        ["--tasks", "sums", "--include_path", ".", "--apply_chat_template"],
        ["--output_path", "out", "--log_samples"],
      ].flat(),
      // Every job converts its rows anew, as a first run does.
      env: { ...offline, HF_HOME: join(folder, "hf"), OPENAI_API_KEY: "none" },
    };
  },
  right: ({ folder, items }) => {
    const files = readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" });
    const file = files.find((name) => /results_[^/]*\.json$/.test(name));
    if (file === undefined) return null;
    const share = /"exact_match,result": ([\d.]+)/.exec(
      readFileSync(join(folder, "out", file), "utf8"),
    )?.[1];
    return share === undefined ? null : Math.round(Number(share) * items);
  },
};

const taskOf = (folder: string): string => `task: sums
dataset_path: json
dataset_kwargs:
  data_files: {test: ${join(folder, "sums.jsonl")}}
test_split: test
output_type: generate_until
doc_to_text: "${promptWith("{{question}}")}"
doc_to_target: "{{answer}}"
generation_kwargs: {until: [], max_gen_toks: 256}
filter_list:
  - name: result
    filter:
      - {function: regex, regex_pattern: '${resultWith("(\\d+)")}'}
      - {function: take_first}
metric_list:
  - {metric: exact_match, aggregation: mean, higher_is_better: true}
`;
