import { editDistance } from "../../text/edit-distance.ts";
import { commonSubsequence } from "../../text/overlap/common-subsequence.ts";
import { ngrams, sharedCount } from "../../text/overlap/ngrams.ts";

type Tokens = readonly string[];

export type Measure = "f1" | "precision" | "recall";

/** The match as a share of the candidate and of the reference, or their harmonic mean; 0 where nothing matches. */
function shares(matched: number, candidate: number, reference: number, measure: Measure): number {
  if (matched === 0 || candidate === 0 || reference === 0) return 0;
  const precision = matched / candidate;
  const recall = matched / reference;
  if (measure === "precision") return precision;
  return measure === "recall" ? recall : (2 * precision * recall) / (precision + recall);
}

/** ROUGE-N of Lin 2004: clipped n-gram overlap. */
export const rougeN = (candidate: Tokens, reference: Tokens, n: number, measure: Measure): number =>
  shares(
    sharedCount(ngrams(candidate, n), ngrams(reference, n)),
    Math.max(0, candidate.length - n + 1),
    Math.max(0, reference.length - n + 1),
    measure,
  );

/** ROUGE-L of Lin 2004 with β = 1: longest common subsequence over the whole text. */
export const rougeL = (candidate: Tokens, reference: Tokens, measure: Measure): number =>
  shares(commonSubsequence(candidate, reference), candidate.length, reference.length, measure);

/**
 * BLEU-4 of one sentence (Papineni 2002) with uniform weights, brevity penalty, and Lin & Och's 2004 smoothing:
 * one is added to matches and totals from 2-grams on. Orders longer than the reply are left out.
 */
export function bleu(candidate: Tokens, reference: Tokens): number {
  const orders = [1, 2, 3, 4].filter((n) => n <= candidate.length);
  const logs = orders.map((n) => {
    const add = n === 1 ? 0 : 1;
    const matched = sharedCount(ngrams(candidate, n), ngrams(reference, n)) + add;
    return Math.log(matched / (candidate.length - n + 1 + add));
  });
  if (logs.length === 0 || reference.length === 0) return 0;
  const precision = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  return precision * Math.min(1, Math.exp(1 - reference.length / candidate.length));
}

/** chrF of Popović 2015: n-grams of 1 to 6, precision and recall averaged over the orders, then Fβ. */
export function chrf(candidate: Tokens, reference: Tokens, beta: number): number {
  const orders = [1, 2, 3, 4, 5, 6].filter((n) => n <= candidate.length && n <= reference.length);
  if (orders.length === 0) return 0;
  const overlaps = orders.map((n) => ({
    n,
    matched: sharedCount(ngrams(candidate, n), ngrams(reference, n)),
  }));
  const mean = (total: number): number =>
    overlaps.reduce((sum, { n, matched }) => sum + matched / (total - n + 1), 0) / orders.length;
  const precision = mean(candidate.length);
  const recall = mean(reference.length);
  const weight = beta * beta;
  return precision + recall === 0
    ? 0
    : ((1 + weight) * precision * recall) / (weight * precision + recall);
}

/** 1 - distance / longer length: the share of characters that need no edit. */
export const editSimilarity = (candidate: Tokens, reference: Tokens): number => {
  const longer = Math.max(candidate.length, reference.length);
  return longer === 0 ? 1 : 1 - editDistance(candidate, reference) / longer;
};
