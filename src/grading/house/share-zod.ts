import { registerHooks } from "node:module";

const name = import.meta.url.endsWith(".ts") ? "./zod.ts" : "./zod.js";
const own = new URL(name, import.meta.url).href;
/** Baimo's own modules have their zod already. */
const inside = new URL("../../", import.meta.url).href;

let isShared = false;

/**
 * From now on, modules outside of baimo and of installed packages get baimo's own zod for `import "zod"`: an in-house grader
 * may lie where none is installed, or one of another version.
 */
export function shareZod(): void {
  if (isShared) return;
  isShared = true;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === "zod" && isHouse(context.parentURL)
        ? { url: own, shortCircuit: true }
        : next(specifier, context),
  });
}

const isHouse = (parent = ""): boolean =>
  parent.startsWith("file:") && !parent.startsWith(inside) && !parent.includes("/node_modules/");
