// Time: forward and back, to any moment of the past, another way from there; and two versions in step.

import { expect, test } from "./app.js";
import { pictures } from "./pictures.js";

test("stepping back stops at the same moments as stepping forward", async ({ app, page }) => {
  await app.open();
  await app.pause();
  await app.settled();
  const there = [];
  for (let i = 0; i < 5; i++) {
    await app.stepButton.click();
    await app.settled();
    there.push([await app.seconds(), await app.dots()]);
  }
  for (const [seconds, dots] of there.reverse().slice(1)) {
    await page.keyboard.press(",");
    await expect.poll(() => app.seconds()).toBe(seconds);
    await expect.poll(() => app.dots()).toBe(dots);
  }
});

test("the timeline goes to any past moment, by pointer and by key", async ({ app }) => {
  await app.open();
  await app.speed.fill("0.3");
  await expect.poll(() => app.seconds(), { timeout: 20_000 }).toBeGreaterThan(4);
  await app.pause();
  const end = await app.settled();
  // In slow motion each message is a dot, and where that is depends on the moment alone.
  await app.speed.fill("-1");
  await app.timeline.press("Home");
  await expect.poll(() => app.seconds()).toBe(0);
  await app.scrub(0.3);
  await expect.poll(() => app.seconds()).toBeGreaterThan(0);
  const past = await app.settled();
  expect(past).toBeLessThan(end);
  expect(await app.isPaused()).toBe(true);
  const dots = await app.dots();
  await app.timeline.press("End");
  await expect.poll(() => app.seconds()).toBe(end);
  await app.timeline.press("Home");
  await app.scrub(0.3);
  await expect.poll(() => app.seconds()).toBe(past);
  await expect.poll(() => app.dots()).toBe(dots);
});

test("after an edit of the past, the timeline shows the old future as a pale line", async ({ app, page }) => {
  await app.open();
  await app.speed.fill("1");
  await expect.poll(() => app.seconds(), { timeout: 20_000 }).toBeGreaterThan(12);
  await app.pause();
  const end = await app.settled();
  expect(await app.oldFuture()).toBe("");
  await app.scrub(0.3);
  await expect.poll(() => app.seconds()).toBeLessThan(end);
  const fork = await app.settled();
  await app.selectLink(app.links.last());
  await page.getByRole("button", { name: "Cut the link", exact: true }).first().click();
  await expect.poll(() => app.oldFuture()).not.toBe("");
  await expect(app.timeline).toHaveAttribute("aria-valuetext", new RegExp(`of ${fork.toFixed(3)}\\ss`));
  await expect(page.getByRole("list", { name: "Changes" })).toContainText("Bank account → Access privilege cut");
  await app.play();
  await expect.poll(() => app.seconds()).toBeGreaterThan(fork + 3);
  await app.pause();
  await page.keyboard.press("Escape");
  await pictures(page, "old-future");
});

test("the dock is legible at every width: its head, the names of its rows, the texts of changes", async ({ app, page }) => {
  await app.open();
  await app.speed.fill("1");
  await expect.poll(() => app.seconds(), { timeout: 20_000 }).toBeGreaterThan(3);
  await app.select(app.services.nth(1));
  for (let i = 0; i < 3; i++) {
    await app.tools.getByRole("button", { name: "Take it down" }).click();
    const then = await app.seconds();
    await expect.poll(() => app.seconds()).toBeGreaterThan(then + 1);
  }
  await app.pause();
  await page.keyboard.press("Escape");
  const boxes = (selector) =>
    page.locator(selector).evaluateAll((all) => all.map((it) => it.getBoundingClientRect().toJSON()));
  for (const width of [1440, 1024, 955, 820, 770, 390]) {
    await page.setViewportSize({ width, height: 900 });
    if (!(await app.timeline.isVisible())) await app.openPanel("Timeline");
    // Words get their places with the next drawing.
    await app.stepButton.click();
    await app.settled();
    const [parts, words] = [await boxes(".transport .speed, .tabs, .timeline-names > span"), await boxes(".done-words text")];
    expect(parts).toHaveLength(5);
    expect(words.length).toBeGreaterThan(0);
    const all = [...parts, ...words];
    for (const [i, a] of all.entries()) {
      expect(a.left, `${width}`).toBeGreaterThanOrEqual(0);
      expect(a.right, `${width}`).toBeLessThanOrEqual(width);
      expect(a.width, `${width}`).toBeGreaterThan(0);
      for (const b of all.slice(i + 1)) {
        const apart = a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
        expect(apart, `${width}: ${JSON.stringify([a, b])}`).toBe(true);
      }
    }
  }
});

test("two versions run in step, and the tables show the differences", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "A storm of retries" }).click();
  await page.getByRole("button", { name: "Compare" }).first().click();
  const [kept, now] = [page.getByRole("region", { name: "A, as it was" }), page.getByRole("region", { name: "B, as it is now" })];
  await expect(kept.locator("[data-service]")).toHaveCount(4);
  const table = page.getByRole("table", { name: "Different settings" });
  await expect(table).toContainText("None yet");
  await now.locator("[data-link]").last().focus();
  await now.locator("[data-link]").last().press("Enter");
  await page.getByRole("switch", { name: "Retry" }).click();
  await expect(table).toContainText("Orders → Stock: retry");
  await app.speed.fill("1.3");
  await app.play();
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(30);
  await app.pause();
  await app.settled();
  const result = page.getByRole("table", { name: "Results" });
  await expect(result.getByRole("row", { name: /Orders → Stock: attempts per call/ })).toContainText("better");
  // The same load at the same instants: as many requests on both sides.
  const sent = (version) => version.locator("[data-service]").first().getAttribute("aria-label");
  const requests = (label) => label.match(/(\d+) requests? sent/)[1];
  expect(requests(await sent(kept))).toBe(requests(await sent(now)));
  await page.keyboard.press("Escape");
  await pictures(page, "compare");
  await page.getByRole("button", { name: "Compare" }).first().click();
  await expect(kept).toHaveCount(0);
});
