import { UserError } from "../domain/text.ts";

const mega = 1 << 20;
/** Far beyond the longest answer that baimo keeps, and half of what a text can hold in Node. */
const usualMegabytes = 256;
const mostMegabytes = 500;

let limit = usualMegabytes * mega;

/** The longest line that is read from a file of lines, in bytes. */
export const lineLimit = (): number => limit;

/**
 * Takes the limit from the variable `BAIMO_MAX_LINE_MB`; 256 MB where it is not set. Throws a `UserError` where it holds
 * no whole number from 1 to 500.
 */
export function setLineLimit(env: Readonly<Record<string, string | undefined>>): void {
  const stated = env["BAIMO_MAX_LINE_MB"] ?? "";
  const megabytes = stated === "" ? usualMegabytes : Number(stated);
  if (!Number.isInteger(megabytes) || megabytes < 1 || megabytes > mostMegabytes) {
    throw new UserError({
      zh: `环境变量 BAIMO_MAX_LINE_MB 应为 1 到 ${mostMegabytes} 的整数（单位 MB），实为 ${stated}`,
      en: `the environment variable BAIMO_MAX_LINE_MB should be a whole number of MB from 1 to ${mostMegabytes}; it is ${stated}`,
    });
  }
  limit = megabytes * mega;
}

/** `what` names the file, and the line or row if it is known. */
export function tooLongError(what: string, limit: number): UserError {
  const size = limit >= mega ? `${Math.floor(limit / mega)} MB` : `${limit} bytes`;
  return new UserError({
    zh: `${what} 有一行超过 ${size}，没有读完：文件可能已损坏，或不是按行写的。确实需要这么长的行时，把环境变量 BAIMO_MAX_LINE_MB 调高（最多 ${mostMegabytes}）。`,
    en: `${what} a line is longer than ${size} and was not read to its end: the file is damaged, or has no lines. If such lines are meant, set the environment variable BAIMO_MAX_LINE_MB higher (at most ${mostMegabytes}).`,
  });
}
