// End-to-end tests: the release build in headless Chromium, used like a person does. `./check e2e` runs them.
//
// They need a build in `dist` and CHROME_PATH. Pictures of every run are left in target/e2e.

import { defineConfig } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../../scripts/chrome.mjs";

const MINUTE = 60_000;

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/e2e/failures",
  globalSetup: "./server.js",
  globalTimeout: 15 * MINUTE,
  timeout: MINUTE,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    actionTimeout: 10_000,
    navigationTimeout: 30_000,
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS },
  },
});
