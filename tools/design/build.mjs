// Compiles src/ and the design system into static/: one style sheet, one script. Run by `make design`; its results are committed.
import { build } from "esbuild";
import { mkdir, writeFile } from "node:fs/promises";
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
