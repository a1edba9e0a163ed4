import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { builtinFolder } from "../store/builtin.ts";
import { cataloguePage, cataloguePages } from "./catalogue-page.ts";
import { commandsPage, commandsPages } from "./commands-page.ts";
import { configPage, configPages } from "./config-page/config-page.ts";
import { hardFamiliesPage, hardFamiliesPages } from "./families/hard-families-page.ts";
import { providerFactsPage, providerFactsPages } from "./provider-facts-page.ts";

// `npm run schemas`
const root = dirname(builtinFolder("suites"));
for (const [name, lang] of Object.entries(commandsPages)) {
  await writeFile(join(root, name), await commandsPage(lang));
}
for (const [name, lang] of Object.entries(cataloguePages)) {
  await writeFile(join(root, name), await cataloguePage(lang));
}
for (const [name, lang] of Object.entries(providerFactsPages)) {
  await writeFile(join(root, name), await providerFactsPage(lang));
}
for (const [name, lang] of Object.entries(hardFamiliesPages)) {
  await writeFile(join(root, name), await hardFamiliesPage(lang));
}
for (const [name, lang] of Object.entries(configPages)) {
  await writeFile(join(root, name), configPage(lang));
}
