import { pluginFolders } from "./src/plugins.ts";

/** What nothing imports: found by its name, or started as a process or a thread. */
export default {
  entry: [
    ...Object.keys(pluginFolders).map((folder) => `src/${folder}/*.ts`),
    "src/cli/testing/chat-server.ts",
    "src/grading/code/box/{cell,warden}.ts",
    "src/grading/house/zod.ts",
    "src/transport/canary/vendor.ts",
    "src/transport/thread/worker.ts",
    // Bundled for the browser by build-page.ts, which names them.
    "src/page/{main.tsx,node-util.ts,css.d.ts}",
    // Tests read them as text, and `npm run new` copies them into the tree.
    "scaffold/*/src/**/*.ts",
    "scaffold/{main,write-contributing,vitest.config}.ts",
    "scaffold/trials/*.ts",
    "bench/{*,kit/{bare,load-server,flood-server,probe},verdicts/{main,run-files},resolution/main,grounding/{main,rag-app},refusals/{main,learn,banks},queue/{main,vendor,hands},load/{main,verify,queue-server},peers/main}.ts",
  ],
  project: ["src/**/*.{ts,tsx}", "{bench,browser,packaging,scaffold}/**/*.ts"],
  ignoreBinaries: ["mkfifo", "openssl", "redis-server", "script", "sha256sum", "unshare"],
  // Interpreters of the box: found by their files, loaded in its own process. axe-core: read as a text, run by the browser.
  ignoreDependencies: ["sql.js", "axe-core"],
  ignoreExportsUsedInFile: { interface: true, type: true },
};
