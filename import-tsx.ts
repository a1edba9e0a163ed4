/**
 * Lets Node import `.tsx`, whose types it strips no more than it knows JSX: `node --import ./import-tsx.ts`. All other files of the
 * project Node runs as they are.
 */
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

registerHooks({
  load: (url, context, next) => {
    const [place = ""] = url.split("?");
    if (!place.endsWith(".tsx")) return next(url, context);
    const sourcefile = fileURLToPath(place);
    // Most processes and threads meet none, and loading esbuild takes longer than all of their own modules.
    const { transformSync } = require("esbuild") as typeof import("esbuild");
    const { code } = transformSync(readFileSync(sourcefile, "utf8"), {
      loader: "tsx",
      jsx: "automatic",
      format: "esm",
      target: "node22",
      sourcemap: "inline",
      sourcefile,
    });
    return { format: "module", source: code, shortCircuit: true };
  },
});
