// Building a system by mouse and by keyboard, and taking it back.

import { expect, test } from "./app.js";

test("a service is added and wired by mouse, and answers requests", async ({ app }) => {
  await app.open();
  const [services, links] = [await app.services().count(), await app.links().count()];
  await app.addService();
  await expect(app.services()).toHaveCount(services + 1);
  await app.wire(app.services().first(), app.services().last());
  await expect(app.links()).toHaveCount(links + 1);
  await app.play();
  await expect.poll(async () => (await app.numbers()).ok).toBeGreaterThan(0);
  await app.page.screenshot({ path: "target/e2e/edited.png" });
});

test("undo and redo take back and repeat one edit", async ({ app, page }) => {
  await app.open();
  const services = await app.services().count();
  await app.addService();
  await expect(app.services()).toHaveCount(services + 1);
  await page.keyboard.press("Control+z");
  await expect(app.services()).toHaveCount(services);
  await page.keyboard.press("Control+Shift+z");
  await expect(app.services()).toHaveCount(services + 1);
});
