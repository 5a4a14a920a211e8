// node scripts/size.mjs FOLDER: what a first visit costs, and whether that is within the budget.
//
// Opens the page in Chromium as a first visitor does, and adds up everything that the page asks the server for until
// it is quiet, and the icons that it names, which a headless browser does not fetch. Compressed by gzip at the usual
// level of a web server, without what travels in headers. What is fetched when it is first needed (the later part of
// the WebAssembly, see scripts/split-wasm.mjs) is told apart, and has no budget.

import { readFile, readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "./chrome.mjs";
import { serve } from "./serve.mjs";

const BUDGET_BYTES = 240_000;
const GZIP_LEVEL = 6;

const folder = resolve(process.argv[2] ?? "dist");

/** The files that a first visit fetches. */
async function firstVisit() {
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });
  try {
    const page = await browser.newPage();
    // Something that belongs to the first part and travels with the later one would show here.
    const complain = (text) => {
      console.log(`The page complains: ${text}`);
      process.exitCode = 1;
    };
    page.on("pageerror", (error) => complain(error.message));
    page.on("console", (message) => message.type() === "error" && complain(message.text()));
    await page.goto(`${server.address}/`, { waitUntil: "networkidle", timeout: 60_000 });
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
const total = files.reduce((sum, file) => sum + file.sent, 0);

const row = (name, raw, sent) => console.log(`${name.padEnd(64)} ${raw.padStart(9)} ${sent.padStart(9)}`);
row("file", "bytes", "gzipped");
for (const file of files) row(file.name, String(file.raw), String(file.sent));
row("all", "", String(total));
row("budget", "", String(BUDGET_BYTES));
for (const file of later) row(`when first needed: ${file.name}`, String(file.raw), String(file.sent));
if (!files.some((file) => file.name.endsWith(".wasm"))) {
  console.log("No WebAssembly was asked for: this is not the app.");
  process.exitCode = 1;
} else if (total > BUDGET_BYTES) {
  console.log(`A first visit is ${total - BUDGET_BYTES} bytes too large.`);
  process.exitCode = 1;
}
