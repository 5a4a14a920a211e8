// The menu at the pointer: actions on the thing under it, by mouse, by touch and by keyboard.

import { expect, test, violations } from "./app.js";

test("a right click on a service offers its faults and its actions", async ({ app, page }) => {
  await app.open();
  const service = app.services.nth(1);
  await service.locator(".frame").click({ button: "right" });
  await expect(app.menu).toHaveAccessibleName("Bank account");
  // What floats beside it says the same.
  await expect(app.tools).toBeHidden();
  await app.menu.getByRole("menuitemcheckbox", { name: "Take it down" }).click();
  await expect(app.menu).toHaveCount(0);
  await expect(service).toHaveAttribute("aria-label", /down/);
  await service.locator(".frame").click({ button: "right" });
  await expect(app.menu.getByRole("menuitemcheckbox", { name: "Take it down" })).toBeChecked();
  const services = await app.services.count();
  await app.menu.getByRole("menuitem", { name: /^Duplicate/ }).click();
  await expect(app.services).toHaveCount(services + 1);
});

test("by keyboard: the menu key, arrows, first letters, Escape; the focus comes back", async ({ app, page }) => {
  await app.open();
  await app.services.nth(1).focus();
  await page.keyboard.press("Shift+F10");
  await expect(app.menu).toBeVisible();
  const focused = app.menu.locator(":focus");
  await expect(focused).toHaveText(/^Take it down/);
  await page.keyboard.press("ArrowDown");
  await expect(focused).toHaveText(/^Slow it down/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(focused).toHaveText(/^Remove/);
  await page.keyboard.press("Home");
  await page.keyboard.press("m");
  await expect(focused).toHaveText(/^Make it fail/);
  await page.keyboard.press("Escape");
  await expect(app.menu).toHaveCount(0);
  await expect(app.services.nth(1)).toBeFocused();
});

test("the menu of the empty stage offers actions on the system, and adds a service at the pointer", async ({ app, page }) => {
  await app.open();
  const services = await app.services.count();
  const { x, y, width, height } = await page.locator(".stage").boundingBox();
  const at = { x: x + width / 2, y: y + height - 120 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.click(at.x, at.y, { button: "right" });
  await expect(app.menu).toHaveAccessibleName("The system");
  await expect(app.menu.getByRole("menuitem", { name: /^Redo/ })).toHaveAttribute("aria-disabled", "true");
  await app.menu.getByRole("menuitem", { name: "Add a service here" }).click();
  await expect(app.services).toHaveCount(services + 1);
  const box = await app.services.last().locator(".frame").boundingBox();
  expect(Math.abs(box.x + box.width / 2 - at.x)).toBeLessThan(40);
  expect(Math.abs(box.y + box.height / 2 - at.y)).toBeLessThan(40);
});

test("paste is unavailable until something was copied", async ({ app, page }) => {
  await app.open();
  const menu = async () => {
    await page.locator(".stage").click({ button: "right", position: { x: 500, y: 60 } });
    return app.menu.getByRole("menuitem", { name: /^Paste/ });
  };
  await expect(await menu()).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
  await app.select(app.services.nth(1));
  await page.keyboard.press("Control+c");
  await expect(await menu()).not.toHaveAttribute("aria-disabled");
});

test.describe("on a phone", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a menu by touch opens no sheet under it, and the bar offers every command", async ({ app, page }) => {
    await app.open();
    const { x, y, width, height } = await app.services.nth(1).locator(".frame").boundingBox();
    const touch = await page.context().newCDPSession(page);
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: x + width / 2, y: y + height / 2 }] });
    await expect(app.menu).toHaveAccessibleName("Bank account");
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    await expect(app.menu).toBeVisible();
    await expect(app.inspector).toBeHidden();
    await page.keyboard.press("Escape");
    for (const [name, title] of [["All commands…", "Commands"], ["Gestures and keys…", "Shortcuts"]]) {
      await page.getByRole("button", { name: "More", exact: true }).click();
      await page.getByRole("button", { name }).click();
      await expect(app.dialog).toHaveAccessibleName(title);
      await page.keyboard.press("Escape");
    }
  });
});

test("a link has its own menu, several things share one, and a press elsewhere closes it", async ({ app, page }) => {
  await app.open();
  await app.selectLink(app.links.first());
  await app.links.first().focus();
  await page.keyboard.press("Shift+F10");
  await expect(app.menu).toHaveAccessibleName("Web application → Bank account");
  await app.menu.getByRole("menuitemcheckbox", { name: "Lose answers" }).click();
  await expect(app.links.first()).toHaveAttribute("aria-label", /answers lost/);
  await page.keyboard.press("Control+a");
  await app.services.nth(1).locator(".frame").click({ button: "right" });
  await expect(app.menu).toHaveAccessibleName(/^\d+ items$/);
  await expect(app.menu.getByRole("menuitemcheckbox")).toHaveCount(0);
  await page.locator(".topbar .brand").click();
  await expect(app.menu).toHaveCount(0);
});

for (const viewport of [{ width: 1440, height: 900 }, { width: 1024, height: 768 }, { width: 390, height: 844 }]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the menu stays within the window and has no accessibility violations: ${viewport.width}, ${colorScheme}`, async ({ app, page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await app.open();
      await app.services.last().focus();
      await page.keyboard.press("Shift+F10");
      await expect(app.menu).toBeVisible();
      const { x, y, width, height } = await app.menu.boundingBox();
      expect(Math.min(x, y, viewport.width - x - width, viewport.height - y - height)).toBeGreaterThan(0);
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `target/e2e/menu-${viewport.width}-${colorScheme}.png` });
    });
  }
}
