import { join } from "node:path";

import { expect, test } from "vitest";

import { formatProblem } from "../../domain/text.ts";
import { folderWith } from "../testing/files.ts";
import { checkSuite } from "./check-suite.ts";
import { parseSuite } from "./suites.ts";

const suite = (calls: string): string => `schema: suite/1
id: s
tasks:
  - id: t
    dimension: [工具]
    grader: {use: calls}
    tools:
      - name: get_weather
        parameters:
          type: object
          properties: {city: {type: string}, days: {type: integer}}
          required: [city]
    items:
      - id: one
        question: 北京天气
        expected_calls: ${calls}
`;

async function problemsOf(calls: string): Promise<readonly string[]> {
  const folder = await folderWith({ "s.yaml": suite(calls) });
  const problems = await checkSuite(await parseSuite(join(folder, "s.yaml")));
  return problems.map((each) => formatProblem(each, "en").replaceAll(`${folder}/`, ""));
}

test.each([
  ["[{name: get_weather, arguments: {city: 北京}}]"],
  ["[{name: get_weather, optional: [city]}]"],
  ["[{name: get_weather, arguments: {city: {any_of: [北京, 北京市]}, days: 3}}]"],
  ["[{any_of: [{name: get_weather, arguments: {city: 北京}}]}]"],
  ["[{none: true}]"],
  ["[]"],
])("expected_calls: %s can be graded", async (calls) => {
  expect(await problemsOf(calls)).toEqual([]);
});

test.each([
  ["[{name: get_wether, arguments: {city: 北京}}]", "unknown tool"],
  ["[{name: get_weather, arguments: {town: 北京}, optional: [city]}]", "unknown argument of"],
  ["[{name: get_weather, arguments: {days: 1}}]", "requires the argument city"],
  ["[{name: get_weather, arguments: {city: 北京, days: 三天}}]", "asks for integer; got string"],
  ["[{name: get_weather, arguments: {city: 北京}, optional: [wind]}]", "unknown argument of"],
  ["[{any_of: [[{name: nothing}]]}]", "unknown tool"],
  ["[{name: get_weather, arguments: {city: {call: {name: locate}}}}]", 'unknown tool "locate"'],
  ["[{none: true}, {name: get_weather, arguments: {city: 北京}}]", "no call can stand beside it"],
  ["[{nam: get_weather}]", "nam"],
])("expected_calls: %s is a problem", async (calls, said) => {
  const problems = await problemsOf(calls);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(said);
});
