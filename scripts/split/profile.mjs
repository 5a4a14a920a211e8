// Finds out which code the page needs until somebody touches it: opens it in Chromium with a module that notes in its
// memory where it came by, and lets it play.

import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../chrome.mjs";
import { serve } from "../serve.mjs";
import { assemble } from "./tools.mjs";
import { probes } from "./outline.mjs";
import { memory, write } from "./text.mjs";
import { parse } from "./tree.mjs";

/**
 * A large screen and a phone: between them, all of the first picture. Both in real time, and with a clock that goes
 * faster, to come by more of what happens.
 */
const SCREENS = [
  { viewport: { width: 1440, height: 900 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark" },
];
const HASTES = [1, 8];
const VISITS = HASTES.flatMap((haste) => SCREENS.map((screen) => ({ haste, screen })));
const PLAY_MS = 10_000;
const PAGE_BYTES = 65_536;

/**
 * The module with a byte of memory for each place that control may come by, which is set when it does. The bytes are
 * above those that the program has to begin with; whatever more it needs it asks the browser for.
 */
function instrumented({ items, functions }) {
  const { name, limits } = memory(items.find(({ kind }) => kind === "memory").line);
  if (!/^\d+$/.test(limits)) throw new Error(`A memory without a largest size is expected: ${limits}`);
  const start = Number(limits) * PAGE_BYTES;
  const places = new Map();
  const lines = [];
  let total = 0;
  for (const { name, lines: own, body } of functions.values()) {
    const found = probes(parse(own.slice(body, -1)));
    const marks = new Map(found.map((node, i) => [node.start, total + i]));
    places.set(name, { from: total, to: total + found.length });
    total += found.length;
    lines.push(own.slice(0, body));
    own.slice(body).forEach((line, i) => {
      if (marks.has(i)) lines.push(`(i32.store8 offset=${start + marks.get(i)} (i32.const 0) (i32.const 1))`);
      lines.push(line);
    });
  }
  const pages = Number(limits) + Math.ceil(total / PAGE_BYTES);
  const head = items.map(({ kind, line }) => (kind === "memory" ? ` (memory ${name} ${pages})` : line));
  return { text: write([head, lines]), start, total, places };
}

/** Runs in the page before anything else: keeps the memory of the module, and makes haste. */
function listen(haste) {
  let memory;
  window.bytesOfMemory = (start, count) => [...new Uint8Array(memory.buffer, start, count)].join("");
  for (const name of ["instantiateStreaming", "instantiate"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (source, imports) => {
      const result = await original.call(WebAssembly, source, imports);
      memory = (result.instance ?? result).exports.memory;
      return result;
    };
  }
  // What the page shows from then on is no part of the first picture.
  addEventListener("callchain:used", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  const [now, frame] = [performance.now.bind(performance), window.requestAnimationFrame.bind(window)];
  performance.now = () => now() * haste;
  window.requestAnimationFrame = (callback) => frame((time) => callback(time * haste));
}

async function visit(browser, address, { haste, screen }, { start, total }) {
  const context = await browser.newContext({ ...screen, locale: "en-GB" });
  try {
    const page = await context.newPage();
    const problems = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.addInitScript(listen, haste);
    await page.goto(address, { waitUntil: "load", timeout: 60_000 });
    await page.locator("[data-service]").first().waitFor({ timeout: 60_000 });
    // Moving the pointer is how almost every visit goes on. What answers that belongs to the first picture as well, so
    // that the rest is fetched because of it and not waited for.
    for (let step = 0; step < 6; step++) {
      await page.mouse.move(screen.viewport.width * (0.2 + step / 10), 200 + 40 * step);
    }
    await page.waitForTimeout(PLAY_MS);
    if (problems.length) throw new Error(`The page complains while it is watched: ${problems.join("; ")}`);
    return await page.evaluate(([from, count]) => window.bytesOfMemory(from, count), [start, total]);
  } finally {
    await context.close();
  }
}

/**
 * What ran of `module` in the page of `folder`, whose WebAssembly is the file `wasm`: for each function by name, and
 * for each of its `probes`, whether it was passed.
 */
export async function passedPlaces(module, folder, wasm) {
  const copy = await mkdtemp(join(tmpdir(), "callchain-profile-"));
  try {
    await cp(folder, copy, { recursive: true });
    const text = join(copy, "instrumented.wat");
    const watched = instrumented(module);
    await writeFile(text, watched.text);
    assemble(text, join(copy, wasm));
    const server = await serve(copy);
    const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });
    try {
      const visits = await Promise.all(VISITS.map((it) => visit(browser, `${server.address}/`, it, watched)));
      const passed = Array.from({ length: watched.total }, (_, i) => visits.some((marks) => marks[i] === "1"));
      return new Map([...watched.places].map(([name, { from, to }]) => [name, passed.slice(from, to)]));
    } finally {
      await browser.close();
      await server.close();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}
