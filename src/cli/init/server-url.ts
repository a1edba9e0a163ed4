import { UserError } from "../../domain/text.ts";

/** The address that `--url` names. Throws a `UserError` for one without http or https, with what may be meant. */
export function serverUrl(given: string): string {
  if (/^https?:$/.test(URL.parse(given)?.protocol ?? "")) return given;
  const meant = meantUrl(given);
  throw new UserError({
    zh: `--url ${given} 不是 http 或 https 地址${meant === null ? "" : `；是否应为 ${meant}？`}`,
    en: `--url ${given} is no http or https address${meant === null ? "" : `; did you mean ${meant}?`}`,
  });
}

/** An address whose scheme was left out, with the path under which servers of one's own answer; null where it is none. */
function meantUrl(given: string): string | null {
  if (/^[a-z][\w+.-]*:\/\//i.test(given)) return null;
  const url = URL.parse(`http://${given}`);
  if (url === null) return null;
  return url.pathname === "/" ? `${url.origin}/v1` : url.href;
}
