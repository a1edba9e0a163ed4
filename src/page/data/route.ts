import { useSyncExternalStore } from "react";

/** What the address says: the view, what is shown in it, and how. `#/item/12?targets=0,2`. */
export type PageRoute = {
  readonly view: string;
  readonly id: string | null;
  readonly query: URLSearchParams;
};

/** The route of the address; a component that uses it is shown anew when the address changes. */
export function useRoute(): PageRoute {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => {
        window.removeEventListener("hashchange", changed);
      };
    },
    () => window.location.hash,
  );
  return routeOf(hash);
}

function routeOf(hash: string): PageRoute {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view = "", ...rest] = path.split("/");
  const id = rest.join("/");
  return {
    view,
    id: id === "" ? null : decoded(id),
    query: new URLSearchParams(query),
  };
}

/** An address that somebody shortened by hand may end in half a character. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a view. Empty values are left out. */
export function linkTo(
  view: string,
  id: string | number | null = null,
  query: Readonly<Record<string, string>> = {},
): string {
  const set = Object.entries(query).filter(([, value]) => value !== "");
  const path = id === null ? view : `${view}/${encodeURIComponent(id)}`;
  return `#/${path}${set.length === 0 ? "" : `?${new URLSearchParams(set).toString()}`}`;
}

/** Changes the query of the view that is shown, without a step to go back to. */
export function setQuery(route: PageRoute, query: Readonly<Record<string, string>>): void {
  const all = { ...Object.fromEntries(route.query), ...query };
  window.history.replaceState(null, "", linkTo(route.view, route.id, all));
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
