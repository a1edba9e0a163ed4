import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { builtinFolder } from "./store/builtin.ts";

// Every guide stands in docs/ twice, in English and in Chinese, and says the same in both.
const root = dirname(builtinFolder("suites"));
const chinese = ".zh-CN.md";
const fence = /^```(.*)\n([^]*?)^```$/gm;
const pagesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join(folder, name));
const guides = pagesIn("docs").filter((name) => !name.endsWith(chinese));
const twinOf = (name: string): string => name.replace(/\.md$/, chinese);
const read = (name: string): string => readFileSync(join(root, name), "utf8");

describe.each(guides.map((name) => [name]))("%s", (name) => {
  const english = partsOf(read(name));
  const twin = partsOf(existsSync(join(root, twinOf(name))) ? read(twinOf(name)) : "");

  test("has a Chinese twin, and each names the other below its title", () => {
    expect(english.lead).toBe(`[中文](${basename(twinOf(name))})`);
    expect(twin.lead).toBe(`[English](${basename(name)})`);
  });

  test("has the headings of its twin, and none in Chinese", () => {
    expect(twin.sections.map(({ level }) => level)).toEqual(
      english.sections.map(({ level }) => level),
    );
    expect(english.sections.filter(({ title }) => /\p{Script=Han}/u.test(title))).toEqual([]);
  });

  test("has the code of its twin, comments aside", () => {
    expect(twin.code).toEqual(english.code);
  });

  test("has the tables of its twin, with the same figures", () => {
    expect(twin.tables).toEqual(english.tables);
  });

  test("has the names and figures of its twin in every section", () => {
    const said = (parts: PageParts): unknown =>
      parts.sections.map(({ names, figures }) => ({ names, figures }));
    expect(said(twin)).toEqual(said(english));
  });
});

const pages = [...pagesIn("docs"), ...pagesIn("docs/graders"), ...pagesIn(".")];

test.each(pages.map((name) => [name]))(
  "every link of %s leads somewhere, in its language",
  (name) => {
    const links = Array.from(
      proseOf(read(name)).matchAll(/\]\(([^()\s]+)\)/g),
      ([, to = ""]) => to,
    );
    const inside = links.filter((to) => !/^[a-z]+:/.test(to));
    expect(inside.map((to) => faultOf(name, to)).filter((fault) => fault !== null)).toEqual([]);
  },
);

function faultOf(from: string, to: string): string | null {
  const [path = "", anchor] = to.split("#");
  const page = path === "" ? from : join(dirname(from), path);
  if (!existsSync(join(root, page))) return `${to}: no such file`;
  if (anchor !== undefined && !partsOf(read(page)).anchors.includes(decodeURIComponent(anchor)))
    return `${to}: no such heading`;
  // Each page names its own twin; otherwise a reader stays in their language.
  const isChinese = from.endsWith(chinese);
  if (page === (isChinese ? from.replace(chinese, ".md") : twinOf(from))) return null;
  if (isChinese && page.endsWith(".md") && existsSync(join(root, twinOf(page))))
    return `${to}: there is a Chinese one`;
  return !isChinese && page.endsWith(chinese) ? `${to}: is in Chinese` : null;
}

test("what the program says in Chinese names the Chinese page", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => join("src", name));
  const named = sources.flatMap((name) =>
    read(name)
      .split("\n")
      .filter((line) => /\p{Script=Han}/u.test(line))
      .flatMap((line) => line.match(/docs\/[\w./-]+\.md/g) ?? [])
      .map((page) => ({ name, page })),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(
    named.filter(({ page }) => !page.endsWith(chinese) || !existsSync(join(root, page))),
  ).toEqual([]);
});

interface PageParts {
  /** The line below the title. */
  readonly lead: string;
  readonly sections: readonly {
    readonly level: number;
    readonly title: string;
    readonly names: readonly string[];
    readonly figures: readonly number[];
  }[];
  /** Each with its language first, without comments. */
  readonly code: readonly string[];
  /** Of each row how many cells it has, and its figures. */
  readonly tables: readonly (readonly { cells: number; figures: readonly number[] }[])[];
  readonly anchors: readonly string[];
}

/** A page without its code blocks. */
function proseOf(page: string): string {
  return page.replaceAll(fence, "");
}

function partsOf(page: string): PageParts {
  const prose = proseOf(page);
  const sections = prose.split(/^(?=#+ )/m).filter((section) => section.startsWith("#"));
  return {
    lead: prose.split("\n")[2] ?? "",
    sections: sections.map((section) => {
      const [, marks = "", title = "", body = ""] = /^(#+) (.*)\n([^]*)$/.exec(section) ?? [];
      return { level: marks.length, title, names: namesIn(body), figures: unique(figuresIn(body)) };
    }),
    code: Array.from(page.matchAll(fence), ([, language = "", text = ""]) =>
      [language, text.replaceAll(/(^|\s+)# .*$/gm, "")].join("\n"),
    ),
    tables:
      prose.match(/(?:^\|.*\n)+/gm)?.map((table) => table.trim().split("\n").map(rowOf)) ?? [],
    anchors: sections.map((section) => slugOf(/^#+ (.*)/.exec(section)?.[1] ?? "")),
  };
}

function unique(values: readonly number[]): readonly number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

/** What stands in inline code: fields, options and file names are not translated. */
function namesIn(text: string): readonly string[] {
  return [
    ...new Set(Array.from(text.matchAll(/`([^`\n]+)`/g), ([, name = ""]) => name)),
  ].toSorted();
}

/** Figures in prose, links and code aside: 1,000 is 1000, and so is 0.1 万; CNY/1k is a word. */
function figuresIn(text: string): readonly number[] {
  const plain = text.replaceAll(/`[^`\n]+`/g, "").replaceAll(/\]\([^)]*\)/g, "");
  return Array.from(
    plain.matchAll(/(\d[\d,]*(?:\.\d+)?)(?![\dkM])( million| ?[万亿])?/g),
    ([, digits = "", unit = ""]) => {
      const times = { million: 1e6, 万: 1e4, 亿: 1e8 }[unit.trim()] ?? 1;
      return Number((Number(digits.replaceAll(",", "")) * times).toPrecision(12));
    },
  );
}

function rowOf(line: string): { cells: number; figures: readonly number[] } {
  const row = line
    .replaceAll(/`[^`]*`/g, (code) => code.replaceAll("|", "/"))
    .replaceAll("\\|", "/");
  return { cells: row.split("|").length - 2, figures: figuresIn(row).toSorted((a, b) => a - b) };
}

/** The anchor that GitHub gives a heading. */
function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
    .replaceAll(" ", "-");
}
