// Watching a run: it moves, it obeys the clock's buttons, and a cut link shows in the counts.

import { expect, test } from "./app.js";

test("a visitor sees requests move at once", async ({ app }) => {
  await app.open();
  await expect.poll(async () => (await app.numbers()).inFlight).toBeGreaterThan(0);
  const before = await app.numbers();
  await expect.poll(async () => (await app.numbers()).time).toBeGreaterThan(before.time);
  await expect.poll(async () => (await app.numbers()).ok).toBeGreaterThan(0);
});

test("pause holds the time still, and play goes on from there", async ({ app, page }) => {
  await app.open();
  await expect.poll(async () => (await app.numbers()).time).toBeGreaterThan(0);
  await app.pause();
  const held = await settled(app);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
  expect((await app.numbers()).time).toBe(held.time);
  await app.play();
  await expect.poll(async () => (await app.numbers()).time).toBeGreaterThan(held.time);
});

test("a step goes on to the next event, and stays there", async ({ app }) => {
  await app.open();
  await app.pause();
  const before = await settled(app);
  await app.stepButton.click();
  await expect.poll(async () => (await app.numbers()).time).toBeGreaterThan(before.time);
  expect(await app.isPaused()).toBe(true);
});

test("a higher speed makes more time pass", async ({ app }) => {
  await app.open();
  const slow = await timePassed(app, "Home");
  const fast = await timePassed(app, "End");
  expect(fast).toBeGreaterThan(slow * 2);
});

test("a cut link leads to timeouts, which are counted", async ({ app }) => {
  await app.open();
  await expect.poll(async () => (await app.numbers()).ok).toBeGreaterThan(0);
  await app.cutFirstLink();
  await app.speed.press("End");
  await expect.poll(async () => (await app.numbers()).timeout, { timeout: 30_000 }).toBeGreaterThan(0);
});

/** The numbers once the read-out, which comes ten times a second at most, has caught up with a pause. */
async function settled(app) {
  let last;
  await expect
    .poll(async () => {
      const [before, now] = [last, await app.numbers()];
      last = now;
      return before?.time === now.time;
    }, { intervals: [250] })
    .toBe(true);
  return last;
}

/** The simulated milliseconds that pass in about a second, after a key on the speed. */
async function timePassed(app, key) {
  await app.speed.press(key);
  const start = (await app.numbers()).time;
  await app.page.evaluate(() => new Promise((done) => setTimeout(done, 1000)));
  return (await app.numbers()).time - start;
}
