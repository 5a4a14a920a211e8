// node scripts/size.mjs FOLDER: what a first visit costs, and whether that is within the budget.
//
// Opens the page in Chromium as a first visitor does, and adds up everything that the page asks the server for until
// it is quiet, and the icons that it names, which a headless browser does not fetch. Compressed by gzip at the usual
// level of a web server, without what travels in headers.

import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
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

const files = [];
for (const file of await firstVisit()) {
  const bytes = await readFile(file);
  files.push({ name: relative(folder, file), raw: bytes.length, sent: gzipSync(bytes, { level: GZIP_LEVEL }).length });
}
files.sort((a, b) => b.sent - a.sent);
const total = files.reduce((sum, file) => sum + file.sent, 0);

const row = (name, raw, sent) => console.log(`${name.padEnd(44)} ${raw.padStart(9)} ${sent.padStart(9)}`);
row("file", "bytes", "gzipped");
for (const file of files) row(file.name, String(file.raw), String(file.sent));
row("all", "", String(total));
row("budget", "", String(BUDGET_BYTES));
if (!files.some((file) => file.name.endsWith(".wasm"))) {
  console.log("No WebAssembly was asked for: this is not the app.");
  process.exitCode = 1;
} else if (total > BUDGET_BYTES) {
  console.log(`A first visit is ${total - BUDGET_BYTES} bytes too large.`);
  process.exitCode = 1;
}
