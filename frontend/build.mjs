// Makes the style sheets, fonts and scripts that the pages ask for:
//   node build.mjs [output folder, default ../var/static-build]
// Run `npm ci` in this folder first. The folder is replaced as a whole, so that a broken build leaves the old one.
import { build } from "esbuild";
import { copyFile, cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, "../var/static-build"));
const work = `${out}.new`;
const MAX_OWN_CSS_GZIP = 25 * 1024;

const packageFolder = (name) =>
  path.dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

const ARABIC = "U+0600-06FF, U+0750-077F, U+200C-200E, U+FB50-FDFF, U+FE70-FEFF";
const fonts = [
  ...[
    ["Regular", 400, "normal"],
    ["Italic", 400, "italic"],
    ["Medium", 500, "normal"],
    ["SemiBold", 600, "normal"],
    ["Bold", 700, "normal"],
  ].map(([cut, weight, style]) => ({
    family: "Fira Sans",
    weight,
    style,
    file: `FiraSans-${cut}.woff2`,
    from: ["@kern-ux/native", "dist/fonts/fira-sans"],
  })),
  ...[400, 600].map((weight) => ({
    family: "Vazirmatn",
    weight,
    style: "normal",
    file: `vazirmatn-arabic-${weight}-normal.woff2`,
    from: ["@fontsource/vazirmatn", "files"],
    range: ARABIC,
  })),
];

/** KERN writes left and right; pages in Arabic and Farsi need start and end. */
function logical(css) {
  const side = { left: "start", right: "end" };
  return (
    css
      .replace(/([;{])(margin|padding)-(left|right):/g, (_, before, what, s) => `${before}${what}-inline-${side[s]}:`)
      .replace(
        /([;{])border-(left|right)(-width|-color|-style)?:/g,
        (_, before, s, what = "") => `${before}border-inline-${side[s]}${what}:`,
      )
      .replace(/([;{])(left|right):/g, (_, before, s) => `${before}inset-inline-${side[s]}:`)
      .replace(/([;{])text-align:(left|right)/g, (_, before, s) => `${before}text-align:${side[s]}`) +
    // Browsers set a legend to the left of its box by default, whatever the direction.
    "legend{text-align:start}"
  );
}

function fontFace({ family, weight, style, file, range }) {
  const unicode = range ? `;unicode-range:${range}` : "";
  return (
    `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};font-display:swap;` +
    `src:url("fonts/${file}") format("woff2")${unicode}}`
  );
}

async function makeKern() {
  const kern = await readFile(path.join(packageFolder("@kern-ux/native"), "dist/kern.min.css"), "utf8");
  await writeFile(path.join(work, "kern.css"), logical(kern) + fonts.map(fontFace).join(""));
  await mkdir(path.join(work, "fonts"));
  for (const { from, file } of fonts) {
    await copyFile(path.join(packageFolder(from[0]), from[1], file), path.join(work, "fonts", file));
  }
}

const PHYSICAL =
  /(^|[;{\s])((margin|padding|border)-(left|right)[a-z-]*|left|right|float|clear|text-align)\s*:\s*([^;}]*)/g;

/** Own sheets must not know left and right, or the Arabic page breaks without anybody noticing. */
async function refusePhysicalProperties() {
  for (const name of await readdir(path.join(here, "css"))) {
    const css = await readFile(path.join(here, "css", name), "utf8");
    for (const [, , property, , , value] of css.matchAll(PHYSICAL)) {
      const isFlow = ["float", "clear", "text-align"].includes(property);
      if (!isFlow || /\b(left|right)\b/.test(value)) {
        throw new Error(`css/${name}: "${property}: ${value}" knows left and right; use a logical property`);
      }
    }
  }
}

async function makeOwn() {
  await refusePhysicalProperties();
  const common = { bundle: true, minify: true, legalComments: "none", logLevel: "warning" };
  await build({
    ...common,
    entryPoints: [path.join(here, "css/index.css")],
    outfile: path.join(work, "quartierwerk.css"),
  });
  await build({
    ...common,
    entryPoints: [path.join(here, "js/index.js")],
    outfile: path.join(work, "quartierwerk.js"),
    format: "iife",
    target: ["es2019"],
  });
  const size = gzipSync(await readFile(path.join(work, "quartierwerk.css")), { level: 9 }).length;
  if (size > MAX_OWN_CSS_GZIP) {
    throw new Error(`quartierwerk.css: ${size} bytes compressed, the limit is ${MAX_OWN_CSS_GZIP}`);
  }
  return size;
}

/** axe-core is a tool of the tests: beside the build, never in what the server hands out. */
async function copyTestTools() {
  let axe;
  try {
    axe = path.join(packageFolder("axe-core"), "axe.min.js");
  } catch {
    return; // npm ci --omit=dev
  }
  const tools = path.join(path.dirname(out), "test-tools");
  await mkdir(tools, { recursive: true });
  await cp(axe, path.join(tools, "axe.min.js"));
}

await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });
await makeKern();
const size = await makeOwn();
await copyFile(path.join(here, "images/mark.svg"), path.join(work, "mark.svg"));
await copyTestTools();
if (existsSync(out)) {
  await rename(out, `${out}.old`);
}
await rename(work, out);
await rm(`${out}.old`, { recursive: true, force: true });
console.log(`${path.relative(process.cwd(), out)}: quartierwerk.css ${(size / 1024).toFixed(1)} kB compressed`);
