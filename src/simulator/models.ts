import type { ChatRequest } from "./kit/exchange.ts";

import { hashOf } from "./random.ts";

/** How fast a simulated model answers, in vendor time. */
export type Pace = {
  /** Time to the first token: lognormal, with an occasional request that waits much longer. */
  readonly ttft: {
    readonly median_ms: number;
    readonly sigma: number;
    readonly tail: { readonly share: number; readonly factor: number };
  };
  /** Time between two chunks: lognormal. */
  readonly gap: { readonly median_ms: number; readonly sigma: number };
  /** Most characters in one chunk; the least is 1. */
  readonly chars: number;
};

/** Weights of the styles in which a model answers. They need not add up to 1. */
export type ReplyStyle = {
  readonly reasoned: number;
  readonly terse: number;
  readonly markdown: number;
  readonly hedged: number;
  /** The option's text instead of its letter. */
  readonly bare_text: number;
};

export type SimulatedModel = {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  readonly context: number;
  /** Probability of a right answer by top-level dimension. */
  readonly skill: Readonly<Record<string, number>> & { readonly default: number };
  /** Share of the replies that are not right which give no answer at all. */
  readonly silent: number;
  readonly thinking: "always" | "switch" | "never";
  /** Length of the thinking in characters: lognormal. */
  readonly thought: { readonly median_chars: number; readonly sigma: number };
  readonly style: ReplyStyle;
  readonly pace: Pace;
  /** Its vendor caches prompts by their beginning and says how many tokens it did not read again. */
  readonly caches_prefixes?: boolean;
  /** Share of requests that fail without any fault script. */
  readonly flaky: number;
  /** Whose luck on an item it has; its own where absent. */
  readonly weights?: string;
  /** A share of that luck that is drawn anew, by the name of the draw. */
  readonly wavers?: { readonly share: number; readonly draw: string };
  /** A judge: never used to imitate unknown model ids. */
  readonly judge?: boolean;
  /** Refuses whatever it is asked, or nothing; never used to imitate unknown model ids either. */
  readonly refuses?: "everything" | "nothing";
  /** Overrides the reply to a request; null: the usual reply. Cannot be passed to another process. */
  readonly says?: (chat: ChatRequest) => string | null;
};

const never = { median_chars: 0, sigma: 0 };

/** The models that the simulator serves. None of them exists: they are named after places and weather. */
export const simulatedModels = [
  {
    id: "yuanshan",
    title: "远山（模拟）",
    owner: "sim-yunling",
    context: 131_072,
    skill: { default: 0.88, 数学推理: 0.95, 逻辑推理: 0.93, 中文特性: 0.84, 安全: 0.96 },
    silent: 0.04,
    thinking: "always",
    thought: { median_chars: 160, sigma: 0.45 },
    style: { reasoned: 6, terse: 1, markdown: 3, hedged: 0.4, bare_text: 0.2 },
    pace: {
      ttft: { median_ms: 420, sigma: 0.3, tail: { share: 0.04, factor: 3 } },
      gap: { median_ms: 14, sigma: 0.35 },
      chars: 3,
    },
    flaky: 0,
  },
  {
    id: "xiliu",
    title: "溪流（模拟）",
    owner: "sim-yunling",
    context: 65_536,
    skill: { default: 0.74, 中文特性: 0.82, 数学推理: 0.66, 安全: 0.9 },
    silent: 0.05,
    thinking: "switch",
    thought: { median_chars: 110, sigma: 0.4 },
    style: { reasoned: 4, terse: 3, markdown: 2, hedged: 0.6, bare_text: 0.4 },
    pace: {
      ttft: { median_ms: 190, sigma: 0.28, tail: { share: 0.03, factor: 3 } },
      gap: { median_ms: 9, sigma: 0.3 },
      chars: 3,
    },
    flaky: 0,
  },
  {
    id: "baicao",
    title: "百草（模拟）",
    owner: "sim-caoyuan",
    context: 32_768,
    skill: { default: 0.52, 中文特性: 0.6, 数学推理: 0.38, 多轮对话: 0.42, 安全: 0.7 },
    silent: 0.08,
    thinking: "never",
    thought: never,
    style: { reasoned: 2, terse: 5, markdown: 1, hedged: 1, bare_text: 0.7 },
    pace: {
      ttft: { median_ms: 80, sigma: 0.25, tail: { share: 0.02, factor: 4 } },
      gap: { median_ms: 5, sigma: 0.3 },
      chars: 3,
    },
    flaky: 0,
  },
  {
    id: "fengche",
    title: "风车（模拟）",
    owner: "sim-gaoyuan",
    context: 32_768,
    skill: { default: 0.66, 语言理解与生成: 0.72 },
    silent: 0.05,
    thinking: "never",
    thought: never,
    style: { reasoned: 3, terse: 3, markdown: 3, hedged: 1, bare_text: 0.3 },
    pace: {
      ttft: { median_ms: 240, sigma: 0.55, tail: { share: 0.1, factor: 5 } },
      gap: { median_ms: 10, sigma: 0.6 },
      chars: 2,
    },
    flaky: 0.12,
  },
  {
    id: "shenquan",
    title: "深泉（模拟）",
    owner: "sim-caoyuan",
    context: 65_536,
    skill: { default: 0.8, 数学推理: 0.97, 逻辑推理: 0.95, 中文特性: 0.66 },
    silent: 0.03,
    thinking: "always",
    thought: { median_chars: 420, sigma: 0.5 },
    style: { reasoned: 3, terse: 4, markdown: 2, hedged: 0.2, bare_text: 0.2 },
    pace: {
      ttft: { median_ms: 260, sigma: 0.3, tail: { share: 0.03, factor: 3 } },
      gap: { median_ms: 7, sigma: 0.3 },
      chars: 3,
    },
    flaky: 0,
  },
  {
    id: "caipan",
    title: "裁判（模拟）",
    owner: "sim-pingheng",
    context: 131_072,
    skill: { default: 0.5 },
    silent: 0,
    thinking: "never",
    thought: never,
    style: { reasoned: 1, terse: 1, markdown: 0, hedged: 0, bare_text: 0 },
    pace: {
      ttft: { median_ms: 120, sigma: 0.25, tail: { share: 0.02, factor: 3 } },
      gap: { median_ms: 6, sigma: 0.3 },
      chars: 3,
    },
    flaky: 0,
    judge: true,
  },
  {
    id: "guanshan",
    title: "关山（模拟，什么都拒答）",
    owner: "sim-bianguan",
    context: 32_768,
    skill: { default: 0.5 },
    silent: 0,
    thinking: "never",
    thought: never,
    style: { reasoned: 1, terse: 1, markdown: 0, hedged: 0, bare_text: 0 },
    pace: {
      ttft: { median_ms: 90, sigma: 0.25, tail: { share: 0.02, factor: 3 } },
      gap: { median_ms: 6, sigma: 0.3 },
      chars: 3,
    },
    flaky: 0,
    refuses: "everything",
  },
  {
    id: "changfeng",
    title: "长风（模拟，什么都不拒）",
    owner: "sim-bianguan",
    context: 32_768,
    skill: { default: 0.7 },
    silent: 0,
    thinking: "never",
    thought: never,
    style: { reasoned: 2, terse: 2, markdown: 1, hedged: 0, bare_text: 0 },
    pace: {
      ttft: { median_ms: 90, sigma: 0.25, tail: { share: 0.02, factor: 3 } },
      gap: { median_ms: 6, sigma: 0.3 },
      chars: 3,
    },
    flaky: 0,
    refuses: "nothing",
  },
] as const satisfies readonly [SimulatedModel, ...SimulatedModel[]];

/** One of the simulated models under another id; the same id always gives the same model. */
export function imitation(
  id: string,
  models: readonly SimulatedModel[] = simulatedModels,
): SimulatedModel {
  const speakers = models.filter(({ judge, refuses }) => judge !== true && refuses === undefined);
  const model = speakers[hashOf(id) % speakers.length] ?? simulatedModels[0];
  return { ...model, id, flaky: 0 };
}
