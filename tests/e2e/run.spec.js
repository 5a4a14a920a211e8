// Watching a run: motion, the buttons for time, and a cut link in the counts and on the stage.

import { expect, test } from "./app.js";

test("a visitor sees moving requests at once, without doing anything", async ({ app }) => {
  await app.open();
  await expect.poll(() => app.seconds()).toBeGreaterThan(0);
  await expect.poll(() => app.sent()).toBeGreaterThan(0);
  const dots = await app.dots();
  await expect.poll(async () => (await app.dots()) !== dots).toBe(true);
});

test("pause stops time and dots, and play continues from there", async ({ app }) => {
  await app.open();
  await expect.poll(() => app.sent()).toBeGreaterThan(0);
  await app.pause();
  const [time, dots] = [await app.settled(), await app.dots()];
  await watch(app, 500);
  expect(await app.seconds()).toBe(time);
  expect(await app.dots()).toBe(dots);
  await app.play();
  await expect.poll(() => app.seconds()).toBeGreaterThan(time);
});

test("a step goes on to the next event, and stays there", async ({ app }) => {
  await app.open();
  await app.pause();
  const before = await app.settled();
  await app.stepButton.click();
  await expect.poll(() => app.seconds()).toBeGreaterThan(before);
  expect(await app.isPaused()).toBe(true);
});

test("a higher speed makes more time pass", async ({ app }) => {
  await app.open();
  const slow = await timePassed(app, "0.1");
  const fast = await timePassed(app, "1");
  expect(fast).toBeGreaterThan(slow * 2);
});

test("a cut link leads to timeouts, counted in the numbers and drawn on the stage", async ({ app, page }) => {
  await app.open();
  const link = app.links.first();
  await app.selectLink(link);
  expect(await app.number("timeouts")).toBe(0);
  await app.inspector.getByRole("button", { name: "Cut the link", exact: true }).click();
  await expect(link).toHaveAttribute("aria-label", /link cut/);
  await app.speed.fill("0");
  await expect.poll(() => app.number("timeouts"), { timeout: 20_000 }).toBeGreaterThan(0);
  await expect(page.locator(".badge", { hasText: "timed out" }).first()).toBeVisible();
  await page.screenshot({ path: "target/e2e/cut-link.png" });
});

/** Lets real time pass, because a test cannot wait for an event that must not happen. */
function watch(app, milliseconds) {
  return app.page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), milliseconds);
}

/** The simulated seconds that pass in about a second at a place of the speed, a power of ten. */
async function timePassed(app, place) {
  await app.speed.fill(place);
  const start = await app.seconds();
  await watch(app, 1000);
  return (await app.seconds()) - start;
}
