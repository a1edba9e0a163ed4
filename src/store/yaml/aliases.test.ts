import { expect, test } from "vitest";
import { LineCounter, parseDocument, visit } from "yaml";

import { aliasTargets, withoutAliases } from "./aliases.ts";

const parsed = (text: string) => parseDocument(text, { lineCounter: new LineCounter() });

test.each([
  "a: &x {b: 1}\nc: *x\nd: [*x, *x]",
  "- &x 1\n- *x\n- &x 2\n- *x",
  "a: &x [&y 1, *y]\nb: *x\nc: *y",
  "&all {a: &x 甲, b: *x}",
])("the same as the package resolves them: %s", (text) => {
  const expected: unknown = parsed(text).toJS();
  const document = parsed(text);
  withoutAliases(document, aliasTargets(document));
  expect(document.toJS()).toEqual(expected);
  visit(document, { Alias: () => expect.unreachable("an alias is left") });
});

test("an alias before its anchor stands for nothing", () => {
  const document = parsed("a: *x\nb: &x 1");
  const targetOf = aliasTargets(document);
  visit(document, { Alias: (_, alias) => expect(targetOf(alias)).toBeUndefined() });
});

test("the document is walked once, however many aliases it has", () => {
  const document = parsed(`- &x {use: choice}\n${"- *x\n".repeat(500)}`);
  let walks = 0;
  const { contents } = document;
  const watched = new Proxy(document, {
    get: (of, name) => {
      if (name === "contents") walks += 1;
      return name === "contents" ? contents : Reflect.get(of, name);
    },
  });
  const targetOf = aliasTargets(watched);
  let resolved = 0;
  visit(document, {
    Alias: (_, alias) => void (resolved += targetOf(alias) === undefined ? 0 : 1),
  });
  expect(resolved).toBe(500);
  expect(walks).toBeLessThan(5);
});
