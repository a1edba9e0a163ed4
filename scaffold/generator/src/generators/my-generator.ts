import { z } from "zod";

import type { Made } from "../../../../src/generating/generator.ts";

import { defineGenerator } from "../../../../src/generating/generator.ts";

const Options = z.strictObject({
  most: z.int().min(100).max(100_000).default(1_000).describe("largest number of the question"),
});

/** Sums and differences of two amounts, never below zero. */
export const generator = defineGenerator({
  id: "my-generator",
  version: "1",
  title: { zh: "我的题目", en: "my questions" },
  grader: "numeric",
  options: Options,
  make: (draw, { most }): Made => {
    const [less, more] = [draw.int(1, most), draw.int(1, most)].toSorted((a, b) => a - b);
    const [small, large] = [less ?? 1, more ?? 1];
    return draw.pick([true, false])
      ? {
          question: `仓库里原有 ${large} 箱货，又运来 ${small} 箱，现在有多少箱？`,
          answer: large + small,
        }
      : {
          question: `仓库里原有 ${large} 箱货，运走了 ${small} 箱，还剩多少箱？`,
          answer: large - small,
        };
  },
});
