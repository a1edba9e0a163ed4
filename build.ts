/**
 * Builds `dist/`: `npm run build`, and before `npm pack` and `npm publish`. Modules that are always loaded together are
 * bundled into one file, along with the small packages they use, because a command spends most of its start-up time
 * loading small files. Whatever is looked up by name (a command, a protocol, a grader …) remains a file of that name,
 * in the same folder as in `src/`.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { build, type Plugin } from "esbuild";

import { buildPage } from "./build-page.ts";
import { type LockedPackage, sbomOf } from "./packaging/sbom.ts";
import { pluginFolders } from "./src/plugins.ts";
import { packageVersion } from "./src/store/builtin.ts";
import { builtText } from "./src/store/providers/built/built-vendor.ts";
import { readProvider } from "./src/store/providers/providers.ts";

const root = import.meta.dirname;
const src = join(root, "src");
const dist = join(root, "dist");

/** Files that are started on their own, or looked up by name. */
const entries = [
  "cli/bin.ts",
  "cli/score/threads/worker.ts",
  ...Object.keys(pluginFolders).map((folder) => `${folder}/*.ts`),
  "grading/code/box/{cell,warden}.ts",
  "grading/house/zod.ts",
  "grading/worker.ts",
  "simulator/server/process.ts",
  "transport/canary/vendor.ts",
  "transport/thread/worker.ts",
];

/** Dependencies stay packages that npm installs; imported development dependencies are bundled. */
const manifest = readJson("package.json") as Parameters<typeof sbomOf>[0]["manifest"];
const { dependencies, peerDependencies } = manifest;

/** The module that finds `dist/`, under whatever name it has been copied, from whichever file in it the code ended up in. */
const place = "baimo:dist";
const placeCode = `
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
let folder = import.meta.dirname;
while (!existsSync(join(folder, "cli", "bin.js"))) {
  if (folder === dirname(folder)) throw new Error("baimo: no folder with cli/bin.js above " + import.meta.dirname);
  folder = dirname(folder);
}
export const pathIn = (path) => join(folder, path);
export const hrefIn = (path) => pathToFileURL(pathIn(path)).href;
`;

/** Rewrites references of a source file to its own location, and imports of computed names, so that they hold in `dist/`. */
function placed(file: string): string {
  const own = relative(src, file);
  const here = dirname(own);
  const href = (path: string): string => JSON.stringify(path.replaceAll("\\", "/"));
  const text = readFileSync(file, "utf8");
  const code = text
    .replaceAll("import.meta.dirname", `pathIn(${href(here)})`)
    .replaceAll("import.meta.url", `hrefIn(${href(own.replace(/\.tsx?$/, ".js"))})`)
    .replaceAll(
      /import\(\s*(?:\/\*[^*]*\*\/\s*)?`(\.[^`$]*)(\$\{[^`]*)\.ts`\s*\)/g,
      (_, path: string, name: string) =>
        `import(hrefIn(${href(join(here, path))}) + \`/${name}.js\`)`,
    );
  return code === text ? text : `import { hrefIn, pathIn } from "${place}";\n${code}`;
}

const places: Plugin = {
  name: "places",
  setup: (builder) => {
    builder.onResolve({ filter: /^baimo:dist$/ }, () => ({ path: place, namespace: "place" }));
    builder.onLoad({ filter: /.*/, namespace: "place" }, () => ({
      contents: placeCode,
      loader: "js",
    }));
    builder.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, ({ path }) => ({
      contents: placed(path),
      loader: path.endsWith("x") ? "tsx" : "ts",
    }));
  },
};

/**
 * zod imports its messages in sixty languages, and we write our own. Of what is not loaded neither the text nor the code has to be
 * kept: half of what every command loads of zod.
 */
const oneLanguage: Plugin = {
  name: "one language of zod",
  setup: (builder) => {
    builder.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: `export { default as en } from "./en.js";`,
    }));
  },
};

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: globSync(entries, { cwd: src })
    .filter((file) => !file.endsWith(".test.ts"))
    .map((file) => join(src, file)),
  outdir: dist,
  outbase: src,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  metafile: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22.19",
  // esbuild believes that Node 22 lacks \p{…}, and would make such a pattern anew at each use, by `new RegExp`.
  supported: { "regexp-unicode-property-escapes": true },
  // Names and order of what is bundled come from paths: where `node_modules` is a link, they must be those inside of it.
  preserveSymlinks: true,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
  // yaml is CommonJS and calls require() for modules of Node. Without `node:`, which Node 12 does not know: the first
  // file of the program has to be read there to say so.
  banner: {
    js: `import { createRequire as requireOf } from "module";\nconst require = requireOf(import.meta.url);`,
  },
  plugins: [oneLanguage, places],
  // The text of each module is kept in memory, with two bytes a character where one of them needs two, in a comment too.
  minifyWhitespace: true,
  lineLimit: 160,
  // They stand in LICENSES.txt.
  legalComments: "none",
  logLevel: "warning",
});
const page = await buildPage(join(dist, "page"));
const bundled = packagesOf([...Object.keys(metafile.inputs), ...Object.keys(page.inputs)]);
writeFileSync(join(dist, "LICENSES.txt"), licenses(bundled));
const { packages: locked } = readJson("package-lock.json") as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
writeFileSync(join(dist, "sbom.cdx.json"), sbomOf({ manifest, locked, bundled }));
// A package holds no repository to read it from; `packageVersion` reads it from here.
const { commit } = packageVersion();
if (commit !== null) writeFileSync(join(dist, "commit.txt"), `${commit}\n`);

// Reading all of them as YAML takes half a second.
mkdirSync(join(dist, "vendors"));
for (const file of globSync("providers/*.yaml", { cwd: root }).map((name) => join(root, name))) {
  const vendor = await readProvider(file);
  const text = builtText(readFileSync(file, "utf8"), vendor);
  writeFileSync(join(dist, "vendors", `${vendor.id}.json`), text);
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(root, name), "utf8"));
}

/** The packages that files come from, each once, sorted. */
function packagesOf(inputs: readonly string[]): readonly string[] {
  const names = inputs.map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
  return [...new Set(names)].filter((name) => name !== undefined).toSorted();
}

/** The licenses of the bundled packages, which those licenses ask to be passed on. */
function licenses(names: readonly string[]): string {
  return names
    .map((name) => {
      const folder = join(root, "node_modules", name);
      const [file] = globSync("{LICENSE,LICENCE,license}*", { cwd: folder });
      if (file === undefined) throw new Error(`${name} has no license file`);
      return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
    })
    .join("\n\n");
}
