// Compiles src/ and the design system into static/: one style sheet, one script. Run by `make design`; its results are committed.
import { build } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../static");
await mkdir(join(target, "css"), { recursive: true });
await mkdir(join(target, "js"), { recursive: true });

const { css } = compile(join(here, "src/portal.scss"), { style: "compressed", quietDeps: true, silenceDeprecations: ["import"] });
await writeFile(join(target, "css/portal.css"), css + "\n");
const script = await build({
  entryPoints: [join(here, "src/portal.js")],
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2022",
  legalComments: "none",
  write: false,
});
const js = script.outputFiles[0].contents;
await writeFile(join(target, "js/portal.js"), js);
for (const [name, bytes] of [["css/portal.css", Buffer.from(css)], ["js/portal.js", js]]) {
  console.log(`${name}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
}

// The design system's own examples, for the tests of our markup (tests/kernel/test_components.py).
const wanted = {
  breadcrumbs: ["with one level"],
  button: ["default", "secondary", "warning", "link", "prevent double click"],
  "character-count": ["with hint and error", "with count type 'words'"],
  checkboxes: ["default", "with hints on items"],
  "date-input": ["with error on day input", "default", "with translations"],
  details: ["default"],
  "error-summary": ["default"],
  "file-upload": ["default", "with error message and hint"],
  input: ["default", "with hint text", "with error and hint", "with prefix"],
  "inset-text": ["default"],
  "notification-banner": ["default", "with type as success"],
  pagination: ["default", "with many pages"],
  radios: ["default", "with hint and error message"],
  select: ["default", "with hint text and error message"],
  "skip-link": ["default"],
  "summary-list": ["default", "with some actions"],
  tag: ["default", "grey", "green"],
  "task-list": ["default", "with hint text and additional tags"],
  textarea: ["default", "with hint and error message"],
  "warning-text": ["default"],
};
const examples = {};
for (const [component, names] of Object.entries(wanted)) {
  const file = join(here, "node_modules/govuk-frontend/dist/govuk/components", component, "fixtures.json");
  const { fixtures } = JSON.parse(await readFile(file, "utf-8"));
  for (const { name, html } of fixtures) {
    if (names.includes(name)) examples[`${component}: ${name}`] = html;
  }
}
await writeFile(join(here, "../../tests/kernel/design_examples.json"), JSON.stringify(examples, null, 1) + "\n");
console.log(`${Object.keys(examples).length} examples`);
