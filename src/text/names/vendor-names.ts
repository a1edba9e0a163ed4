import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Names of the vendors whose files ship with the program; read once. */
export function shippedVendorNames(): readonly string[] {
  shipped ??= vendorNames(providersAbove(import.meta.dirname));
  return shipped;
}

let shipped: readonly string[] | null = null;

/**
 * Names out of the titles of the provider files in a folder, in Chinese and English, each once: 通义千问, 阿里, Qwen. What a title
 * says of its interface stands in brackets or is a common word, and is no name. Empty where there is no such folder.
 */
export function vendorNames(folder: string | null): readonly string[] {
  if (folder === null) return [];
  const titles = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => titlesIn(readFileSync(join(folder, name), "utf8")));
  return [...new Set(titles.flatMap(namesIn))];
}

/** What a title calls its vendor and its models. */
export function namesIn(title: string): readonly string[] {
  const words = title
    .replaceAll(/[（(][^）)]*[）)]/gu, " ")
    .split(/[\s·/,，、]+/u)
    .flatMap((word) => word.match(/\p{Script=Han}+|[A-Za-z][A-Za-z0-9.-]*/gu) ?? []);
  return words.flatMap((word) => {
    if (!/\p{Script=Han}/u.test(word))
      return word.length >= 3 && !common.test(word) ? [word.replace(/\.(?:ai|com)$/iu, "")] : [];
    const bare = word.replace(/(?:云|大模型|智能|应用|科技|网关|平台)$/u, "");
    return bare.length >= 2 && !generic.test(bare) ? [bare] : [];
  });
}

const generic =
  /^(?:应用|网关|路由|智能体|聊天助手|模拟厂商|模拟|基线|自建|本机|生成式|兼容接口)$/u;
/** English words of titles that a reply may hold without naming anybody. */
const common =
  /^(?:api|and|with|the|own|one|new|older|face|app|application|assistant|baseline|bot|chat|cloud|compatible|dialect|gateway|generative|hugging|inference|local|model|native|proxy|requests|responses|router|sdk|serve|server|service|signed|simulated|spark|studio|together|token|transformers|vendor|ark|meta|command|step)$/iu;

/** `title: {zh: …, en: …}`, or its lines. */
function titlesIn(text: string): readonly string[] {
  const block = /^title:(?: *\{[^\n]*\}| *[^\n{]+|(?:\n +[^\n]+)+)/mu.exec(text)?.[0] ?? "";
  const found = Array.from(
    block.matchAll(/\b(?:zh|en): *(?:"([^"]+)"|'([^']+)'|([^,}\n]+))/gu),
    ([, double, single, plain]) => (double ?? single ?? plain ?? "").trim(),
  );
  return found.length > 0 ? found : [block.replace(/^title: */u, "").trim()].filter(Boolean);
}

/** The folder `providers` beside the package's own file, from this module or the built program upwards. */
function providersAbove(from: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, "providers");
    if (existsSync(found) && existsSync(join(folder, "package.json"))) return found;
    if (folder === dirname(folder)) return null;
  }
}
