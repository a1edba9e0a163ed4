import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

import type { Lang } from "../domain/text.ts";
import type { ShownReport } from "./data/page-data.ts";

import {
  type Preferences,
  PreferencesContext,
  remember,
  remembered,
  type Theme,
} from "./data/preferences.ts";
import { linkTo, useRoute } from "./data/route.ts";
import { viewsOf } from "./views/views.tsx";
import { words } from "./words.ts";

/** The whole page: head, the list of views, and the view that the address names. On paper all of them. */
export function App({ report }: { readonly report: ShownReport }) {
  const preferences = useChosen();
  const { lang, theme, printing } = preferences;
  const route = useRoute();
  const views = viewsOf(report);
  // A site begins with its history, a report with its board.
  const shown = views.find(({ id }) => id === route.view) ?? views[0];
  const printed = printing ? views.filter(({ onPaper }) => onPaper) : [];
  return (
    <PreferencesContext value={preferences}>
      <a className="skip" href="#main" onClick={focusMain}>
        {words.skip[lang]}
      </a>
      <header className="page-head">
        <div className="page-title">
          <h1>{report.title ?? words.report[lang]}</h1>
          {report.simulated && (
            <span className="badge badge-simulated" title={words.simulatedWhy[lang]}>
              {words.simulated[lang]}
            </span>
          )}
          <span className="run-facts">{runFacts(report, lang)}</span>
        </div>
        <div className="page-tools no-print">
          <button type="button" onClick={preferences.switchLang}>
            {words.language[lang]}
          </button>
          <label>
            <span className="sr-only">{words.theme[lang]}</span>
            <select
              value={theme}
              onChange={({ target }) => {
                preferences.setTheme(target.value as Theme);
              }}
            >
              {(["auto", "light", "dark"] as const).map((name) => (
                <option key={name} value={name}>
                  {words[name][lang]}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            onClick={() => {
              window.print();
            }}
          >
            {words.print[lang]}
          </button>
        </div>
      </header>
      <div className="page-body">
        <nav className="views no-print" aria-label={words.views[lang]}>
          {views
            .filter(({ title }) => title !== null)
            .map(({ id, title }) => (
              <a key={id} href={linkTo(id)} aria-current={id === shown?.id ? "page" : undefined}>
                {title?.[lang]}
              </a>
            ))}
        </nav>
        <main id="main" tabIndex={-1}>
          {printing
            ? printed.map(({ id, render }) => (
                <section key={id} className="printed">
                  {render(report, { ...route, id: null })}
                </section>
              ))
            : shown?.render(report, route)}
        </main>
      </div>
    </PreferencesContext>
  );
}

/** An address that begins with # names a view, so the link itself cannot lead to the content. */
function focusMain(event: { readonly preventDefault: () => void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}

function runFacts(report: ShownReport, lang: Lang): string {
  const { runs, targets, nights, steadiness, generated_at, loads = [] } = report;
  const [first] = runs;
  if (loads.length > 0) return loadFacts(loads, lang);
  const dates = nights?.[0]?.dates ?? [];
  if (first === undefined && dates.length > 0)
    return { zh: `${dates.length} 夜`, en: `${dates.length} nights` }[lang];
  // A page of steadiness alone names its days itself.
  if (first === undefined && steadiness !== undefined) return "";
  const day = (first?.started_at ?? generated_at).slice(0, 10);
  const suites = [...new Set(runs.flatMap(({ suites: own }) => own.map(({ id }) => id)))];
  const answers = targets.reduce((sum, each) => sum + each.answers, 0);
  const all = answers.toLocaleString("en-US");
  const count = { zh: `${all} 次作答`, en: `${all} answers` }[lang];
  return [day, suites.slice(0, 4).join(" "), count].filter((part) => part !== "").join(" · ");
}

function loadFacts(loads: NonNullable<ShownReport["loads"]>, lang: Lang): string {
  const asked = loads.flatMap(({ targets }) => targets);
  const steps = asked.flatMap((target) => target.steps);
  const names = new Set(asked.map(({ target }) => target)).size;
  const requests = steps.reduce((sum, { arrivals }) => sum + arrivals, 0).toLocaleString("en-US");
  const counts = {
    zh: `${names} 个模型，${steps.length} 级，${requests} 个请求`,
    en: `${names} targets, ${steps.length} steps, ${requests} requests`,
  }[lang];
  return [loads[0]?.started_at.slice(0, 10) ?? "", counts]
    .filter((part) => part !== "")
    .join(" · ");
}

type Chosen = Preferences & {
  readonly switchLang: () => void;
  readonly setTheme: (theme: Theme) => void;
};

function useChosen(): Chosen {
  const [lang, setLang] = useState<Lang>(() => {
    const last = remembered("lang");
    return last === "zh" || last === "en"
      ? last
      : document.documentElement.lang.startsWith("zh")
        ? "zh"
        : "en";
  });
  const [theme, setTheme] = useState<Theme>(() => {
    const last = remembered("theme");
    return last === "light" || last === "dark" ? last : "auto";
  });
  const [system, setSystem] = useState(() => darkScreen().matches);
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const screen = darkScreen();
    const changed = () => {
      setSystem(screen.matches);
    };
    // Paper is taken at once: everything must be on the page before the handler returns.
    const [before, after] = [true, false].map((on) => () => {
      flushSync(() => {
        setPrinting(on);
      });
    });
    screen.addEventListener("change", changed);
    window.addEventListener("beforeprint", before ?? changed);
    window.addEventListener("afterprint", after ?? changed);
    return () => {
      screen.removeEventListener("change", changed);
      window.removeEventListener("beforeprint", before ?? changed);
      window.removeEventListener("afterprint", after ?? changed);
    };
  }, []);
  const dark = theme === "dark" || (theme === "auto" && system);
  useEffect(() => {
    document.documentElement.dataset["theme"] = dark ? "dark" : "light";
    document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  }, [dark, lang]);
  return {
    lang,
    theme,
    dark,
    printing,
    switchLang: () => {
      const next = lang === "zh" ? "en" : "zh";
      remember("lang", next);
      setLang(next);
    },
    setTheme: (next) => {
      remember("theme", next);
      setTheme(next);
    },
  };
}

const darkScreen = (): MediaQueryList => window.matchMedia("(prefers-color-scheme: dark)");
