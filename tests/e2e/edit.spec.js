// Building a system by mouse and by keyboard, and taking it back.

import { expect, test } from "./app.js";

test("a service is added and wired by mouse, and answers requests", async ({ app, page }) => {
  await app.open();
  const [services, links] = [await app.services.count(), await app.links.count()];
  await app.addService();
  await expect(app.services).toHaveCount(services + 1);
  await app.wire(page.locator('[data-service][aria-label*="client"]').first(), app.services.last());
  await expect(app.links).toHaveCount(links + 1);
  await app.select(app.services.last());
  await app.play();
  await app.speed.fill("0");
  await expect.poll(() => app.number("answered"), { timeout: 20_000 }).toBeGreaterThan(0);
  await page.screenshot({ path: "target/e2e/edited.png" });
});

test("undo and redo take back and repeat one edit", async ({ app, page }) => {
  await app.open();
  const services = await app.services.count();
  await app.addService();
  await expect(app.services).toHaveCount(services + 1);
  await page.keyboard.press("Control+z");
  await expect(app.services).toHaveCount(services);
  await page.keyboard.press("Control+Shift+z");
  await expect(app.services).toHaveCount(services + 1);
});

test("a service is removed by keyboard alone, with its links", async ({ app, page }) => {
  await app.open();
  const [services, links] = [await app.services.count(), await app.links.count()];
  await app.services.last().focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Delete");
  await expect(app.services).toHaveCount(services - 1);
  expect(await app.links.count()).toBeLessThan(links);
});
