import { createRequire } from "node:module";

/** How a whole prompt is written so that no key word of it stands there. */
export type Encoding = "base64" | "pinyin";

/** A prompt in an encoding: Base64 of its UTF-8 bytes, or pinyin without tones, other signs as they are. */
export const encoded = (prompt: string, encoding: Encoding): string =>
  encoding === "base64" ? Buffer.from(prompt, "utf8").toString("base64") : spelt(prompt);

const require = createRequire(import.meta.url);
type Pinyin = (
  text: string,
  options: { readonly toneType: "none"; readonly nonZh: "consecutive" },
) => string;
let pinyin: Pinyin | null = null;

/** The dictionary is loaded when the first prompt is spelt: no other run needs it. */
function spelt(prompt: string): string {
  pinyin ??= (require("pinyin-pro") as { readonly pinyin: Pinyin }).pinyin;
  return pinyin(prompt, { toneType: "none", nonZh: "consecutive" });
}
