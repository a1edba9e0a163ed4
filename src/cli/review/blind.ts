import { randomBytes } from "node:crypto";
import { access, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

import type { BlindKey } from "../../report/people/blind/key.ts";
import type { Pairs, SideName } from "../../report/people/blind/pairs.ts";
import type { BlindRating } from "../../report/people/blind/ratings.ts";
import type { Context } from "../context.ts";
import type { ReviewOptions } from "./options.ts";

import { formats } from "../../domain/formats.ts";
import { UserError } from "../../domain/text.ts";
import { drawRows, keyOf } from "../../report/people/blind/draw.ts";
import { readKey } from "../../report/people/blind/key.ts";
import { createMask } from "../../report/people/blind/mask.ts";
import { comparableTargets, readPairs } from "../../report/people/blind/pairs.ts";
import { ratingsOf } from "../../report/people/blind/ratings.ts";
import { blindText } from "../../report/people/blind/result-text.ts";
import { blindResult } from "../../report/people/blind/result.ts";
import { blindColumns, blindSheet, neededBlindColumns } from "../../report/people/blind/sheet.ts";
import { refusedLines } from "../../report/people/review/refused-text.ts";
import { readSheet } from "../../report/people/sheet/read.ts";
import { checkFormat, writeSheet } from "../../report/people/sheet/write.ts";
import { jsonText } from "../../report/render/plain.ts";
import { ownName } from "../names.ts";

/** Writes a sheet without names and, beside it, the key that unblinds. Exit 3 where there is no pair. */
export async function exportBlind(
  out: string,
  options: ReviewOptions,
  context: Context,
): Promise<number> {
  const { cwd, lang, print } = context;
  const { limit, force, mask: masked } = options;
  const target = resolve(cwd, out);
  checkFormat(target);
  const [a, b] = await sidesOf(options, context);
  const found = await readPairs(a, b);
  const seed = options.seed ?? randomBytes(16).toString("hex");
  const rows = drawRows(found.pairs, seed, limit);
  if (rows.length === 0) {
    print(noPairs(found, lang === "zh"));
    return 3;
  }
  const mask = createMask([found.sides.a.entry, found.sides.b.entry], masked);
  const { sheet, names } = blindSheet(rows, mask);
  const keyFile = keyFileOf(target);
  const key = keyOf(
    found,
    rows.map(({ row }) => row),
    {
      seed,
      created_at: new Date().toISOString(),
      masked,
      fileOf: (file) => relative(dirname(target), file).split(sep).join("/"),
    },
  );
  if (!force) await refuseExisting(keyFile);
  await writeSheet(target, sheet, force);
  await writeFile(keyFile, `${JSON.stringify(key, null, 1)}\n`, { mode: 0o600 });
  print(exportedText(found, rows.length, names, out, `${ownName(context)} review`)[lang]);
  if (!target.toLowerCase().endsWith(".xlsx")) {
    print(["", ...sheet.guide.map((each) => each[lang])].join("\n"));
  }
  return 0;
}

const keyFileOf = (sheet: string): string => sheet.replace(/\.[^.]+$/, ".key.json");

async function refuseExisting(file: string): Promise<void> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  throw new UserError({
    zh: `${file} 已存在：没有它，先前发出去的表就无法揭盲；换个名字，或用 --force 覆盖`,
    en: `${file} exists, and without it sheets given out before cannot be unblinded; choose another name, or replace it with --force`,
  });
}

/** Two run files, or a run file and two of its targets. */
async function sidesOf(
  { positionals, map }: ReviewOptions,
  { cwd }: Context,
): Promise<readonly [SideName, SideName]> {
  const [first, second, third, ...more] = positionals;
  if (first === undefined || second === undefined || more.length > 0) throw twoSides;
  const file = resolve(cwd, first);
  if (third !== undefined)
    return [
      { file, target: second },
      { file, target: third },
    ];
  const other = resolve(cwd, second);
  if (map !== null) {
    return [
      { file, target: map.a },
      { file: other, target: map.b },
    ];
  }
  return [await onlyTarget(file, other), await onlyTarget(other, file)];
}

/** The one target of a file, or the one that both files have. */
async function onlyTarget(file: string, other: string): Promise<SideName> {
  const own = await comparableTargets(file);
  const theirs = own.length === 1 ? [] : await comparableTargets(other);
  const common = own.length === 1 ? own : own.filter((ref) => theirs.includes(ref));
  const [target] = common;
  if (target !== undefined && common.length === 1) return { file, target };
  throw new UserError({
    zh: `${file} 里有几个目标：${own.join("、")}；请用 --map A的目标=B的目标 指明`,
    en: `${file} holds several targets: ${own.join(", ")}; name them with --map target-of-A=target-of-B`,
  });
}

function noPairs({ wordless, different, single }: Pairs, zh: boolean): string {
  return zh
    ? `没有可比的回答：只有一方答过 ${single}，提问不同 ${different}，有一方没有文字 ${wordless}。`
    : `No replies to compare: ${single} of one side only, ${different} to different prompts, ${wordless} without words on one side.`;
}

function exportedText(
  { wordless, different, single }: Pairs,
  pairs: number,
  names: number,
  out: string,
  command: string,
) {
  const key = keyFileOf(out);
  return {
    zh: [
      `${out}：${pairs} 对，先后随机；隐去名称 ${names} 处（发出前请抽看几条）。`,
      `${key}：揭盲用，不要随表发出。`,
      ...(wordless + different + single === 0
        ? []
        : [`未列入：有一方没有文字 ${wordless}，提问不同 ${different}，只有一方答过 ${single}。`]),
      `两人各评一份，然后：${command} --blind --import 一.xlsx --import 二.xlsx --key ${key}`,
    ].join("\n"),
    en: [
      `${out}: ${pairs} pairs in random order; ${names} names masked (look through a few before you give it out).`,
      `${key}: unblinds, keep it to yourself.`,
      ...(wordless + different + single === 0
        ? []
        : [
            `Left out: ${wordless} without words on one side, ${different} to different prompts, ${single} of one side only.`,
          ]),
      `Two people rate a copy each, then: ${command} --blind --import one.xlsx --import two.xlsx --key ${key}`,
    ].join("\n"),
  };
}

/** Unblinds what raters chose. Exit 3 where rows were refused, pairs wait for an arbiter, or nothing was rated. */
export async function importBlind(
  sheets: readonly string[],
  options: ReviewOptions,
  context: Context,
): Promise<number> {
  const { export: arbiterSheet, json, arbiter, force } = options;
  const { lang, print, warn, columns, cwd } = context;
  const { key, file } = await findKey(sheets, options.key, context);
  const ids = new Set(key.rows.map(({ id }) => id));
  const rater = sheets.length === 1 ? options.reviewer : null;
  const ratings: BlindRating[] = [];
  let refused = 0;
  for (const sheet of sheets) {
    const read = ratingsOf(await readSheet(sheet, blindColumns, neededBlindColumns), ids, rater);
    ratings.push(...read.ratings);
    refused += read.refused.length;
    if (read.refused.length > 0) {
      const lead = {
        zh: `拒收 ${read.refused.length} 行：`,
        en: `${read.refused.length} refused:`,
      };
      warn([`${basename(sheet)} ${lead[lang]}`, ...refusedLines(read.refused, lang)].join("\n"));
    }
  }
  const result = blindResult(key, withoutRepeats(ratings), arbiter);
  if (json) print(jsonText({ schema: formats.blindResult, ...result }, 2));
  else print(blindText(result, lang, columns));
  if (arbiterSheet !== null && result.disputed.length > 0) {
    await exportDisputes(key, file, result.disputed, resolve(cwd, arbiterSheet), force);
    const [n, name] = [result.disputed.length, arbiterSheet];
    warn(
      { zh: `\n${name}：${n} 对交仲裁人。`, en: `\n${name}: ${n} pairs for the arbiter.` }[lang],
    );
  }
  const open = result.disputed.length + result.half_rated;
  return refused > 0 || open > 0 || result.battle.n === 0 ? 3 : 0;
}

/** Where a person rated a pair in two sheets, only the later rating counts. */
function withoutRepeats(ratings: readonly BlindRating[]): readonly BlindRating[] {
  const kept = new Map<string, BlindRating>();
  for (const rating of ratings) {
    const name = JSON.stringify([rating.id, rating.rater]);
    const before = kept.get(name);
    if (before === undefined || (rating.rated_ms ?? 0) >= (before.rated_ms ?? 0)) {
      kept.set(name, rating);
    }
  }
  return [...kept.values()];
}

/** The key file that is named, else the one beside the sheets that knows their rows. */
async function findKey(
  sheets: readonly string[],
  named: string | null,
  { cwd }: Context,
): Promise<{ readonly key: BlindKey; readonly file: string }> {
  if (named !== null) {
    const file = resolve(cwd, named);
    return { key: await readKey(file), file };
  }
  const [sheet = ""] = sheets;
  const rows = await readSheet(sheet, blindColumns, neededBlindColumns);
  const ids = new Set(rows.flatMap((row) => ("cells" in row ? [row.cells["id"] ?? ""] : [])));
  const folder = dirname(sheet);
  for (const name of (await readdir(folder)).filter((each) => each.endsWith(".key.json"))) {
    const file = join(folder, name);
    const key = await readKey(file).catch(() => null);
    if (key?.rows.some(({ id }) => ids.has(id)) === true) return { key, file };
  }
  throw new UserError({
    zh: `${folder} 里没有这些表的揭盲文件；请用 --key f.key.json 指明（它由 --export 写在表的旁边）`,
    en: `${folder} holds no key file of these sheets; name it with --key f.key.json (--export wrote it beside the sheet)`,
  });
}

/** Writes the disputed pairs, masked as before. The run files must not have moved. */
async function exportDisputes(
  key: BlindKey,
  keyFile: string,
  disputed: readonly string[],
  out: string,
  force: boolean,
): Promise<void> {
  const rows = key.rows.filter(({ id }) => disputed.includes(id));
  const sideOf = ({ file, target }: BlindKey["sides"]["a"]): SideName => ({
    file: resolve(dirname(keyFile), file),
    target,
  });
  const wanted = new Set(rows.map(({ a_key }) => a_key));
  const { pairs, sides } = await readPairs(sideOf(key.sides.a), sideOf(key.sides.b), wanted);
  const byKey = new Map(pairs.map((pair) => [pair.a.key, pair]));
  const mask = createMask([sides.a.entry, sides.b.entry], key.masked);
  const found = rows.flatMap((row) => {
    const pair = byKey.get(row.a_key);
    return pair === undefined ? [] : [{ row, pair }];
  });
  await writeSheet(out, blindSheet(found, mask).sheet, force);
}

const twoSides = new UserError({
  zh: "双盲对比要两方：baimo review --blind A.jsonl B.jsonl，或 baimo review --blind RUN.jsonl 目标一 目标二",
  en: "a blind comparison has two sides: baimo review --blind A.jsonl B.jsonl, or baimo review --blind RUN.jsonl target target",
});
