// Warnings during editing: their places, their texts, and repairs by a press.

import { expect, test, violations } from "./app.js";

const STORM = "A storm of retries";
const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
];

test("a visitor who only watches sees no warnings", async ({ app, page }) => {
  await app.visit();
  await expect(app.warnings).toHaveCount(0);
  await expect(page.locator(".cautions > g")).toHaveCount(0);
});

test("an unsafe retry has a warning under its card, which a press repairs and undo restores", async ({ app, page }) => {
  await app.open();
  await app.openSystem("A transfer: did the money move?");
  const link = app.links.last();
  await expect(link).toHaveAccessibleName(/, 1 warning$/);
  await app.selectLink(link);
  const card = app.card("Retry");
  await expect(card).toContainText("Repeats a call that is not idempotent. If only the answer is lost, Bank API takes the next POST for a new one");
  await expect(card.getByRole("link", { name: "Amazon Builders’ Library" })).toHaveAttribute("rel", /noopener/);
  await page.screenshot({ path: "target/e2e/warning-card.png" });
  await card.getByRole("button", { name: "Send the request id" }).click();
  await expect(card).not.toContainText("not idempotent.");
  await expect(app.message("Fixed: Send the request id. Undo takes it back.")).toBeVisible();
  await expect(link).not.toHaveAccessibleName(/warning/);
  await expect(app.warningChip).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(card).toContainText("Repeats a call that is not idempotent.");
});

test("the whole system has a list of all warnings, and each one goes to its thing", async ({ app, page }) => {
  await app.open();
  await app.openSystem(STORM);
  await app.select(app.service("Orders"));
  await app.warningChip.click();
  await expect(app.warnings).toBeVisible();
  await expect(app.warnings.getByRole("heading", { name: "3 warnings" })).toBeFocused();
  await expect(app.warnings).toContainText("When Stock fails, one request becomes up to 9 attempts");
  await app.warnings.getByRole("button", { name: /^Retries in several layers/ }).click();
  await expect(app.links.last()).toHaveAttribute("aria-pressed", "true");
  await expect(app.card("Retry")).toContainText("Checkout tries 3 times, Orders tries 3 times");
  const note = app.card("Retry").locator(".caution", { hasText: "Retries in several layers" });
  await expect(note).toBeFocused();
  await expect(note).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: "target/e2e/warning-layers.png" });
  // What is wrong stands at the top of its thing, too, whole.
  const way = app.inspector.getByRole("region", { name: "Warnings" }).getByRole("button", { name: /^Retries in several layers/ });
  expect(await way.evaluate((it) => it.scrollHeight - it.clientHeight)).toBe(0);
  await way.click();
  await expect(note).toBeFocused();
  // The other link that it is about leads there, too.
  await app.selectLink(app.links.nth(1));
  await app.inspector.getByRole("button", { name: /^Retries in several layers/ }).click();
  await expect(app.links.last()).toHaveAttribute("aria-pressed", "true");
});

test("warnings of one rule are listed together, and one press repairs all of them", async ({ app, page }) => {
  await app.open();
  await app.openFile("shop.mmd", "flowchart LR\n  shopper([Shopper]) --> shop\n  shop --> stock\n  shop --> prices\n  shop --> mail\n");
  await app.report.getByRole("button", { name: "Show it" }).click();
  await expect(page.getByRole("heading", { name: "shop", exact: true })).toBeVisible();
  await app.warningChip.click();
  await expect(app.warnings.getByText("A call without a timeout")).toHaveCount(1);
  await app.warnings.getByRole("button", { name: "shop → prices" }).click();
  await expect(app.card("Timeout").locator(".caution")).toBeFocused();
  await app.warningChip.click();
  await app.warnings.getByRole("button", { name: "Wait at most 500 ms in all 3" }).click();
  await expect(app.warnings).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(app.warnings.getByRole("heading", { name: "3 warnings" })).toBeVisible();
});

test("warnings are repaired by keyboard alone, and the number left is announced", async ({ app, page }) => {
  await app.open();
  await app.openSystem(STORM);
  const count = page.locator('[aria-live="polite"]').filter({ hasText: /warning/ });
  await expect(count).toHaveText("3 warnings");
  await app.warningChip.focus();
  await page.keyboard.press("Enter");
  await expect(app.warnings.getByRole("heading", { name: "3 warnings" })).toBeFocused();
  const repair = app.warnings.getByRole("button", { name: "Retry only Orders → Stock" });
  for (let i = 0; i < 12 && !(await repair.evaluate((it) => it === document.activeElement)); i++) await page.keyboard.press("Tab");
  await expect(repair).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(count).toHaveText("2 warnings");
  await app.warnings.getByRole("button", { name: /^Wait at most .*$/ }).press("Enter");
  await expect(count).toHaveText("1 warning");
  await app.warnings.getByRole("button", { name: /^Shorten the queue to \d+$/ }).press("Enter");
  await expect(count).toHaveText("No warnings");
  await expect(app.warnings).toHaveCount(0);
  await expect(app.warningChip).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(count).toHaveText("1 warning");
});

test("on a phone the chip opens the sheet with the list", async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  await app.openFile("posts.json", JSON.stringify({
    format: "callchain/1",
    services: [{ id: "web", kind: "client" }, { id: "a" }, { id: "b" }],
    links: [{ from: "web", to: "a" }, { from: "a", to: "b" }],
  }));
  await expect(app.services).toHaveCount(3);
  await app.warningChip.click();
  await expect(app.warnings.getByRole("heading", { name: "1 warning" })).toBeInViewport();
  await app.warnings.getByRole("button", { name: "Wait at most 500 ms" }).click();
  await expect(app.warnings).toHaveCount(0);
});

for (const theme of ["light", "dark"]) {
  for (const [width, height] of SIZES) {
    test(`${theme}, ${width}×${height}: warnings fit and have no accessibility violations`, async ({ app, page }) => {
      await page.emulateMedia({ colorScheme: theme });
      await app.open();
      await app.openSystem(STORM);
      await page.setViewportSize({ width, height });
      await expect(app.warningChip).toBeVisible();
      await page.screenshot({ path: `target/e2e/warnings-stage-${theme}-${width}x${height}.png`, animations: "disabled" });
      await app.warningChip.click();
      await expect(app.warnings).toBeVisible();
      await page.screenshot({ path: `target/e2e/warnings-${theme}-${width}x${height}.png`, animations: "disabled" });
      expect(await violations(page)).toEqual([]);
    });
  }
}

test("the mark of a warning is named under the pointer, and a press on it selects its thing", async ({ app, page }) => {
  await app.open();
  await app.openSystem(STORM);
  const { x, y, width, height } = await page.locator(".cautions > g").last().boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 3 });
  await expect(page.locator(".tip")).toHaveText("Retries in several layers");
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(app.links.last()).toHaveAttribute("aria-pressed", "true");
});
