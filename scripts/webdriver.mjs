// node scripts/webdriver.mjs: prints the capabilities with which wasm-bindgen-test-runner starts Chromium.

import { CHROME_ARGUMENTS } from "./chrome.mjs";

console.log(
  JSON.stringify({
    "goog:chromeOptions": { binary: process.env.CHROME_PATH, args: ["--headless", ...CHROME_ARGUMENTS] },
  }),
);
