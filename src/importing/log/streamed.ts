import { listOf, memberOf, textOf } from "../../domain/json.ts";

/**
 * The whole reply of a streamed response that was logged as it came (`data: {…}` lines); null where the text is no such
 * stream. Its text is null where the stream broke off or was cut by the length.
 */
export function streamedText(
  log: string,
): { readonly text: string | null; readonly model: string | null } | null {
  if (!/^\s*(?:event:[^\n]*\n)?data:/.test(log)) return null;
  const parts: string[] = [];
  let model: string | null = null;
  let finish: string | null = null;
  for (const [, data = ""] of log.matchAll(/^data:\s*(\{.*\})\s*$/gm)) {
    const chunk = parsed(data);
    const [choice] = listOf(memberOf(chunk, "choices"));
    parts.push(
      textOf(memberOf(memberOf(choice, "delta"), "content")) ??
        textOf(memberOf(memberOf(chunk, "delta"), "text")) ??
        "",
    );
    model ??= textOf(memberOf(chunk, "model"));
    finish =
      textOf(memberOf(choice, "finish_reason")) ??
      textOf(memberOf(memberOf(chunk, "delta"), "stop_reason")) ??
      finish;
  }
  const text = parts.join("");
  const isWhole = finish === "stop" || finish === "end_turn";
  return { text: isWhole && text.trim() !== "" ? text : null, model };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
