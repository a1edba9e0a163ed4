/** The list of what is inside, in CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/ */

/** One entry of `packages` in a package-lock.json, as far as it is read here. */
export type LockedPackage = {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Only of packages that hold machine code. */
  readonly os?: readonly string[];
};

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

type Sources = {
  readonly manifest: Manifest;
  /** By their paths, such as `node_modules/ink/node_modules/chalk`. */
  readonly locked: Readonly<Record<string, LockedPackage>>;
  /** Names of the packages whose code stands in `dist/` itself. */
  readonly bundled: readonly string[];
};

type Scope = "required" | "optional";

/**
 * Every package that is in `dist/` or that npm installs beside it, with licence and checksum; those that are installed
 * only where they are wanted have the scope `optional`. The same sources give the same bytes: neither a date nor a
 * random number is in it.
 */
export function sbomOf({ manifest, locked, bundled }: Sources): string {
  const inside = bundled.map((name) => [`node_modules/${name}`, "required"] as const);
  const rows = [...inside, ...installedPackages({ manifest, locked })];
  // Of one version in several places, the one that is always there counts.
  const components = new Map<string, ReturnType<typeof componentOf>>();
  for (const [path, scope] of rows) {
    const component = componentOf(path, lockedAt(path, locked), scope);
    if (!components.has(component.purl)) components.set(component.purl, component);
  }
  const purl = purlOf(manifest.name, manifest.version);
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": purl,
        name: manifest.name,
        version: manifest.version,
        description: manifest.description,
        licenses: licensesOf(manifest.license),
        purl,
      },
    },
    components: [...components.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/**
 * Where npm puts every package that the program needs, and whether it is always there. Paths as in the lock, each once.
 */
export function installedPackages({
  manifest,
  locked,
}: Omit<Sources, "bundled">): readonly (readonly [string, Scope])[] {
  const required = closure(Object.keys(manifest.dependencies), locked);
  const optional = closure(Object.keys(manifest.peerDependencies), locked);
  return [
    ...required.map((path) => [path, "required"] as const),
    ...optional
      .filter((path) => !required.includes(path))
      .map((path) => [path, "optional"] as const),
  ];
}

function componentOf(
  path: string,
  { version = "", integrity, license }: LockedPackage,
  scope: Scope,
) {
  const full = nameOf(path);
  const [group, name] = full.startsWith("@") ? full.split("/") : [undefined, full];
  const purl = purlOf(full, version);
  return {
    type: "library",
    "bom-ref": purl,
    ...(group === undefined ? {} : { group }),
    name,
    version,
    scope,
    ...(integrity === undefined ? {} : { hashes: [hashOf(integrity)] }),
    licenses: licensesOf(license),
    purl,
  };
}

/** npm has the checksum in base64, CycloneDX in hex. */
function hashOf(integrity: string): { readonly alg: string; readonly content: string } {
  const [, bits = "", base64 = ""] = /^sha(\d+)-(\S+)/.exec(integrity) ?? [];
  return { alg: `SHA-${bits}`, content: Buffer.from(base64, "base64").toString("hex") };
}

/** An SPDX identifier, an expression of several, or a name that is neither; empty where the package states none. */
function licensesOf(license: string | undefined): readonly object[] {
  if (license === undefined) return [];
  if (/ (?:AND|OR|WITH) /.test(license)) return [{ expression: license }];
  return [{ license: /^[\w.+-]+$/.test(license) ? { id: license } : { name: license } }];
}

/** https://github.com/package-url/purl-spec */
const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace("@", "%40")}@${version}`;

const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + 13);

/** Paths of the named packages and of all that they need, found as Node finds them. */
function closure(names: readonly string[], locked: Sources["locked"]): readonly string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const path = resolved(name, from, locked);
    // What is optional for another system is not installed on this one.
    if (path === null || found.has(path)) return;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {} } = lockedAt(path, locked);
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) visit(each, path);
  };
  for (const name of names) visit(name, "");
  return [...found];
}

function resolved(name: string, from: string, locked: Sources["locked"]): string | null {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))
  ) {
    const path = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (locked[path] !== undefined) return path;
    if (folder === "") return null;
  }
}

function lockedAt(path: string, locked: Sources["locked"]): LockedPackage {
  const found = locked[path];
  if (found === undefined) throw new Error(`package-lock.json has no ${path}`);
  return found;
}
