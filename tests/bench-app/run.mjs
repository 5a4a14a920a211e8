// Measures the app with many messages in flight, in headless Chromium, and prints a table:
//   CHROME_PATH=/usr/bin/chromium node tests/bench-app/run.mjs [DIST]
// It needs a release build in `dist`. Exits with 1 where 2,000 messages are drawn at less than 55 frames a second, or
// with 6 ms of script a frame or more.

import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../../scripts/chrome.mjs";
import { serve } from "../../scripts/serve.mjs";
import { scenario } from "./scenario.mjs";

const SECONDS = 5;
const folder = process.argv[2] ?? fileURLToPath(new URL("../../dist", import.meta.url));
const server = await serve(folder, ["/"]);
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });
let good = true;

/** What the browser has spent so far, in milliseconds. */
async function spent(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => metrics.find((m) => m.name === name).value * 1000;
  return { script: of("ScriptDuration"), style: of("RecalcStyleDuration") + of("LayoutDuration"), task: of("TaskDuration") };
}

async function measure(inFlight) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.address);
  await page.waitForSelector(".stage");
  await page.setInputFiles("input[type=file]", {
    name: "many.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(scenario(inFlight))),
  });
  await page.waitForTimeout(8_000);
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
  if (picture) await page.screenshot({ path: `${picture}-${inFlight}.png` });
  await page.close();
  return { rate: frames / SECONDS, script: each("script"), style: each("style"), task: each("task"), label };
}

try {
  console.log("in flight   frames/s   script ms/frame   style ms/frame   all tasks ms/frame");
  for (const inFlight of [200, 2_000, 5_000]) {
    const found = await measure(inFlight);
    const numbers = [found.rate.toFixed(1).padStart(9), found.script.toFixed(2).padStart(17), found.style.toFixed(2).padStart(16), found.task.toFixed(2).padStart(20)];
    console.log(`${String(inFlight).padEnd(11)}${numbers.join(" ")}   ${found.label}`);
    if (inFlight === 2_000) good = found.rate >= 55 && found.script < 6;
  }
} finally {
  await browser.close();
  await server.close();
}
process.exitCode = good ? 0 : 1;
