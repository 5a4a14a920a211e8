// The charts of a run over time, by eye, pointer, keyboard and screen reader.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { expect, test } from "./app.js";
import { pictures } from "./pictures.js";

/** A shop whose stock is slow between the second and the fourth second. */
const RUN = JSON.stringify({
  format: "callchain/1",
  title: "A slow spell",
  services: [
    { id: "web", name: "Web", kind: "client", position: [60, 200] },
    { id: "shop", name: "Shop", position: [380, 200], workers: 32, work: "5ms" },
    { id: "stock", name: "Stock", position: [720, 200], workers: 4, work: "20ms" },
  ],
  links: [
    { from: "web", to: "shop" },
    { from: "shop", to: "stock", timeout: "200ms", retry: { max_attempts: 2 }, breaker: { window: { calls: 20 }, open_for: "1s" } },
  ],
  load: [{ client: "web", constant: 60 }],
  faults: [{ at: "2s", for: "2s", service: "stock", slow: 20 }],
  objectives: [{ name: "It works", client: "web", success: 0.99 }],
});
const FETCHED = /\/charts\//;

const chart = (page, name) => page.getByRole("slider", { name });
const valuesOf = (chart) => chart.getAttribute("aria-valuetext");
const openCharts = (page) => page.getByRole("button", { name: "Charts", exact: true }).click();

/** Opens the system, runs it to this second, and pauses. */
async function run(app, page, until) {
  await app.open();
  await app.openFile("spell.json", RUN);
  await expect(app.service("Stock")).toBeVisible();
  await app.speed.fill("0.3");
  await app.play();
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(until);
  await app.pause();
  await openCharts(page);
  await expect(chart(page, "Web: answers").locator("canvas")).toBeVisible();
  return app.settled();
}

/** Where a second is in a chart, in pixels of the page: half way along says how long the axis is. */
async function placeOf(chart, second) {
  const { x, y, width, height } = await chart.locator(".u-over").boundingBox();
  await chart.page().mouse.move(x + width / 2, y + height / 2);
  const half = Number.parseFloat(await valuesOf(chart));
  return [x + (width / 2) * (second / half), y + height / 2];
}

test("the library of the charts is fetched once, when they are first shown", async ({ app, page }) => {
  const asked = [];
  page.on("request", (request) => FETCHED.test(request.url()) && asked.push(new URL(request.url()).pathname));
  await app.open();
  await page.mouse.move(300, 300);
  await expect.poll(() => app.seconds()).toBeGreaterThan(0);
  expect(asked).toEqual([]);
  await openCharts(page);
  await expect(page.locator(".chart canvas")).not.toHaveCount(0);
  const files = ["charts/charts.css", "charts/charts.js", "charts/uPlot.iife.min.js", "charts/uPlot.min.css"];
  expect(asked.map((path) => path.slice(1)).sort()).toEqual(files);
  await openCharts(page);
  await expect(page.locator(".chart")).toHaveCount(0);
  await openCharts(page);
  await expect(page.locator(".chart canvas")).not.toHaveCount(0);
  expect(asked).toHaveLength(files.length);
});

test("the charts work on a page under a sub-path", async ({ app, page }) => {
  await app.open("/some/name/");
  await openCharts(page);
  await expect(page.locator(".chart canvas")).not.toHaveCount(0);
});

test("a pointer over one chart shows the values of all charts and the changes at that moment", async ({ app, page }) => {
  await run(app, page, 5);
  const answers = chart(page, "Web: answers");
  await page.mouse.move(...(await placeOf(answers, 3.3)));
  await expect(answers).toHaveAttribute("aria-valuetext", /^3\.\d+ s: good [\d.]+, bad [\d.]+, sent [\d.]+, Stock 20× slower$/);
  await expect(answers.locator(".chart-when")).toContainText("Stock 20× slower");
  const second = (await valuesOf(answers)).split(" ")[0];
  for (const name of ["Web: latency", "All calls: attempts", "Stock: queue", "Circuit breakers", "Error budget left"]) {
    await expect(chart(page, name)).toHaveAttribute("aria-valuetext", new RegExp(`^${second} s: `));
  }
  const during = Number((await valuesOf(answers)).match(/good ([\d.]+)/)[1]);
  await page.mouse.move(...(await placeOf(answers, 1)));
  await expect.poll(async () => Number((await valuesOf(answers)).match(/good ([\d.]+)/)[1])).toBeGreaterThan(during + 20);
  expect(await valuesOf(answers)).not.toContain("slower");
  await page.screenshot({ path: "target/e2e/charts.png" });
});

test("charts show an open breaker and a spent budget", async ({ app, page }) => {
  await run(app, page, 5);
  const breakers = chart(page, "Circuit breakers");
  await page.mouse.move(...(await placeOf(breakers, 1)));
  await expect(breakers).toHaveAttribute("aria-valuetext", /Shop → Stock closed/);
  await page.mouse.move(...(await placeOf(breakers, 3)));
  await expect(breakers).toHaveAttribute("aria-valuetext", /Shop → Stock (half-)?open/);
  await page.mouse.move(...(await placeOf(breakers, 4.9)));
  await expect(chart(page, "Error budget left")).toHaveAttribute("aria-valuetext", /It works spent/);
});

test("an alert names its start and its cause, and the stage marks both", async ({ app, page }) => {
  await run(app, page, 3.2);
  const told = page.getByRole("list", { name: "Objectives" });
  await expect(told).toContainText(/It works: [\d.]+\s% good so far, 99\s% wanted\. Alert since 2\.\d\ss, likely cause: Stock is slow/);
  await expect(page.locator(".alarm-bell")).toHaveCount(1);
  await expect(page.locator(".alarm-cause")).toHaveText("likely cause: slow");
  await pictures(page, "alerts");
  await chart(page, "Web: latency").press("Home");
  await chart(page, "Web: latency").press("Enter");
  await expect(page.locator(".alarm-bell, .alarm-cause")).toHaveCount(0);
});

test("a click on a chart goes to that moment of the run", async ({ app, page }) => {
  await run(app, page, 5);
  const latency = chart(page, "Web: latency");
  await page.mouse.click(...(await placeOf(latency, 2.5)));
  await expect.poll(() => app.seconds()).toBeLessThan(2.6);
  expect(await app.settled()).toBeGreaterThan(2.4);
  expect(await app.isPaused()).toBe(true);
});

/** By how much the moment that a chart reads is off, in seconds: it says hundredths. */
async function offFrom(chart, seconds) {
  return Math.abs(Number.parseFloat(await valuesOf(chart)) - seconds);
}

test("keys move along a chart, read it, and go to the moment", async ({ app, page }) => {
  const end = await run(app, page, 4);
  const latency = chart(page, "Web: latency");
  await latency.focus();
  await expect.poll(() => offFrom(latency, end)).toBeLessThan(0.011);
  await latency.press("Home");
  const first = await valuesOf(latency);
  await latency.press("ArrowRight");
  await expect.poll(() => valuesOf(latency)).not.toBe(first);
  expect(Number.parseFloat(await valuesOf(latency))).toBeGreaterThan(Number.parseFloat(first));
  await latency.press("ArrowLeft");
  await expect(latency).toHaveAttribute("aria-valuetext", first);
  await latency.press("Enter");
  await expect.poll(() => app.seconds()).toBeLessThan(1);
  await latency.press("Escape");
  const now = await app.settled();
  await expect.poll(() => offFrom(latency, now)).toBeLessThan(0.011);
});

test("after an edit of the past, charts show the old future beside the new one", async ({ app, page }) => {
  await run(app, page, 5);
  const answers = chart(page, "Web: answers");
  await page.mouse.click(...(await placeOf(answers, 1)));
  await expect.poll(() => app.seconds()).toBeLessThan(1.2);
  await app.settled();
  await app.selectLink(app.links.last());
  await page.getByRole("button", { name: "Cut the link", exact: true }).first().click();
  await app.play();
  await expect.poll(() => app.seconds()).toBeGreaterThan(1.8);
  await app.pause();
  await page.mouse.move(...(await placeOf(answers, 1.5)));
  await expect(answers.locator(".look-old")).toContainText("before");
  await expect.poll(async () => Number((await valuesOf(answers)).match(/before[^\d]*([\d.]+)/)[1])).toBeGreaterThan(40);
  expect(Number((await valuesOf(answers)).match(/good ([\d.]+)/)[1])).toBeLessThan(20);
  await page.screenshot({ path: "target/e2e/charts-old-future.png" });
});

test("the numbers are available as tables without accessibility violations", async ({ app, page }) => {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const violations = async () => {
    const found = await page.evaluate(() => window.axe.run(document.querySelector(".dock")));
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  };
  await run(app, page, 3);
  await page.evaluate(axe);
  expect(await violations()).toEqual([]);
  await page.getByRole("button", { name: "Data as table" }).click();
  const table = page.getByRole("table", { name: "Web: latency" });
  await expect(table.getByRole("columnheader")).toHaveText(["Time", "p99", "p95", "p50"]);
  expect(await table.getByRole("row").count()).toBeGreaterThan(5);
  await expect(page.getByRole("table", { name: "Changes" })).toContainText("Stock 20× slower");
  expect(await violations()).toEqual([]);
});

test("the charts fit, in every size and theme", async ({ app, page }) => {
  await run(app, page, 3);
  await pictures(page, "charts", {
    holds: async () => {
      const wide = await page.locator(".charts").evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(wide).toBe(0);
    },
  });
});
