// Measures the ways to draw many dots, in headless Chromium, and prints a table:
//   CHROME_PATH=/usr/bin/chromium node tests/bench-draw/run.mjs
// Script is the time of the page's own code, "between" the time from frame to frame, painting included.

import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../../scripts/chrome.mjs";
import { serve } from "../../scripts/serve.mjs";

const server = await serve(fileURLToPath(new URL(".", import.meta.url)), ["/"]);
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.address);
  await page.waitForFunction(() => window.measure);
  console.log("dots    way                       script ms   between ms   frames/s");
  for (const count of [2_000, 10_000]) {
    for (const way of await page.evaluate(() => window.ways)) {
      const found = await page.evaluate(([way, count]) => window.measure(way, count, 60), [way, count]);
      const [script, between, rate] = found
        ? [found.script.toFixed(1), found.between.toFixed(1), (1000 / found.between).toFixed(0)]
        : ["not here", "", ""];
      console.log(`${String(count).padEnd(8)}${way.padEnd(26)}${script.padStart(9)}${between.padStart(13)}${rate.padStart(11)}`);
    }
  }
} finally {
  await browser.close();
  await server.close();
}
