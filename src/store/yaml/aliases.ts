import { type Alias, type Document, isAlias, type Node, visit } from "yaml";

/** What an alias stands for; undefined where nothing before it has its anchor. */
export type AliasTarget = (alias: Alias) => Node | undefined;

/**
 * Resolves the aliases of a document, all of them in one walk when the first is asked for. `Alias.resolve` of the
 * package (2.9.1) walks the document for each, so that a few thousand items with one grader took half a minute.
 */
export function aliasTargets(document: Document.Parsed): AliasTarget {
  let targets: ReadonlyMap<Alias, Node> | null = null;
  return (alias) => (targets ??= found(document)).get(alias);
}

function found(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if ("anchor" in node && typeof node.anchor === "string") {
        anchors.set(node.anchor, node);
      }
    },
  });
  return targets;
}

/** Puts in the place of each alias what it stands for. Only for a document that is known to stay small. */
export function withoutAliases(document: Document.Parsed, target: AliasTarget): void {
  visit(document, { Alias: (_, alias) => target(alias) });
}
