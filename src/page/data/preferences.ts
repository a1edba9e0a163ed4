import { createContext, use } from "react";

import type { Lang, Text } from "../../domain/text.ts";

export type Theme = "auto" | "light" | "dark";

export type Preferences = {
  readonly lang: Lang;
  readonly theme: Theme;
  /** What the theme comes to on this screen. */
  readonly dark: boolean;
  /** Everything is on the page at once, for paper. */
  readonly printing: boolean;
};

export const PreferencesContext = createContext<Preferences>({
  lang: "zh",
  theme: "auto",
  dark: false,
  printing: false,
});

export const usePreferences = (): Preferences => use(PreferencesContext);

/** Says a text in the language that was chosen. */
export function useSay(): (text: Text) => string {
  const { lang } = usePreferences();
  return (text) => text[lang];
}

/** A choice kept from the last visit; a page opened from a disk may have no storage. */
export function remembered(name: string): string | null {
  try {
    return window.localStorage.getItem(`baimo-${name}`);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    window.localStorage.setItem(`baimo-${name}`, value);
  } catch {
    // It holds until the page is closed.
  }
}
