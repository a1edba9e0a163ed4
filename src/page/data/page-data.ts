import type { ItemLine } from "../../domain/run-file/lines.ts";
import type { AnswerRecord, ScoreRecord } from "../../report/page/answers.ts";
import type { PageIndex } from "../../report/page/make-report.ts";
import type { Report } from "../../report/page/report.ts";

/** The report without what only other programs read. */
export type ShownReport = Omit<Report, "leaderboard">;

/** What the page was given. Read once, when it is needed. */
export const readReport = (): ShownReport => JSON.parse(contentOf("report")) as ShownReport;

let index: Promise<PageIndex> | null = null;

/** The index of all answers; decompressed once. */
export function readIndex(): Promise<PageIndex> {
  index ??= inflated(bytesOf(contentOf("index"))).then((text) => JSON.parse(text) as PageIndex);
  return index;
}

/** What a block's list holds. */
type Stored = ItemLine | AnswerRecord | ScoreRecord;

/** Blocks that are kept after use, the last used last: going back and forth must not decompress again. */
const kept = new Map<number, Promise<readonly Stored[]>>();
const mostKept = 24;

/** The list of a block. Rejects where the page was cut off before it. */
export function readBlock(number: number): Promise<readonly Stored[]> {
  const found = kept.get(number) ?? fetched(number).then((text) => JSON.parse(text) as Stored[]);
  kept.delete(number);
  kept.set(number, found);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return found;
}

/** The text of a block, not kept: for a search through all of them. */
export const readBlockText = (number: number): Promise<string> => fetched(number);

type BlockPlace = { readonly count: number } | { readonly folder: string };

/** Whether answers lie behind the figures: a leaderboard's or a comparison's page has none. */
export function holdsAnswers(): boolean {
  const place = JSON.parse(contentOf("blocks")) as BlockPlace;
  return "folder" in place || place.count > 0;
}

async function fetched(number: number): Promise<string> {
  const place = JSON.parse(contentOf("blocks")) as BlockPlace;
  if ("folder" in place) {
    const response = await fetch(`${place.folder}/${number}.bin`);
    if (!response.ok) throw new Error(`block ${number}: ${response.status}`);
    return inflated(new Uint8Array(await response.arrayBuffer()));
  }
  await wholePage();
  return inflated(bytesOf(contentOf(`block-${number}`)));
}

/** Blocks stand at the end of the page, and the page is shown before they have been read. */
function wholePage(): Promise<void> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => {
    document.addEventListener(
      "DOMContentLoaded",
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

function contentOf(id: string): string {
  const text = document.querySelector(`#${id}`)?.textContent;
  if (text === undefined || text === null) throw new Error(`the page holds no ${id}`);
  return text;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}
