import { type Asked, groups } from "./asked.ts";

/** The one sentence that names the place, the person and a code. */
export function solveNeedle({ question, context }: Asked): string {
  const [person = "", town = ""] = groups(
    /^根据上文，(.{2})记下的(.+)库房的钥匙编号是多少？$/,
    question,
  );
  const found = context
    .split("。")
    .filter((each) => each.includes(`${town}库房`) && each.replace(town, "").includes(person))
    .flatMap((each) => /[A-Z]-\d{4}/.exec(each)?.[0] ?? []);
  return found.length === 1 ? String(found[0]) : `found ${found.join(" and ")}`;
}
