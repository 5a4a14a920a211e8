// node scripts/size.mjs FOLDER: what travels before the first request moves, what all of the code comes to, and whether
// that is within the budget.
//
// Opens the page in Chromium as a first visitor does, and never delivers the parts that load on demand (scripts/split.sh).
// Adds up everything that the page asks the server for until a request moves, and the icons that it names, which a
// headless browser does not fetch. Compressed by gzip at the usual level of a web server, without what travels in headers.

import { readFile, readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "./chrome.mjs";
import { firstMove, noteFirstMove } from "./first-move.mjs";
import { serve } from "./serve.mjs";

const FIRST_BYTES = 555_000;
const CODE_BYTES = 1_132_000;
const GZIP_LEVEL = 6;
/** Files that load on demand: parts of the code, and the texts that only they use. */
const PART = /\/((split|chunk)_\w+\.wasm|texts\/en\/\w+\.ftl)\b/;

const folder = resolve(process.argv[2] ?? "dist");

function fail(message) {
  console.log(message);
  process.exitCode = 1;
}

/** The files that a first visit fetches before a request moves. */
async function firstVisit() {
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });
  try {
    const page = await browser.newPage();
    // Something that belongs to the first part and travels with another one would show here.
    page.on("pageerror", (error) => fail(`The page complains: ${error.message}`));
    page.on("console", (message) => message.type() === "error" && fail(`The page complains: ${message.text()}`));
    await page.route(PART, () => {});
    await page.addInitScript(noteFirstMove);
    await page.goto(`${server.address}/`);
    await firstMove(page);
    const icons = await page
      .locator('link[rel~="icon"], link[rel="manifest"], link[rel="apple-touch-icon"]')
      .evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    return new Set([...server.asked, ...icons.map((path) => resolve(folder, `.${decodeURIComponent(path)}`))]);
  } finally {
    await browser.close();
    await server.close();
  }
}

/** The name and the sizes of each file, the largest first. */
async function weigh(paths) {
  const files = await Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(path);
      return { name: relative(folder, path), raw: bytes.length, sent: gzipSync(bytes, { level: GZIP_LEVEL }).length };
    }),
  );
  return files.sort((a, b) => b.sent - a.sent);
}

const asked = await firstVisit();
const files = await weigh([...asked]);
const all = await readdir(folder, { recursive: true, withFileTypes: true });
const paths = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const later = await weigh(paths.filter((path) => !asked.has(path)));
const sum = (files) => files.reduce((total, file) => total + file.sent, 0);
const first = sum(files);
const code = sum([...files, ...later].filter(({ name }) => /\.(wasm|js)$/.test(name)));

const row = (name, raw, sent) => console.log(`${name.padEnd(64)} ${raw.padStart(9)} ${sent.padStart(9)}`);
row("file", "bytes", "gzipped");
for (const file of files) row(file.name, String(file.raw), String(file.sent));
row("before the first request moves", "", String(first));
row("budget", "", String(FIRST_BYTES));
for (const file of later) row(`when first needed: ${file.name}`, String(file.raw), String(file.sent));
row("all of the code", "", String(code));
row("budget", "", String(CODE_BYTES));

if (!files.some(({ name }) => name.endsWith(".wasm"))) fail("No WebAssembly was asked for: this is not the app.");
if (!later.some(({ name }) => PART.test(`/${name}`))) fail("The WebAssembly was not split.");
if (first > FIRST_BYTES) fail(`A first visit is ${first - FIRST_BYTES} bytes too large.`);
if (code > CODE_BYTES) fail(`The code is ${code - CODE_BYTES} bytes too large.`);
