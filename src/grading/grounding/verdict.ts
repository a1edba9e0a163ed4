import type { Grade, Scalar } from "../../domain/grader.ts";
import type { Ballot } from "../../domain/judging.ts";

/** What became of one claim: it counts in full, not at all, or nobody can tell. */
export type ClaimResult = {
  readonly text: string;
  readonly state: "good" | "bad" | "open";
  /** In a word: supported, contradicted, missing. */
  readonly label: string;
  readonly why: string;
};

const signs: Readonly<Record<ClaimResult["state"], string>> = { good: "✓", bad: "✗", open: "?" };

/**
 * The grade of a reply from its claims: the share of good ones. Open ones leave it between two bounds, which stand in the
 * notes: where `pass` lies outside of them they do not matter; else the reply is unresolved. Without `pass` they count 0,
 * and a reply with nothing but open ones is unresolved.
 */
export function gradeClaims(
  results: readonly ClaimResult[],
  pass: number | undefined,
  notes: Readonly<Record<string, Scalar>>,
  ballots: readonly Ballot[],
): Grade {
  const good = results.filter(({ state }) => state === "good").length;
  const open = results.filter(({ state }) => state === "open").length;
  const low = good / results.length;
  const high = (good + open) / results.length;
  const labels = Map.groupBy(results, ({ label }) => label);
  const detail = {
    extracted: results
      .map(({ text, state, label }) => `${signs[state]} ${text}〔${label}〕`)
      .join("\n"),
    why: whyOf(results),
    notes: {
      claims: results.length,
      ...Object.fromEntries([...labels].map(([label, own]) => [label, own.length])),
      ...notes,
      ...(low < high ? { low, high, doubtful: true } : {}),
    },
    ...(ballots.length === 0 ? {} : { ballots }),
  };
  if (pass !== undefined) {
    if (low >= pass) return { verdict: "right", value: 1, ...detail };
    if (high < pass) return { verdict: "wrong", value: 0, ...detail };
    return { verdict: "unresolved", value: 0, ...detail };
  }
  if (low === 1) return { verdict: "right", value: 1, ...detail };
  if (low > 0) return { verdict: "partial", value: low, ...detail };
  return { verdict: high > 0 ? "unresolved" : "wrong", value: 0, ...detail };
}

const mostShown = 3;

function whyOf(results: readonly ClaimResult[]): string {
  const lost = results.filter(({ state }) => state !== "good");
  if (lost.length === 0) return "every claim";
  const shown = lost.slice(0, mostShown).map(({ label, why }) => `${label} (${why})`);
  return `${lost.length} of ${results.length}: ${shown.join(", ")}`;
}
