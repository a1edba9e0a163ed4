import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { Lang } from "../../domain/text.ts";
import type { PageAssets } from "./assets.ts";
import type { Report } from "./report.ts";

import { jsonText, plain } from "../render/plain.ts";

/** Where a page finds its blocks: in itself, or beside it by name. */
export type BlockPlace = "inside" | { readonly folder: string };

export type PageDocument = {
  readonly report: Report;
  /** Compressed like the blocks. */
  readonly index: Buffer;
  readonly blocks: readonly Buffer[];
  readonly assets: PageAssets;
  readonly lang: Lang;
};

/**
 * The page as pieces of one text. Nothing in it is loaded from elsewhere, and the policy in its head lets nothing be:
 * the one script that may run is known by its hash, so that nothing a model wrote ever could. Data come before the
 * script, blocks after it: the page is shown while they are still being read.
 */
export function* pagePieces(
  { report, index, blocks, assets, lang }: PageDocument,
  place: BlockPlace = "inside",
): Generator<string> {
  const { script, style } = assets;
  const hash = createHash("sha256").update(script).digest("base64");
  const connect = place === "inside" ? "'none'" : "'self'";
  const policy = `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:; connect-src ${connect}; base-uri 'none'; form-action 'none'`;
  const title = report.title ?? { zh: "评测报告", en: "Evaluation report" }[lang];
  yield [
    "<!doctype html>",
    `<html lang="${lang === "zh" ? "zh-CN" : "en"}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    '<div id="root"></div>',
    `<noscript>${escaped(report.conclusion[lang])}</noscript>`,
    dataTag("report", "application/json", inlineJson(shownOf(report))),
    dataTag("index", "text/plain", index.toString("base64")),
    dataTag(
      "blocks",
      "application/json",
      inlineJson(place === "inside" ? { count: blocks.length } : { folder: place.folder }),
    ),
    `<script>${script}</script>`,
    "",
  ].join("\n");
  if (place === "inside") {
    for (const [number, block] of blocks.entries())
      yield `${dataTag(`block-${number}`, "text/plain", block.toString("base64"))}\n`;
  }
  yield "</body>\n</html>\n";
}

/** Writes a page that needs nothing beside itself; resolves to its size in bytes. */
export async function writePage(file: string, document: PageDocument): Promise<number> {
  const stream = createWriteStream(file);
  await once(stream, "open");
  for (const piece of pagePieces(document)) {
    if (!stream.write(piece)) await once(stream, "drain");
  }
  stream.end();
  await once(stream, "finish");
  return stream.bytesWritten;
}

/** Writes a page as `index.html` with its blocks beside it, or with those of another page, for a web server. */
export async function writePageFolder(
  folder: string,
  document: PageDocument,
  others: string | null = null,
): Promise<void> {
  await mkdir(join(folder, others ?? "blocks"), { recursive: true });
  const page = [...pagePieces(document, { folder: others ?? "blocks" })].join("");
  await writeFile(join(folder, "index.html"), page);
  if (others !== null) return;
  for (const [number, block] of document.blocks.entries())
    await writeFile(join(folder, "blocks", `${number}.bin`), block);
}

/** What repeats the tables for other programs stays out of the page. */
const shownOf = ({ leaderboard: _raw, comparisons, ...shown }: Report) => ({
  ...shown,
  comparisons: comparisons.map(({ data: _data, ...comparison }) => comparison),
});

/** The content of a data tag ends nowhere but at its end, whatever a model wrote. */
const inlineJson = (value: unknown): string => jsonText(value).replaceAll("<", "\\u003c");

const dataTag = (id: string, type: string, content: string): string =>
  `<script id="${id}" type="${type}">${content}</script>`;

const escaped = (text: string): string =>
  plain(text).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
