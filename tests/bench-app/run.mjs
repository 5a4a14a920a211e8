// Measures the app with many messages in flight, in headless Chromium, and prints a table:
//   CHROME_PATH=/usr/bin/chromium node tests/bench-app/run.mjs [DIST]
// It needs a release build in `dist`. Exits with 1 where a row is below its goal: at least so many frames a second, and
// less than so many milliseconds of script a frame. PICTURE=PATH leaves a picture of each row.

import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../../scripts/chrome.mjs";
import { serve } from "../../scripts/serve.mjs";
import { scenario } from "./scenario.mjs";

const SECONDS = 5;
// Those that do not fit are seen as flows; zoomed in, some of them as dots.
const ROWS = [
  { inFlight: 200, chains: 7, length: 7 },
  { inFlight: 2_000, chains: 7, length: 7, goal: { rate: 55, script: 6 } },
  { inFlight: 10_000, chains: 22, length: 9, goal: { rate: 55, script: 8 } },
  { inFlight: 10_000, chains: 22, length: 9, zoomIn: 8, goal: { rate: 55, script: 8 } },
];
const folder = process.argv[2] ?? fileURLToPath(new URL("../../dist", import.meta.url));
const server = await serve(folder, ["/"]);
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });

/** What the browser has spent so far, in milliseconds. */
async function spent(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => metrics.find((m) => m.name === name).value * 1000;
  return { script: of("ScriptDuration"), style: of("RecalcStyleDuration") + of("LayoutDuration"), task: of("TaskDuration") };
}

async function measure({ inFlight, chains, length, zoomIn = 0 }) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.address);
  await page.waitForSelector(".stage");
  await page.setInputFiles("input[type=file]", {
    name: "many.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(scenario(inFlight, chains, length))),
  });
  for (let i = 0; i < zoomIn; i++) await page.getByRole("button", { name: "Zoom in" }).click();
  await page.waitForTimeout(1_000 * (2 * length * 0.3 + 4));
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const before = await spent(session);
  const frames = await page.evaluate((seconds) => new Promise((done) => {
    const start = performance.now();
    let frames = 0;
    const count = (now) => (now - start < seconds * 1000 ? (frames++, requestAnimationFrame(count)) : done(frames));
    requestAnimationFrame(count);
  }), SECONDS);
  const after = await spent(session);
  const each = (key) => (after[key] - before[key]) / frames;
  const label = await page.locator("[data-service='0']").getAttribute("aria-label");
  const picture = process.env.PICTURE;
  if (picture) await page.screenshot({ path: `${picture}-${inFlight}-${zoomIn}.png` });
  await page.close();
  return { rate: frames / SECONDS, script: each("script"), style: each("style"), task: each("task"), label };
}

let good = true;
try {
  console.log("in flight  services   frames/s   script ms/frame   style ms/frame   all tasks ms/frame");
  for (const row of ROWS) {
    const found = await measure(row);
    const start = String(row.inFlight).padEnd(11) + String(row.chains * row.length + 1).padEnd(8);
    const numbers = [found.rate.toFixed(1).padStart(10), found.script.toFixed(2).padStart(17), found.style.toFixed(2).padStart(16), found.task.toFixed(2).padStart(20)];
    console.log(`${start}${numbers.join(" ")}   ${row.zoomIn ? "zoomed in; " : ""}${found.label}`);
    good &&= !row.goal || (found.rate >= row.goal.rate && found.script < row.goal.script);
  }
} finally {
  await browser.close();
  await server.close();
}
process.exitCode = good ? 0 : 1;
