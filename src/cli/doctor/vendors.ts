import type { ConfigFile, Env } from "../../store/config.ts";

import { builtinFolder } from "../../store/builtin.ts";
import { variablesOf } from "../../store/providers/credentials.ts";
import { isKeyText, keyFault } from "../../store/providers/key-form.ts";
import { allVendors } from "../../store/providers/providers.ts";
import { splitRef } from "../../store/providers/target-ref.ts";
import { type DoctorFinding, fine } from "./finding.ts";

/** Which providers have their keys; of the keys themselves nothing is shown. */
export async function vendorFindings(
  config: ConfigFile | null,
  env: Env,
): Promise<readonly DoctorFinding[]> {
  const vendors = await allVendors(builtinFolder("providers"), config);
  const needing = vendors.flatMap(({ id, auth }) => {
    const variables = Object.entries(variablesOf(auth ?? { scheme: "none" }));
    const names = variables.map(([, name]) => name);
    const keys = variables.flatMap(([as, name]) =>
      auth !== undefined && isKeyText(auth, as) ? [name] : [],
    );
    return names.length === 0 ? [] : [{ id, names, keys }];
  });
  const isSet = (name: string): boolean => (env[name]?.trim() ?? "") !== "";
  const whole = needing.filter(({ names }) => names.every(isSet));
  const partly = needing.filter(({ names }) => names.some(isSet) && !names.every(isSet));
  const wanted = new Set(
    (config?.config.targets ?? []).map(
      (each) => splitRef(typeof each === "string" ? each : each.ref).provider,
    ),
  );
  const asked = needing.filter(({ id }) => wanted.has(id));
  return [
    whole.length === 0
      ? fine("keys", {
          zh: "没有设置任何服务商的密钥；模拟器、基线和写着 auth: {scheme: none} 的服务不需要密钥",
          en: "no provider's key is set; the simulator, the baselines and servers with auth: {scheme: none} need none",
        })
      : fine("keys", {
          zh: `已有密钥的服务商：${whole.map(({ id }) => id).join("、")}`,
          en: `providers with keys: ${whole.map(({ id }) => id).join(", ")}`,
        }),
    ...asked
      .filter(({ names }) => !names.every(isSet))
      .map(({ id, names }) =>
        keyless(
          id,
          names.filter((name) => !isSet(name)),
        ),
      ),
    ...partly
      .filter(({ id }) => !wanted.has(id))
      .map(({ id, names }): DoctorFinding => {
        const missing = names.filter((name) => !isSet(name));
        return {
          id: "keys",
          state: "notice",
          what: {
            zh: `${id} 的密钥不全，还缺 ${missing.join("、")}`,
            en: `${id} lacks ${missing.join(", ")}`,
          },
          todo: {
            zh: "要用它就设置这些环境变量，或写进 .env",
            en: "set them in the environment or in .env if you want to use it",
          },
        };
      }),
    ...unusable(
      whole.flatMap(({ keys }) => keys),
      env,
    ),
  ];
}

/** A target of the config that a run would refuse to ask. */
const keyless = (id: string, names: readonly string[]): DoctorFinding => ({
  id: "keys",
  state: "wrong",
  what: {
    zh: `baimo.yaml 的目标要问 ${id}，而它的密钥 ${names.join("、")} 没有设置`,
    en: `the targets of baimo.yaml ask ${id}, whose key ${names.join(", ")} is not set`,
  },
  todo: {
    zh: `在当前文件夹的 .env 里写：${names.map((name) => `${name}=密钥`).join("、")}（一行一个），或设成环境变量`,
    en: `put ${names.map((name) => `${name}=…`).join(", ")} into the file .env of this folder, one a line, or set it in the environment`,
  },
});

/** Keys that cannot be one, such as a key with its quotes. */
const unusable = (names: readonly string[], env: Env): readonly DoctorFinding[] =>
  [...new Set(names)].flatMap((name): readonly DoctorFinding[] => {
    const fault = keyFault(env[name]?.trim() ?? "");
    if (fault === null) return [];
    const what = {
      zh: `${name} 不像密钥：${fault.zh}`,
      en: `${name} looks like no key: it ${fault.en}`,
    };
    const todo = {
      zh: "从服务商的控制台重新复制一次",
      en: "copy it once more from the vendor's console",
    };
    return [{ id: "keys", state: "notice", what, todo }];
  });
