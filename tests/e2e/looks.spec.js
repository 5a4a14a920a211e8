// Looks and accessibility: pictures in every size and theme in target/e2e, and the rules of axe-core.

import { expect, test, violations } from "./app.js";
import { SIZES, pictures } from "./pictures.js";

for (const [width, height] of SIZES) {
  test(`${width}×${height}: the first view fits and has no accessibility violations`, async ({ app, page }) => {
    await page.setViewportSize({ width, height });
    await app.open();
    await expect.poll(() => app.sent(), { timeout: 20_000 }).toBeGreaterThan(0);
    await pictures(page, "first", { sizes: [[width, height]] });
  });
}

// What the settings add to the themes of the system.
const SETTINGS = [
  ["projector", { theme: "projector" }],
  ["second palette", { colours: "second" }],
  ["second palette, dark", { colours: "second", theme: "dark" }],
  ["second palette, projector", { colours: "second", theme: "projector" }],
];

for (const [name, kept] of SETTINGS) {
  test(`${name}: fits, and has no accessibility violations`, async ({ app, page }) => {
    await page.addInitScript((kept) => {
      for (const [key, value] of Object.entries(kept)) localStorage.setItem(`callchain.${key}`, value);
    }, kept);
    await app.open();
    await expect.poll(() => page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(4);
    await expect.poll(() => app.sent(), { timeout: 20_000 }).toBeGreaterThan(0);
    await pictures(page, name.replace(/\W+/g, "-"), { themes: ["light"] });
  });
}

test("looks are chosen in a menu by keyboard, and last after a reload", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Looks" }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("dialog", { name: "Looks" });
  await expect(menu.getByRole("radio", { name: "Same as this device" })).toBeChecked();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Tab");
  for (const name of ["Light", "Dark", "Projector"]) {
    await page.keyboard.press("ArrowDown");
    await expect(menu.getByRole("radio", { name })).toBeChecked();
  }
  await menu.getByRole("radio", { name: "Navy, teal, rose" }).check();
  await pictures(page, "looks-menu", { themes: ["light"] });
  await page.keyboard.press("Escape");
  await expect(menu).toBeHidden();
  await page.reload();
  const root = page.locator("html");
  await expect(root).toHaveAttribute("data-theme", "projector");
  await expect(root).toHaveAttribute("data-colours", "second");
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim());
  await expect.poll(paper).toBe("#fff");
});

for (const [how, prepare] of [
  ["the system asks", (page) => page.emulateMedia({ reducedMotion: "reduce" })],
  ["the user asks", (page) => page.addInitScript(() => localStorage.setItem("callchain.motion", "reduce"))],
]) {
  test(`without motion, as ${how}, nothing moves, and counts and states replace the motion`, async ({ app, page }) => {
    await prepare(page);
    await app.open();
    await expect.poll(() => app.sent(), { timeout: 20_000 }).toBeGreaterThan(1);
    // In a second of watching the counts change a few times; moving dots would change with every frame.
    const seen = await page.locator("canvas").first().evaluate(async (canvas) => {
      const seen = [];
      const end = performance.now() + 1_000;
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        if (seen.at(-1) !== canvas.toDataURL()) seen.push(canvas.toDataURL());
      }
      return seen.length;
    });
    expect(seen).toBeLessThan(14);
  });
}

test("without motion, counts replace dots in every size and theme", async ({ app, page }) => {
  await page.addInitScript(() => localStorage.setItem("callchain.motion", "reduce"));
  await app.open();
  await app.openSystem("A storm of retries");
  await app.speed.fill("0.3");
  await app.play();
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(13);
  await app.pause();
  await pictures(page, "no-motion");
});
