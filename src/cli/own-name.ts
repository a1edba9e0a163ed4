import type { Context } from "./command.ts";

/** How the user can call baimo again: in a checkout through npm, else by its name. */
export const ownName = ({ env }: Pick<Context, "env">): string =>
  env["npm_lifecycle_event"] === undefined ? "baimo" : "npm run -s baimo --";
