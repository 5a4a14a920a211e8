// Building a system by mouse and by keyboard, and undoing it.

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

test("undo and redo reverse and repeat one edit", async ({ app, page }) => {
  await app.open();
  const services = await app.services.count();
  await app.addService();
  await expect(app.services).toHaveCount(services + 1);
  await page.keyboard.press("Control+z");
  await expect(app.services).toHaveCount(services);
  await page.keyboard.press("Control+Shift+Z");
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

test("a scheduled fault is added and changed, and each gesture is undone", async ({ app, page }) => {
  await app.open();
  await app.select(app.services.last());
  const faults = app.inspector.getByRole("region", { name: "Scheduled faults" });
  const row = faults.locator("[aria-expanded]");
  await faults.getByRole("button", { name: "Schedule a fault" }).click();
  await expect(row).toContainText("is down");
  await faults.getByLabel("What it does").selectOption("slow");
  await faults.getByLabel("Begins at").fill("7 s");
  await faults.getByLabel("Begins at").press("Enter");
  await expect(row).toContainText("takes 10 times as long");
  await expect(row).toContainText("7 s to 12 s");

  await faults.getByLabel("Factor").fill("-3");
  await faults.getByLabel("Factor").press("Enter");
  await expect(faults.getByRole("alert")).toBeVisible();
  expect(JSON.parse(await app.save()).faults).toMatchObject([{ at: "7s", for: "5s", slow: 10 }]);

  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await expect(row).not.toContainText("12 s");
  await undo.click();
  await expect(row).toContainText("is down");
  await undo.click();
  await expect(row).toHaveCount(0);
});

test("with nothing selected all faults, objectives and teams are listed, added and removed", async ({ app, page }) => {
  await app.open();
  await page.keyboard.press("Escape");
  for (const [name, add] of [
    ["Scheduled faults", "Schedule a fault"],
    ["Objectives", "Add an objective"],
    ["Teams", "Add a team"],
  ]) {
    const list = app.inspector.getByRole("region", { name });
    const before = await list.getByRole("listitem").count();
    await list.getByRole("button", { name: add }).click();
    await expect(list.getByRole("listitem")).toHaveCount(before + 1);
    await list.getByRole("listitem").last().getByRole("button", { name: /^Remove/ }).click();
    await expect(list.getByRole("listitem")).toHaveCount(before);
  }
});

test("a team gets a name, and a service chooses it", async ({ app, page }) => {
  await app.open();
  await page.keyboard.press("Escape");
  const teams = app.inspector.getByRole("region", { name: "Teams" });
  await teams.getByRole("button", { name: "Add a team" }).click();
  await teams.getByLabel("Name").fill("Payments");
  await teams.getByLabel("Name").press("Enter");
  await app.select(app.services.last());
  await app.inspector.getByLabel("Team").selectOption({ label: "Payments" });
  await expect(app.services.last()).toContainText("Payments");
});

test("an objective of a client shows whether it is met so far", async ({ app, page }) => {
  await app.open();
  await app.play();
  await app.select(app.services.first());
  const objectives = app.inspector.getByRole("region", { name: "Objectives" });
  await objectives.getByRole("button", { name: "Add an objective" }).click();
  await objectives.getByLabel("Share of all").fill("50 %");
  await objectives.getByLabel("Share of all").press("Enter");
  await expect(objectives.getByRole("button", { name: /50 % good ✓/ })).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: "target/e2e/objectives.png" });
});
