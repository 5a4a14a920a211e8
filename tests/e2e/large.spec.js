// Large systems: automatic layout, tidying as one entry of the history, and the minimap.

import { expect, test, violations } from "./app.js";
import { large } from "../bench-app/large.mjs";

const places = (page) =>
  page.locator("[data-service]").evaluateAll((all) => all.map((box) => box.getAttribute("transform")));

test("a system without positions is laid out when it opens", async ({ app, page }) => {
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

test("a minimap shows the whole of a large system, and a drag there moves the view", async ({ app, page }) => {
  await app.open();
  await expect(app.minimap).toHaveCount(0);
  await app.openFile("large.json", JSON.stringify(large(40, 60)));
  await expect(app.services).toHaveCount(40);
  for (let i = 0; i < 4; i++) await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(app.minimap).toBeVisible();
  const drawn = () => app.minimap.locator(".minimap-box").evaluateAll((all) => all.map((it) => it.getAttribute("d")).join("").split("M").length - 1);
  await expect.poll(drawn).toBe(40);
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

test("a large system is zoomed and moved as a picture, and the point under the pointer stays there", async ({ app, page }) => {
  await app.open();
  await app.openFile("large.json", JSON.stringify(large(60, 100)));
  await expect(app.services).toHaveCount(60);
  const frame = app.services.nth(30).locator(".frame");
  const start = await frame.boundingBox();
  const at = { x: start.x + start.width / 2, y: start.y + start.height / 2 };
  await page.mouse.move(at.x, at.y);
  // Where the box is while the view still moves: asked in the page, in the same frame as the wheel.
  const moving = await app.stage.evaluate(async (stage, at) => {
    const wheel = new WheelEvent("wheel", { clientX: at.x, clientY: at.y, deltaY: -200, bubbles: true, cancelable: true });
    stage.dispatchEvent(wheel);
    await new Promise(requestAnimationFrame);
    const { x, y, width, height } = stage.querySelector("[data-service='30'] .frame").getBoundingClientRect();
    return { is: stage.hasAttribute("data-moving"), x, y, width, height };
  }, at);
  expect(moving.is).toBe(true);
  await expect(page.locator(".stage[data-moving]")).toHaveCount(0);
  const rests = await frame.boundingBox();
  expect(rests.width).toBeGreaterThan(start.width * 1.2);
  for (const side of ["x", "y", "width", "height"]) expect(Math.abs(moving[side] - rests[side])).toBeLessThan(1);
  expect(Math.abs(rests.x + rests.width / 2 - at.x)).toBeLessThan(1);
  expect(Math.abs(rests.y + rests.height / 2 - at.y)).toBeLessThan(1);
});
