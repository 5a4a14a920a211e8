// Finds out which functions the page needs until somebody touches it: opens it in Chromium with a module that reports
// every function that is entered, and lets it play.

import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../chrome.mjs";
import { serve } from "../serve.mjs";
import { assemble } from "./tools.mjs";
import { write } from "./text.mjs";

/** A large screen and a phone: between them, all of the first picture. */
const VISITS = [
  { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];
const PLAY_MS = 5_000;

/** The module, with a call at the start of each function that reports its number. */
function instrumented({ items, functions }) {
  const imports = items.findLastIndex(({ kind }) => kind === "import") + 1;
  const lines = items.map(({ line }) => line);
  lines.splice(imports, 0, ' (import "profile" "ran" (func $profile-ran (param i32)))');
  let number = 0;
  for (const { lines: own, body } of functions.values()) {
    lines.push([own.slice(0, body), `  (call $profile-ran (i32.const ${number}))`, own.slice(body)]);
    number += 1;
  }
  return write(lines);
}

/** Runs in the page before anything else: gives the module what it reports to. */
function listen() {
  const ran = new Set();
  window.functionsThatRan = () => [...ran];
  const profile = { ran: (number) => ran.add(number) };
  for (const name of ["instantiateStreaming", "instantiate"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = (source, imports) => original.call(WebAssembly, source, { ...imports, profile });
  }
}

async function visit(browser, address, options) {
  const context = await browser.newContext({ ...options, locale: "en-GB" });
  try {
    const page = await context.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.addInitScript(listen);
    await page.goto(address, { waitUntil: "load", timeout: 60_000 });
    await page.locator("[data-service]").first().waitFor({ timeout: 60_000 });
    // Moving the pointer is how almost every visit goes on: what answers that belongs to the first picture as well,
    // so that the rest is fetched at the first sign of interest and not waited for.
    await page.mouse.move(1, 1);
    await page.waitForTimeout(PLAY_MS);
    if (problems.length) throw new Error(`The page complains while it is watched: ${problems.join("; ")}`);
    return await page.evaluate(() => window.functionsThatRan());
  } finally {
    await context.close();
  }
}

/** The names of the functions of `module` that run in the page of `folder`, whose WebAssembly is the file `wasm`. */
export async function functionsThatRun(module, folder, wasm) {
  const copy = await mkdtemp(join(tmpdir(), "callchain-profile-"));
  try {
    await cp(folder, copy, { recursive: true });
    const text = join(copy, "instrumented.wat");
    await writeFile(text, instrumented(module));
    assemble(text, join(copy, wasm));
    const server = await serve(copy);
    const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });
    try {
      const names = [...module.functions.keys()];
      const visits = await Promise.all(VISITS.map((options) => visit(browser, `${server.address}/`, options)));
      return new Set(visits.flat().map((number) => names[number]));
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
