import { fold } from "../../text/normalise.ts";

/**
 * The scores that a gold gives to its points, as people write them for human markers: `（各2分）`, `每点 2 分`, or one behind each point,
 * `①……（2分）②……（3分）`. Null where there are none; one score alone is that of the whole question.
 */
export function pointScoresIn(gold: string): readonly string[] | null {
  const text = fold(gold);
  const each =
    /(?:各|每(?:个?要?点|条|项|问|个|空))\s*\d+(?:\.\d+)?\s*分(?=\s*(?:[)\]】〕;,。.]|$|\n))/u.exec(
      text,
    );
  if (each !== null) return [each[0]];
  const behind = Array.from(
    text.matchAll(/[([【〔]\s*\d+(?:\.\d+)?\s*分\s*[)\]】〕]/gu),
    ([score]) => score.replaceAll(/[^\d.]/gu, ""),
  );
  return behind.length > 1 ? behind.map((score) => `${score}分`) : null;
}
