// How it looks and whom it serves: pictures in every size and theme in target/e2e, and the rules of axe-core.

import { expect, test, violations } from "./app.js";

const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];
const THEMES = ["light", "dark"];

for (const theme of THEMES) {
  for (const [width, height] of SIZES) {
    test(`${theme}, ${width}×${height}: fits, and breaks no rule of accessibility`, async ({ app, page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await app.open();
      await expect.poll(() => app.sent(), { timeout: 20_000 }).toBeGreaterThan(0);
      await page.screenshot({ path: `target/e2e/first-${theme}-${width}x${height}.png` });
      expect(await overflow(page)).toEqual({ x: 0, y: 0 });
      expect(await violations(page)).toEqual([]);
    });
  }
}

test("with reduced motion it still tells the time and the counts", async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await app.open();
  await app.play();
  await expect.poll(() => app.sent()).toBeGreaterThan(0);
  await page.screenshot({ path: "target/e2e/reduced-motion.png" });
});

/** By how much the page is larger than the window. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight };
  });
}
