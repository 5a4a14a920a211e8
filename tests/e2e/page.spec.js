// The page itself: hosting, allowed files, and messages where it cannot run.

import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "./app.js";
import { SUB_PATH } from "./server.js";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

test("the page works under a sub-path, also after a reload", async ({ app, page }) => {
  await app.open(SUB_PATH);
  await page.reload();
  await expect(app.time).toBeVisible();
  await expect.poll(() => app.seconds()).toBeGreaterThan(0);
});

test("no script, style or handler is inline", async () => {
  const html = await readFile(`${dist}index.html`, "utf8");
  expect(html).toMatch(/http-equiv="?Content-Security-Policy/);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/i);
  expect(html).not.toMatch(/<style\b/i);
  expect(html).not.toMatch(/\s(style|on[a-z]+)=/i);
  expect(html).not.toMatch(/unsafe-inline|'unsafe-eval'/);
});

test("every address in the page is relative", async () => {
  const html = await readFile(`${dist}index.html`, "utf8");
  // The page is minified: values stand without quotes where they can.
  const addresses = [...html.matchAll(/\s(?:src|href|data-wasm|data-module)="?([^"\s>]*)/g)];
  expect(addresses.length).toBeGreaterThan(5);
  for (const [, address] of addresses) {
    expect(address).toMatch(/^(\.\/|#|data:)/);
  }
});

test("the build has every file that it names, and no leftovers of the tools", async () => {
  const files = (await readdir(dist, { recursive: true })).map((name) => name.replace(/^.*\//, ""));
  const modules = files.filter((name) => name.endsWith(".wasm") && !/^chunk_\d+\.wasm$/.test(name));
  const parts = ["dialogs", "dock", "inspector", "marks"].map((part) => `split_${part}.wasm`);
  expect(modules.sort()).toEqual(["callchain_bg.wasm", ...parts]);
  expect(files.filter((name) => /\.(d\.ts|map|small|new|wat)$/.test(name))).toEqual([]);
});

test("without WebAssembly the page says so", async ({ page }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await page.goto(`${process.env.CALLCHAIN_ADDRESS}/`);
  await expect(page.getByRole("alert")).toContainText("WebAssembly");
});

test("without JavaScript the page says so", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${process.env.CALLCHAIN_ADDRESS}/`);
  await expect(page.locator("noscript p")).toContainText([/needs JavaScript/, /braucht dafür JavaScript/]);
  await expect(page.locator("noscript p").first()).toBeVisible();
  await context.close();
});

test("on a phone either the inspector or a panel of the dock is open, whichever was opened last", async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  const [sheet, timeline] = [page.locator(".right.open"), page.getByRole("button", { name: "Timeline", exact: true })];
  if ((await timeline.getAttribute("aria-expanded")) === "false") await timeline.click();
  await app.select(app.service("Bank account"));
  await expect(sheet).toBeVisible();
  await expect(timeline).toHaveAttribute("aria-expanded", "false");
  await timeline.click();
  await expect(sheet).toHaveCount(0);
  await expect(timeline).toHaveAttribute("aria-expanded", "true");
  // The timeline and the transport leave enough room for the system.
  expect((await app.stage.boundingBox()).height).toBeGreaterThan(300);
});
