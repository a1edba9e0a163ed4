import type { App, AppRead } from "../../domain/app/app.ts";
import type { Passage } from "../../domain/app/passage.ts";
import type { ReplyDraft, VendorError } from "../exchange/draft.ts";

import { firstAt, valuesAt } from "../../domain/app/json-path.ts";
import { codeOf, isObject, textOf } from "../../domain/json.ts";
import { globMatches } from "../../text/glob.ts";
import { finishOf } from "../evidence/finish-words.ts";

type Rows = NonNullable<App["read"]>;

/** What an application sent: JSON, and the name of its event where it came in one. */
export type AppEvent = { readonly json: unknown; readonly name: string };

/** A reader of one reply, since answers that repeat themselves are told by what came before. */
export type AppReader = {
  readonly read: (event: AppEvent, draft: ReplyDraft) => void;
  /** An answer, a passage or an end came. */
  readonly hasRead: () => boolean;
};

/** Reads whatever the rows name into a draft. */
export function createAppReader(rows: Rows): AppReader {
  let so_far = "";
  let any = false;
  const row = (each: AppRead, { json }: AppEvent, draft: ReplyDraft): void => {
    const piece = at(json, each.answer);
    const repeated = at(json, each.answer_so_far);
    const passages = passagesIn(json, each);
    any ||= piece !== null || repeated !== null || passages.length > 0 || each.done === true;
    draft.reasoning(at(json, each.reasoning) ?? "");
    draft.text(piece ?? "");
    if (repeated !== null) {
      // An application that corrects what it said cannot be followed piece by piece: only what is new counts.
      draft.text(repeated.startsWith(so_far) ? repeated.slice(so_far.length) : "");
      if (repeated.length >= so_far.length) so_far = repeated;
    }
    for (const passage of passages) draft.passage(passage);
    draft.model ??= at(json, each.model);
    draft.id ??= codeAt(json, each.id);
    const counts = each.usage === undefined ? undefined : firstAt(json, each.usage);
    if (isObject(counts)) draft.usage = counts;
    draft.finish = finishOf(at(json, each.finish));
    if (each.ends !== undefined) draft.finish = { reason: each.ends, raw: each.ends };
    if (each.done === true) draft.done = true;
  };
  return {
    read: (event, draft) => {
      const error = errorIn(rows, event);
      if (error !== null) {
        draft.error ??= error;
        return;
      }
      for (const each of rows) if (applies(each, event)) row(each, event, draft);
    },
    hasRead: () => any,
  };
}

/** The error that an event holds, or null. */
export function errorIn(rows: Rows, event: AppEvent): VendorError | null {
  const { json } = event;
  for (const each of rows) {
    if (each.error === undefined || !applies(each, event)) continue;
    const code = codeAt(json, each.error.code);
    const message = at(json, each.error.message);
    if (code === null && message === null) continue;
    const status = each.error.status === undefined ? undefined : firstAt(json, each.error.status);
    return {
      code,
      message: message ?? JSON.stringify(json).slice(0, mostMessage),
      body: json,
      status: typeof status === "number" ? status : null,
    };
  }
  return null;
}

const mostMessage = 2_000;

function applies({ event, when, unless }: AppRead, { json, name }: AppEvent): boolean {
  if (event !== undefined && !globMatches(event, name)) return false;
  const holds = ([path, wanted]: readonly [string, unknown]): boolean =>
    [wanted].flat().includes(firstAt(json, path));
  return Object.entries(when ?? {}).every(holds) && !Object.entries(unless ?? {}).some(holds);
}

type Paths = string | readonly string[];

/** The text at a path; null where there is none or something else. */
const at = (json: unknown, paths: Paths | undefined): string | null =>
  paths === undefined ? null : textOf(firstAt(json, paths));

const codeAt = (json: unknown, paths: Paths | undefined): string | null =>
  paths === undefined ? null : codeOf(firstAt(json, paths));

function passagesIn(json: unknown, { passages }: AppRead): readonly Passage[] {
  if (passages === undefined) return [];
  return valuesAt(json, passages.each).flatMap((each) => {
    const texts = [passages.text].flat();
    const text = texts
      .flatMap((path) => textOf(firstAt(each, path)) ?? [])
      .find((found) => found.trim() !== "");
    if (text === undefined) return [];
    const more = at(each, passages.more)?.trim() ?? "";
    const id = codeAt(each, passages.id);
    const title = at(each, passages.title);
    const score = passages.score === undefined ? undefined : firstAt(each, passages.score);
    return [
      {
        text: more === "" || more === text ? text : `${text}\n${more}`,
        ...(id === null ? {} : { id }),
        ...(title === null ? {} : { title }),
        ...(typeof score === "number" ? { score } : {}),
      },
    ];
  });
}
