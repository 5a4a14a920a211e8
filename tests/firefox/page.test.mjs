// The page in Firefox: what differs between browsers is tried once, by the way of a person through the release build.
// `./check firefox` runs this. It needs a build in `dist` and FIREFOX_PATH; everything else is tested in Chromium.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { launchFirefox } from "../../scripts/firefox.mjs";
import { serve } from "../../scripts/serve.mjs";
import { large } from "../bench-app/large.mjs";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const PATIENCE = 30_000;

let server, browser, page;
const complaints = [];

before(async () => {
  await mkdir(path("target/e2e"), { recursive: true });
  server = await serve(path("dist"), ["/some/name/"]);
  browser = await launchFirefox({ width: 1440, height: 985 });
  await open(`${server.address}/some/name/`);
});

/** From now on `page` is a new tab with this address. */
async function open(address) {
  page = await browser.newPage();
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  await page.goto(address);
  await shown("[data-service]");
}

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

test("a cut link makes calls time out", async () => {
  const middle = await page.$eval("[data-link='1'] path", (line) => {
    const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
    return { x, y };
  });
  await page.mouse.move(2, 2);
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
  await press("Last request");
  await shown("[aria-label='Request'] svg");
  await picture("request");
});

test("an edit can be undone, and is part of a link", async () => {
  const services = () => page.$$eval("[data-service]", (all) => all.length);
  await press("Add: Service");
  await eventually(async () => (await services()) === 4);
  await page.keyboard.down("Control");
  await page.keyboard.press("z");
  await page.keyboard.up("Control");
  await eventually(async () => (await services()) === 3);
  await press("Add: Stub");
  await eventually(async () => (await services()) === 4);
  await press("Share");
  const field = await shown("#share-link");
  const link = await eventually(() => field.evaluate((it) => it.value));
  await picture("share");
  await open(link);
  await eventually(async () => (await services()) === 4);
  const kinds = await page.$$eval("[data-service]", (all) => all.map((it) => it.getAttribute("class")));
  assert.equal(kinds.filter((kind) => kind.includes("stub")).length, 1);
});

test("a flowchart becomes a system, and a command is found and run", async () => {
  const file = path("target/e2e/firefox.mmd");
  await writeFile(file, "flowchart LR\n  shopper([Shopper]) --> shop[Web shop]\n  shop --> stock & prices\n");
  await (await shown("input[type=file]")).uploadFile(file);
  await press("Show it");
  await eventually(() => page.$("[data-service][aria-label^='Web shop']"));
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await shown("[role=combobox]");
  await page.keyboard.type("select everything");
  await page.keyboard.press("Enter");
  await eventually(async () => (await page.$$("[data-service][aria-current]")).length === 4);
  await picture("flowchart");
});

test("a large system is zoomed as a picture, and what is under the pointer stays there", async () => {
  const file = path("target/e2e/firefox-large.json");
  await writeFile(file, JSON.stringify(large(60, 100)));
  await (await shown("input[type=file]")).uploadFile(file);
  await eventually(async () => (await page.$$("[data-service]")).length === 60);
  await setTimeout(1_000);
  const { start, moving } = await page.evaluate(async () => {
    const stage = document.querySelector(".stage"), frame = stage.querySelector("[data-service='30'] .frame");
    const box = () => {
      const { x, y, width, height } = frame.getBoundingClientRect();
      return { x, y, width, height };
    };
    const start = box();
    const [clientX, clientY] = [start.x + start.width / 2, start.y + start.height / 2];
    stage.dispatchEvent(new WheelEvent("wheel", { clientX, clientY, deltaY: -200, bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    return { start, moving: { ...box(), is: stage.hasAttribute("data-moving") } };
  });
  assert.ok(moving.is);
  await holds(() => !document.querySelector(".stage[data-moving]"));
  const rests = await (await page.$("[data-service='30'] .frame")).boundingBox();
  assert.ok(rests.width > start.width * 1.2);
  for (const side of ["x", "y", "width", "height"]) assert.ok(Math.abs(moving[side] - rests[side]) < 1, side);
  assert.ok(Math.abs(rests.x + rests.width / 2 - start.x - start.width / 2) < 1);
  await picture("large");
});

test("Firefox reports no errors", () => assert.deepEqual(complaints, []));
