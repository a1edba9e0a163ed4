import { readdir } from "node:fs/promises";
import { join } from "node:path";

import type { Problem, Text } from "../../domain/text.ts";
import type { ConfigFile } from "../config.ts";
import type { Locate } from "../yaml/yaml.ts";

import { Provider, type ProviderBody, type ProviderPatch } from "../../domain/provider.ts";
import { UserError } from "../../domain/text.ts";
import { problemError } from "../../files/text-file.ts";
import { pathText } from "../../validation/path-text.ts";
import { unknownName } from "../../validation/suggest.ts";
import { noConfigIn } from "../missing-config.ts";
import { inOrder, problemAt, readYaml } from "../yaml/yaml.ts";
import { builtVendor } from "./built/built-vendor.ts";
import { vendorProblems } from "./check-vendor.ts";
import { inherited, type Like, likeOf, patchVendor } from "./merge.ts";

export type Vendor = ProviderBody & { readonly id: string };

/** Vendors by id: the files of the built-in folder, patched by the config. Files are read on demand. */
export type Vendors = {
  readonly ids: () => Promise<readonly string[]>;
  /** Rejects with a `UserError` that suggests the nearest id if there is none of that name. */
  readonly get: (id: string) => Promise<Vendor>;
};

/** Without a config, `folder` is where it was looked for: an unknown id may be meant for one that lies elsewhere. */
export function openVendors(
  builtin: string,
  config: ConfigFile | null,
  folder: string | null = null,
): Vendors {
  const patches = config?.config.providers ?? {};
  const read = new Map<string, Promise<Vendor>>();
  let names: Promise<readonly string[]> | null = null;
  const shipped = (): Promise<readonly string[]> => (names ??= builtinIds(builtin));
  const ids = async () => [...new Set([...(await shipped()), ...Object.keys(patches)])].toSorted();
  const load = async (id: string, above: readonly string[] = []): Promise<Vendor> => {
    const isBuiltin = (await shipped()).includes(id);
    const file = isBuiltin ? await readBuiltin(join(builtin, `${id}.yaml`)) : null;
    const patch = Object.hasOwn(patches, id) ? patches[id] : undefined;
    if (patch === undefined && file === null) {
      const missing = config === null && folder !== null ? await noConfigIn(folder) : null;
      return unknownVendor(id, { known: await ids(), own: Object.keys(patches) }, missing);
    }
    const like = likeOf(patch?.like ?? file?.like);
    if (like !== null && [...above, id].includes(like.use)) throw likeItself(id);
    const below = like === null ? null : await load(like.use, [...above, id]);
    const base = below === null ? file : overlaidOn(file, below, id, like?.carry);
    return patch === undefined && base !== null ? base : patched(base, id, patch ?? {}, config);
  };
  return {
    ids,
    get: (id) => {
      const vendor = read.get(id) ?? load(id);
      read.set(id, vendor);
      return vendor;
    },
  };
}

/** All vendors by id. */
export async function allVendors(
  builtin: string,
  config: ConfigFile | null,
): Promise<readonly Vendor[]> {
  const vendors = openVendors(builtin, config);
  return Promise.all((await vendors.ids()).map(vendors.get));
}

const readBuiltin = async (file: string): Promise<Vendor> =>
  (await builtVendor(file)) ?? readProvider(file);

/** Reads and checks one vendor's file. */
export async function readProvider(file: string): Promise<Vendor> {
  const { value, locate } = await readYaml(file, Provider);
  const { schema: _schema, ...vendor } = value;
  const stem = /([^\\/]+)\.yaml$/.exec(file)?.[1];
  const misnamed =
    stem === vendor.id ? [] : [problemAt(locate, ["id"], mustBeFileName(stem ?? ""))];
  const problems = inOrder([...misnamed, ...vendorProblems(value, locate)]);
  if (problems.length > 0) throw problemError(problems);
  return vendor;
}

/** Overlays a vendor's file on the vendor it is like; a vendor without a file is reached the same way as that one. */
function overlaidOn(
  file: Vendor | null,
  below: Vendor,
  id: string,
  carry: Like["carry"] | undefined,
): Vendor {
  const { protocol, base_url } = below;
  const base = { ...inherited(below, file?.protocol ?? protocol, carry), protocol, base_url, id };
  return file === null ? base : patchVendor<ProviderPatch & Vendor>(base, file);
}

function patched(
  base: Vendor | null,
  id: string,
  patch: ProviderPatch,
  config: ConfigFile | null,
): Vendor {
  const locate: Locate = (path, at) =>
    config?.locate(["providers", id, ...path], at) ?? noPlace(path);
  const whole = base === null ? patch : patchVendor(base, patch);
  // A program has no address.
  const vendor = whole.protocol === "command" ? { base_url: "command:", ...whole } : whole;
  const { protocol, base_url } = vendor;
  const problems = [...missingKeys(vendor, locate), ...vendorProblems(vendor, locate)];
  if (problems.length > 0 || protocol === undefined || base_url === undefined) {
    throw problemError(problems);
  }
  return { ...vendor, id, protocol, base_url };
}

const missingKeys = (vendor: ProviderPatch, locate: Locate): readonly Problem[] =>
  (["protocol", "base_url"] as const)
    .filter((name) => vendor[name] === undefined)
    .map((name) => problemAt(locate, [name], missing(name)));

async function builtinIds(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(".yaml")).map((name) => name.slice(0, -5));
}

function unknownVendor(
  id: string,
  { known, own }: { readonly known: readonly string[]; readonly own: readonly string[] },
  noConfig: Text | null,
): never {
  const unknown = unknownName({ zh: "服务商", en: "provider" }, id, known, own);
  if (noConfig === null) throw new UserError(unknown);
  throw new UserError({
    zh: `${unknown.zh}\n自己的服务商写在 baimo.yaml 里，而${noConfig.zh}`,
    en: `${unknown.en}\nproviders of your own stand in baimo.yaml, and ${noConfig.en}`,
  });
}

const likeItself = (id: string): UserError =>
  new UserError({
    zh: `服务商 ${id} 的 like 绕了一圈又回到它自己`,
    en: `provider ${id} stands on itself by way of like`,
  });

const noPlace = (path: readonly PropertyKey[]) => ({
  file: "",
  line: null,
  column: null,
  path: pathText(path),
});

const missing = (name: string): Text => ({
  zh: `缺少必填项 ${name}（新的服务商要写 protocol 与 base_url）`,
  en: `missing required ${name} (a new provider needs protocol and base_url)`,
});
const mustBeFileName = (stem: string): Text => ({
  zh: `应与文件名相同：${stem}`,
  en: `expected the file's own name, ${stem}`,
});
