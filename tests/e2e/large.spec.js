// Large systems: laid out by themselves, tidied as one entry of the history, and seen whole in a corner.

import { expect, test, violations } from "./app.js";
import { large } from "../bench-app/large.mjs";

const places = (page) =>
  page.locator("[data-service]").evaluateAll((all) => all.map((box) => box.getAttribute("transform")));

test("a system without places is laid out when it is opened", async ({ app, page }) => {
  await app.open();
  await app.openFile("large.json", JSON.stringify(large(12, 16)));
  await expect(app.services).toHaveCount(12);
  const found = await places(page);
  expect(new Set(found).size).toBe(12);
  expect(JSON.parse(await app.save()).services.every((service) => service.position)).toBe(true);
  await page.screenshot({ path: "target/e2e/laid-out.png" });
});

test("tidy lays everything out as one entry of the history", async ({ app, page }) => {
  await app.open();
  await app.openFile("large.json", JSON.stringify(large(12, 16)));
  await expect(app.services).toHaveCount(12);
  const tidy = await places(page);
  await app.services.nth(5).focus();
  for (let i = 0; i < 8; i++) await page.keyboard.press("Shift+ArrowDown");
  const moved = await places(page);
  expect(moved).not.toEqual(tidy);
  await page.keyboard.press("Alt+Shift+T");
  await expect.poll(() => places(page)).toEqual(tidy);
  await page.keyboard.press("Control+z");
  await expect.poll(() => places(page)).toEqual(moved);
});

test("the whole of a large system is seen in a corner, and a drag there moves the view", async ({ app, page }) => {
  await app.open();
  await expect(app.minimap).toHaveCount(0);
  await app.openFile("large.json", JSON.stringify(large(40, 60)));
  await expect(app.services).toHaveCount(40);
  for (let i = 0; i < 4; i++) await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(app.minimap).toBeVisible();
  await expect(app.minimap.locator(".minimap-box")).toHaveCount(40);
  const view = () => app.minimap.locator(".minimap-view").boundingBox();
  const { x, y, width, height } = await app.minimap.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - 30, y + height / 2, { steps: 4 });
  const before = await view();
  await page.mouse.move(x + width / 2 + 20, y + height / 2, { steps: 4 });
  await page.mouse.up();
  expect((await view()).x).toBeGreaterThan(before.x + 20);
  // It is not a place where something is added or selected.
  await page.mouse.dblclick(x + 8, y + 8);
  await expect(app.services).toHaveCount(40);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: "target/e2e/minimap.png" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(app.minimap).toBeHidden();
});
