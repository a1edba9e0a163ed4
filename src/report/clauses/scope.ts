import type { Text } from "../../domain/text.ts";
import type { Node } from "../score/tree.ts";
import type { Sorted } from "../slices/slices.ts";
import type { View } from "../view/model.ts";

import { suggestion } from "../../validation/suggest.ts";
import { dimensionNodes } from "../score/tree.ts";
import { nodeOf } from "../slices/slices.ts";

/** Facets that a scope may name, such as `tag=语法` or `难度=高`. */
const facetNames: Readonly<Record<string, string>> = {
  tag: "tag",
  标签: "tag",
  difficulty: "difficulty",
  难度: "difficulty",
  source: "source",
  来源: "source",
  language: "language",
  语言: "language",
};

/** The facet and the value of a scope; null where it names none. */
export function facetOf(of: string): { readonly by: string; readonly value: string } | null {
  const [, name = "", value = ""] = /^\s*([^=＝/]+?)\s*[=＝]\s*(.+?)\s*$/u.exec(of) ?? [];
  const by = facetNames[name.toLowerCase()];
  return by === undefined ? null : { by, value };
}

type Place = { readonly names: readonly string[]; readonly node: Node };

/**
 * The part of the tree that a scope names: a suite by its id or title, `suite/task`, a facet with its value, a path of dimensions
 * or the last name of one. Words of a tender that only contain such a name count for it, the longest first. Null where nothing fits.
 */
export function scopeNode(
  view: View,
  root: Node,
  sorted: readonly Sorted[],
  of: string,
): { readonly node: Node } | { readonly why: Text } {
  const facet = facetOf(of);
  if (facet !== null) return facetNode(sorted, facet);
  const places = placesOf(view, root);
  const wanted = tidy(of);
  const exact = places.find(({ names }) => names.some((name) => tidy(name) === wanted));
  if (exact !== undefined) return exact;
  const [inside] = places
    .flatMap(({ names, node }) => names.map((name) => ({ name: tidy(name), node })))
    .filter(({ name }) => Array.from(name).length > 1 && wanted.includes(name))
    .toSorted((a, b) => b.name.length - a.name.length);
  if (inside !== undefined) return { node: inside.node };
  const known = places.flatMap(({ names }) => names.slice(0, 1));
  const meant = suggestion(of, known);
  return {
    why: {
      zh: `运行里没有题集、任务、维度或标签叫“${of}”${meant.zh}`,
      en: `the run has no suite, task, dimension or tag "${of}"${meant.en}`,
    },
  };
}

function facetNode(
  sorted: readonly Sorted[],
  { by, value }: { readonly by: string; readonly value: string },
): { readonly node: Node } | { readonly why: Text } {
  const slices = sorted.find((each) => each.by === by)?.slices ?? [];
  const found = slices.find((slice) => tidy(String(slice.value)) === tidy(value));
  if (found !== undefined) return { node: nodeOf(found.items) };
  const known = slices.flatMap((slice) => (slice.value === null ? [] : [String(slice.value)]));
  const meant = suggestion(value, known);
  return {
    why: {
      zh: `运行里没有题目的 ${by} 是“${value}”${meant.zh}`,
      en: `no item of the run has ${by} "${value}"${meant.en}`,
    },
  };
}

function placesOf(view: View, root: Node): readonly Place[] {
  const titles = new Map(
    view.runs.flatMap(({ suites }) => suites.map(({ id, title }) => [id, title] as const)),
  );
  return [
    ...root.children.map((suite) => ({
      names: [suite.name, titles.get(suite.name) ?? suite.name],
      node: suite,
    })),
    ...dimensionNodes(root).map(({ path, node }) => ({
      names: [path.join("/"), path.at(-1) ?? ""],
      node,
    })),
    ...root.children.flatMap((suite) =>
      tasksOf(suite).map((task) => ({
        names: [`${suite.name}/${task.name}`, task.name],
        node: nodeOf(task.items),
      })),
    ),
  ];
}

const tasksOf = (node: Node): readonly Node[] =>
  node.kind === "task" ? [node] : node.children.flatMap(tasksOf);

const tidy = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, "");
