import { dirname, resolve } from "node:path";

import type { Endpoint } from "../../calling/protocol.ts";
import type { TargetEntry } from "../../domain/run-file/header.ts";
import type { ConfigFile, Env } from "../config.ts";
import type { Vendor } from "./providers.ts";

import { UserError } from "../../domain/text.ts";
import { fillAll } from "./fill-env.ts";

/** True for a provider that is a program of the user's own machine. */
export const isCommand = ({ protocol }: Vendor): boolean => protocol === "command";

/** What the run file says of a command: its program and arguments as configured, variables by name. */
export const commandEntry = (vendor: Vendor): Pick<TargetEntry, "command"> =>
  vendor.command === undefined || !isCommand(vendor) ? {} : { command: [...vendor.command.run] };

/**
 * The command of a provider that is one, with the variables of the environment that it gets. Throws a `UserError` where
 * the simulator is to stand in for it.
 */
export function commandOf(
  vendor: Vendor,
  options: {
    readonly config: ConfigFile | null;
    readonly env: Env;
    readonly via_sim_url?: string | undefined;
  },
  fill: (text: string) => string,
): Pick<Endpoint, "command"> {
  const { command } = vendor;
  if (!isCommand(vendor) || command === undefined) return {};
  if (options.via_sim_url !== undefined) throw notSimulated(vendor.id);
  const folder = options.config === null ? "" : dirname(options.config.file);
  const environment = [...usualVariables, ...(command.env ?? [])].flatMap((name) => {
    const value = options.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    command: {
      ...fillAll(command, fill),
      cwd: resolve(folder, command.cwd ?? "."),
      environment: Object.fromEntries(environment),
    },
  };
}

/** What programs cannot do without. */
const usualVariables = ["PATH", "HOME", "LANG", "TMPDIR", "SystemRoot", "PATHEXT"] as const;

const notSimulated = (id: string): UserError =>
  new UserError({
    zh: `服务商 ${id} 是本机命令，--via-sim 代替不了它；请去掉 --via-sim，或换一个目标`,
    en: `provider ${id} is a command of this machine, for which --via-sim has no stand-in; leave --via-sim out or take another target`,
  });
