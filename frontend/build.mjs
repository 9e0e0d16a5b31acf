// Builds what Engage serves: one style sheet, the scripts, the fonts, their licences and a manifest.
// The same sources always give the same bytes, so a rebuild shows any change as a diff.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "engage", "kit", "static", "engage");

const packageOf = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
const files = [];

const put = (path, content, from) => {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
  files.push({ path, from, sha256: createHash("sha256").update(content).digest("hex") });
};

const copy = (path, name, source) => put(path, readFileSync(join(modules, name, source)), [name]);

rmSync(out, { recursive: true, force: true });

const css = sass.compile(join(here, "src", "engage.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
});
put("engage.css", css.css + "\n", ["engage", "govuk-frontend"]);
put("engage.js", readFileSync(join(here, "src", "engage.js")), ["engage"]);
put("images/icon.svg", readFileSync(join(here, "src", "icon.svg")), ["engage"]);

for (const font of ["atkinson-hyperlegible-next", "bricolage-grotesque"]) {
  const name = `@fontsource-variable/${font}`;
  for (const slice of ["latin", "latin-ext"]) {
    copy(`fonts/${font}-${slice}.woff2`, name, `files/${font}-${slice}-wght-normal.woff2`);
  }
  copy(`licences/${font}.txt`, name, "LICENSE");
}

// Its package carries no licence file, so its words are kept beside these sources.
put("licences/govuk-frontend.txt", readFileSync(join(here, "licences/govuk-frontend.txt")), ["govuk-frontend"]);

const licenceFile = (name) => `licences/${name.split("/").pop()}.txt`;
const packages = [
  "@fontsource-variable/atkinson-hyperlegible-next",
  "@fontsource-variable/bricolage-grotesque",
  "govuk-frontend",
].map((name) => ({
  name,
  version: packageOf(name).version,
  licence: packageOf(name).license,
  licence_file: licenceFile(name),
}));
files.sort((a, b) => (a.path < b.path ? -1 : 1));
writeFileSync(join(out, "manifest.json"), JSON.stringify({ packages, files }, null, 2) + "\n");
console.log(`Built ${files.length} files into ${out}`);
