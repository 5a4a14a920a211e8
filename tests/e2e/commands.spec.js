// The command palette and the sheet of shortcuts: all actions, by name and by key.

import { expect, test, violations } from "./app.js";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];

test("typing finds a command, and Enter runs it", async ({ app, page }) => {
  await app.open();
  const services = await app.services.count();
  await app.select(app.services.last());
  await app.openCommands();
  await app.commands.field.fill("rem");
  await expect(app.commands.current).toContainText("Remove");
  await page.keyboard.press("Enter");
  await expect(app.commands.dialog).toHaveCount(0);
  await expect(app.services).toHaveCount(services - 1);
});

test("arrows go through the list and around, and Escape gives the focus back", async ({ app, page }) => {
  await app.open();
  await app.services.nth(1).focus();
  await app.openCommands();
  const first = await app.commands.current.innerText();
  await page.keyboard.press("ArrowDown");
  await expect(app.commands.current).not.toHaveText(first);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(app.commands.current).toBeInViewport();
  await expect(app.commands.current).not.toHaveText(first);
  await app.commands.field.fill("zzz");
  await expect(app.commands.dialog.getByRole("option")).toHaveCount(0);
  await expect(app.commands.dialog).toContainText("No matches.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(app.services.nth(1)).toBeFocused();
});

test("an unavailable command says why, and does nothing", async ({ app, page }) => {
  await app.open();
  await page.keyboard.press("Escape");
  await app.openCommands();
  await app.commands.field.fill("redo");
  await expect(app.commands.current).toHaveAttribute("aria-disabled", "true");
  await expect(app.commands.current).toContainText("There is nothing to redo.");
  await page.keyboard.press("Enter");
  await expect(app.commands.dialog).toBeVisible();
});

test("a fault applies to the selection, and the same command ends it", async ({ app, page }) => {
  await app.open();
  await app.selectLink(app.links.first());
  for (const [pressed, on] of [["true", 0], ["false", 1]]) {
    await app.openCommands();
    await app.commands.field.fill("cut the link");
    await expect(app.commands.current.getByText("on", { exact: true })).toHaveCount(on);
    await page.keyboard.press("Enter");
    await expect(app.tools.getByRole("button", { name: "Cut the link" })).toHaveAttribute("aria-pressed", pressed);
  }
});

test("the palette goes to a service, a link or another system by name", async ({ app, page }) => {
  await app.open();
  await app.openCommands();
  await app.commands.field.fill("access privilege");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-service]:focus")).toHaveAttribute("aria-label", /^Access privilege/);
  await app.openCommands();
  await app.commands.field.fill("go → access");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-link]:focus")).toHaveAttribute("aria-pressed", "true");
  await app.openCommands();
  await app.commands.field.fill("storm");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "A storm of retries" })).toBeVisible();
});

test("the palette works by touch, and closes by a tap beside it", async ({ app, page }) => {
  await app.open();
  await app.openCommands();
  await app.commands.field.fill("dark");
  await app.commands.dialog.getByRole("option", { name: "Theme: Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await app.openCommands();
  await page.mouse.click(20, 500);
  await expect(app.commands.dialog).toHaveCount(0);
});

test("the sheet lists every key of the table, and closes", async ({ app, page }) => {
  await app.open();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Shortcuts" });
  await expect(sheet.getByText("Undo")).toBeVisible();
  await expect(sheet.getByText("right-click, or press and hold")).toBeVisible();
  const services = await app.services.count();
  // Nothing beneath it is reached by a key meanwhile.
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);
  await expect(app.services).toHaveCount(services);
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await sheet.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Shortcuts" })).toBeFocused();
});

for (const viewport of SIZES) {
  for (const colorScheme of ["light", "dark"]) {
    test(`palette and sheet have no accessibility violations: ${viewport.width}, ${colorScheme}`, async ({ app, page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await app.open();
      await app.openCommands();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `target/e2e/commands-${viewport.width}-${colorScheme}.png` });
      await page.keyboard.press("Escape");
      await expect(app.commands.dialog).toHaveCount(0);
      await page.keyboard.press("?");
      await expect(page.getByText("By mouse or finger")).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `target/e2e/shortcuts-${viewport.width}-${colorScheme}.png` });
    });
  }
}
