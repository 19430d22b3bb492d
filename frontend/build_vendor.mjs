/**
 * Rebuilds event_server/static/vendor from the packages pinned in package.json, and writes VENDOR.toml.
 *
 * Run through `make vendor`. The output is committed, so that nobody who installs or runs Girotondo needs Node.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VENDOR = join(ROOT, "event_server", "static", "vendor");
const PACKAGES = join(ROOT, "node_modules");
const FONT = "@fontsource/atkinson-hyperlegible-next";
const SUBSETS = ["latin", "latin-ext"];
const WEIGHTS = [500, 600, 800];

/** What goes into each vendored file; upstream is the project's own page. */
const SOURCES = [
  { name: "preact", file: "preact.js", upstream: "https://preactjs.com" },
  { name: "@preact/signals", file: "preact.js", upstream: "https://github.com/preactjs/signals" },
  { name: "@preact/signals-core", file: "preact.js", upstream: "https://github.com/preactjs/signals" },
  { name: "htm", file: "preact.js", upstream: "https://github.com/developit/htm" },
  { name: "lucide-static", file: "lucide.svg", upstream: "https://lucide.dev" },
  { name: FONT, file: "fonts", upstream: "https://www.brailleinstitute.org/freefont/" },
];

async function manifest(name) {
  return JSON.parse(await readFile(join(PACKAGES, name, "package.json"), "utf8"));
}

async function bundlePreact() {
  await build({
    entryPoints: [join(ROOT, "frontend", "preact_entry.mjs")],
    outfile: join(VENDOR, "preact.js"),
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    legalComments: "none",
    banner: { js: "/* Preact, hooks, signals (MIT) and htm (Apache-2.0): see VENDOR.toml and licences/. */" },
  });
}

/** One sprite: the drawing of each icon inside a <symbol>; size and stroke come from the page's `.icon` class. */
async function drawSprite() {
  const names = JSON.parse(await readFile(join(ROOT, "frontend", "icons.json"), "utf8"));
  const symbols = await Promise.all(
    names.map(async (name) => {
      const svg = await readFile(join(PACKAGES, "lucide-static", "icons", `${name}.svg`), "utf8");
      const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
      return `<symbol id="${name}" viewBox="0 0 24 24">${drawing.replaceAll(/\s*\n\s*/g, "")}</symbol>`;
    }),
  );
  const lines = ['<svg xmlns="http://www.w3.org/2000/svg">', ...symbols, "</svg>", ""];
  await writeFile(join(VENDOR, "lucide.svg"), lines.join("\n"));
}

async function copyFonts() {
  await mkdir(join(VENDOR, "fonts"), { recursive: true });
  for (const subset of SUBSETS) {
    for (const weight of WEIGHTS) {
      const file = `atkinson-hyperlegible-next-${subset}-${weight}-normal.woff2`;
      await cp(join(PACKAGES, FONT, "files", file), join(VENDOR, "fonts", file));
    }
  }
}

function licenceFile(name) {
  return `licences/${name.replace("@", "").replaceAll("/", "-")}.txt`;
}

async function copyLicences() {
  await mkdir(join(VENDOR, "licences"), { recursive: true });
  for (const { name } of SOURCES) {
    await cp(join(PACKAGES, name, "LICENSE"), join(VENDOR, licenceFile(name)));
  }
}

async function digests() {
  const entries = await readdir(VENDOR, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== "VENDOR.toml")
    .map((entry) => relative(VENDOR, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  return Promise.all(
    files.sort().map(async (file) => {
      const digest = createHash("sha256").update(await readFile(join(VENDOR, file))).digest("hex");
      return `"${file}" = "${digest}"`;
    }),
  );
}

async function writeManifest() {
  const lines = ["# Third-party files of this folder. Written by frontend/build_vendor.mjs: do not edit.", ""];
  for (const { name, file, upstream } of SOURCES) {
    const { version, license } = await manifest(name);
    const entry = { name, version, licence: license, licence_text: licenceFile(name), upstream, part_of: file };
    lines.push("[[package]]", ...Object.entries(entry).map(([key, value]) => `${key} = "${value}"`), "");
  }
  lines.push("[sha256]", ...(await digests()), "");
  await writeFile(join(VENDOR, "VENDOR.toml"), lines.join("\n"));
}

await rm(VENDOR, { recursive: true, force: true });
await mkdir(VENDOR, { recursive: true });
await bundlePreact();
await drawSprite();
await copyFonts();
await copyLicences();
await writeManifest();
