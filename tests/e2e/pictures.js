// Pictures of one state of the page in every size and theme, with the checks for each of them.

import { expect, violations } from "./app.js";

export const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];
export const THEMES = ["light", "dark"];

/**
 * Takes a picture of the page as it stands in each size and theme, into target/e2e/NAME-THEME-WIDTHxHEIGHT.png: one
 * page that is resized costs a tenth of six pages. In none may the page be larger than its window, and `holds` is
 * called in each; the rules of accessibility are checked once a theme, each in another size. Afterwards the window is as it was.
 */
export async function pictures(page, name, { sizes = SIZES, themes = THEMES, holds = () => {} } = {}) {
  const wrong = [];
  const before = page.viewportSize();
  for (const [index, size] of sizes.entries()) {
    await resize(page, size);
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await drawn(page);
      const picture = `${name}-${theme}-${size.join("x")}`;
      await page.screenshot({ path: `target/e2e/${picture}.png` });
      const { x, y } = await overflow(page);
      if (x || y) wrong.push(`${picture}: larger than the window by ${x}, ${y}`);
      if (index % themes.length === themes.indexOf(theme)) {
        wrong.push(...(await violations(page)).map((violation) => `${picture}: ${violation}`));
      }
      await holds(size, theme);
    }
  }
  await page.setViewportSize(before);
  expect(wrong).toEqual([]);
}

/** Resizes the window, and fits the system like the button, without moving the pointer or the focus. */
async function resize(page, [width, height]) {
  const now = page.viewportSize();
  if (now.width === width && now.height === height) return;
  await page.setViewportSize({ width, height });
  await drawn(page);
  for (const button of await page.locator(".stage-controls button:last-child").all()) await button.dispatchEvent("click");
}

/** Waits until the last change is on the screen. */
function drawn(page) {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
  });
}

/** By how much the page is larger than the window. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
    return { x: scrollWidth - clientWidth, y: scrollHeight - clientHeight };
  });
}
