import { findBrowser } from "../src/report/papers/print/browser.ts";

/** The browser of this machine; null where there is none. */
export const chromiumPath = (): string | null => findBrowser(process.env["CHROMIUM_PATH"] ?? null);
