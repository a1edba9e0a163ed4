import type { Item, Task } from "../../../domain/suite.ts";
import type { Problem, Text } from "../../../domain/text.ts";
import type { Locate } from "../../yaml/yaml.ts";

import { loadEnvironment } from "../../../playing/environment.ts";
import { pluginIds } from "../../../plugins.ts";
import { validate } from "../../../validation/issues.ts";
import { unknownName } from "../../../validation/suggest.ts";
import { problemAt } from "../../yaml/yaml.ts";

/** Problems of what answers an item's calls, and of graders that need it; `locate` is relative to the item. */
export async function playProblems(
  task: Task,
  item: Item,
  locate: Locate,
): Promise<readonly Problem[]> {
  const ref = item.environment ?? task.environment;
  const use = (item.grader ?? task.grader).use;
  if (ref === undefined) return use === "goal" ? [problemAt(locate, [], noEnvironment)] : [];
  if (item.turns !== undefined) return [problemAt(locate, ["turns"], noTurns, "key")];
  const environment = await loadEnvironment(ref.use);
  if (environment === null) {
    const kind = { zh: "环境", en: "environment" };
    const message = unknownName(kind, ref.use, pluginIds("environments"));
    return [problemAt(locate, ["environment", "use"], message)];
  }
  const state = validate(environment.state, ref.state);
  if (!state.ok)
    return state.findings.map(({ path, at, message }) =>
      problemAt(locate, ["environment", "state", ...path], message, at),
    );
  if (environment.plan(state.value) === null)
    return [problemAt(locate, ["environment", "state"], noPlan)];
  return (item.tools ?? task.tools) === undefined ? [problemAt(locate, [], noTools)] : [];
}

const noEnvironment: Text = {
  zh: "goal 评分器要有环境：写 items: {generate: <环境>, …}，或在题里写 environment",
  en: "the grader goal needs an environment: write items: {generate: <environment>, …}, or environment in the item",
};
const noTurns: Text = {
  zh: "有环境的题只能有一个 question，不能有 turns",
  en: "an item with an environment has one question and no turns",
};
const noPlan: Text = {
  zh: "从这个状态出发到不了目标",
  en: "no calls lead from this state to the goal",
};
const noTools: Text = {
  zh: "有环境的题要声明 tools，否则模型什么也调用不了",
  en: "an item with an environment needs tools: without them the model can call nothing",
};
