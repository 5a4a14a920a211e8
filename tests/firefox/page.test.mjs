// The page in Firefox: what differs between browsers is tried once, by the way of a person through the release build.
// `./check firefox` runs this. It needs a build in `dist` and FIREFOX_PATH; everything else is tested in Chromium.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { launchFirefox } from "../../scripts/firefox.mjs";
import { serve } from "../../scripts/serve.mjs";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const PATIENCE = 30_000;

let server, browser, page;
const complaints = [];

before(async () => {
  await mkdir(path("target/e2e"), { recursive: true });
  server = await serve(path("dist"), ["/some/name/"]);
  browser = await launchFirefox({ width: 1440, height: 985 });
  page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.goto(`${server.address}/some/name/`);
  await shown("[data-service]");
});

after(async () => {
  await browser?.close();
  await server?.close();
});

const picture = (name) => page.screenshot({ path: path(`target/e2e/firefox-${name}.png`) });

/**
 * Waits until `found` gives something, and gives it. Puppeteer's own waiting needs an `eval` in the page, which the
 * page's security policy forbids.
 */
async function eventually(found) {
  for (const end = Date.now() + PATIENCE; ; await setTimeout(100)) {
    const value = await found();
    if (value) return value;
    assert.ok(Date.now() < end, `never came: ${found}`);
  }
}

const shown = (selector) => eventually(() => page.$(selector));
const holds = (test, ...values) => eventually(() => page.evaluate(test, ...values));
const press = async (name) => (await shown(`::-p-aria([name="${name}"][role="button"])`)).click();

test("requests move at once", async () => {
  const dots = await page.$eval("canvas", (canvas) => canvas.toDataURL());
  await holds((before) => document.querySelector("canvas").toDataURL() !== before, dots);
});

test("a link that is cut makes calls time out", async () => {
  const middle = await page.$eval("[data-link='1'] path", (line) => {
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
    return { x, y };
  });
  await page.mouse.move(2, 2);
  await shown("html[data-used]");
  await page.mouse.click(middle.x, middle.y);
  await press("Cut the link");
  await holds(() => /[1-9]\d* requests? sent/.test(document.querySelector("[data-service='0']").ariaLabel));
  await holds(() => {
    const rows = [...document.querySelectorAll("[aria-label='Right now'] div")];
    return rows.some((row) => row.querySelector("dt")?.innerText === "timeouts" && Number.parseFloat(row.querySelector("dd").innerText) > 0);
  });
  await picture("cut");
});

test("charts, log and one request open", async () => {
  await press("Charts");
  await shown(".uplot canvas");
  await picture("charts");
  await press("Log");
  await shown("[role='listbox'] [role='option']");
  await press("Request");
  await press("The last one");
  await shown("[aria-label='Request'] svg");
  await picture("request");
});

test("Firefox has nothing to complain of", () => assert.deepEqual(complaints, []));
