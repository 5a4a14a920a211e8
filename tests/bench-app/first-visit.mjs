// Measures a first visit over a slow connection and with a slow processor, in headless Chromium:
//   CHROME_PATH=/usr/bin/chromium node tests/bench-app/first-visit.mjs [DIST]
// It needs a release build in `dist`. Prints after how many seconds the first request moves, for each run and their median.
// Exits with 1 where the median is above the goal.

import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../../scripts/chrome.mjs";
import { firstMove, noteFirstMove } from "../../scripts/first-move.mjs";
import { serve } from "../../scripts/serve.mjs";

const RUNS = 3;
const GOAL_SECONDS = 4;
const BITS_PER_SECOND = 1_600_000;
const LATENCY_MS = 150;
const SLOWDOWN = 4;

const folder = process.argv[2] ?? fileURLToPath(new URL("../../dist", import.meta.url));
const server = await serve(folder, ["/"], { compress: true });
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });

async function visit() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const bytesPerSecond = BITS_PER_SECOND / 8;
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", {
      offline: false, latency: LATENCY_MS, downloadThroughput: bytesPerSecond, uploadThroughput: bytesPerSecond,
    });
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
    await page.addInitScript(noteFirstMove);
    await page.goto(`${server.address}/`, { waitUntil: "commit" });
    return (await firstMove(page)) / 1000;
  } finally {
    await context.close();
  }
}

try {
  const seconds = [];
  for (let run = 0; run < RUNS; run++) seconds.push(await visit());
  const median = seconds.toSorted((a, b) => a - b)[Math.floor(RUNS / 2)];
  console.log(`The first request moves after ${seconds.map((it) => it.toFixed(2)).join(", ")} s; median ${median.toFixed(2)} s, goal ${GOAL_SECONDS} s.`);
  process.exitCode = median <= GOAL_SECONDS ? 0 : 1;
} finally {
  await browser.close();
  await server.close();
}
