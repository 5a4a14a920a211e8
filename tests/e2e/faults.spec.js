// Faults by hand in a running system: one gesture on the thing itself, and the same gesture ends the fault.

import { expect, test, violations } from "./app.js";

/** One request, which travels for a minute each way: slow enough for a click on its dot. */
const SLOW_MESSAGE = JSON.stringify({
  format: "callchain/1",
  services: [
    { id: "web", kind: "client", name: "Web", position: [0, 0] },
    { id: "account", name: "Account", position: [500, 0] },
  ],
  links: [{ from: "web", to: "account", delay: "60s" }],
  load: [{ client: "web", at: ["0s"] }],
});

/** Opens it at a speed of one second a second, and waits until the message is well on its way. */
async function watchOneMessage(app) {
  await app.open();
  await app.openFile("slow.json", SLOW_MESSAGE);
  await expect(app.services).toHaveCount(2);
  await app.speed.fill("1");
  await app.play();
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(5);
  await app.speed.fill("0");
}

/** Where the dot of the one message is now. */
async function dot(app) {
  const share = (await app.seconds()) / 60;
  return app.page.locator(".lane.request").first().evaluate((path, share) => {
    const at = path.getPointAtLength(path.getTotalLength() * share).matrixTransform(path.getScreenCTM());
    return { x: at.x, y: at.y };
  }, share);
}

test("a link is cut, restored and delayed by mouse, with the panel beside it", async ({ app, page }) => {
  await app.open();
  const link = app.links.last();
  await app.selectLink(link);
  const cut = app.tools.getByRole("button", { name: "Cut the link" });
  await cut.click();
  await expect(link).toHaveAccessibleName(/link cut/);
  await expect(app.inspector.getByRole("button", { name: "Cut the link" })).toHaveAttribute("aria-pressed", "true");
  await expect(app.tools.getByText("Repair the link: press it again.")).toBeVisible();
  await cut.click();
  await expect(link).not.toHaveAccessibleName(/link cut/);

  const slider = app.tools.getByRole("slider", { name: "Extra delay" });
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + 8, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
  await page.mouse.move(x + width - 2, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(slider).toHaveAttribute("aria-valuetext", /^\+10\ss$/);
  const delay = app.tools.getByRole("button", { name: "Extra delay" });
  await expect(delay).toHaveAttribute("aria-pressed", "true");
  await page.screenshot({ path: "target/e2e/faults.png" });
  await delay.click();
  await expect(slider).toHaveAttribute("aria-valuetext", /^\+0\sms$/);
});

test("a service is slowed down and taken down by keyboard alone", async ({ app, page }) => {
  await app.open();
  const service = app.services.last();
  await service.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("f");
  await expect(app.tools.getByRole("button", { name: "Take it down" })).toBeFocused();
  await page.keyboard.press("Space");
  await expect(service).toHaveAccessibleName(/, down/);
  await page.keyboard.press("Space");
  await expect(service).not.toHaveAccessibleName(/, down/);

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const slider = app.tools.getByRole("slider", { name: "Slow" });
  await expect(slider).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", "×2");
  await expect(service).toHaveAccessibleName(/2× slower/);
  await page.keyboard.press("Home");
  await expect(service).not.toHaveAccessibleName(/slower/);
  await page.keyboard.press("Escape");
  await expect(service).toBeFocused();
});

test("the inspector and the stage have the same sliders, and the chosen strength stays", async ({ app }) => {
  await app.open();
  await app.select(app.services.last());
  await app.inspector.getByRole("slider", { name: "Fail" }).fill("5");
  await expect(app.tools.getByRole("slider", { name: "Fail" })).toHaveAttribute("aria-valuetext", /^25\s%$/);
  await app.tools.getByRole("button", { name: "Fail" }).click();
  await expect(app.inspector.getByRole("slider", { name: "Fail" })).toHaveAttribute("aria-valuetext", /^0\s%$/);
});

test("clients have no faults, and nothing floats while a box is dragged", async ({ app, page }) => {
  await app.open();
  await app.select(app.services.first());
  await expect(app.tools).toHaveCount(0);
  await app.select(app.services.last());
  await expect(app.tools).toBeVisible();
  await app.services.last().locator(".frame").hover();
  await page.mouse.down();
  await page.mouse.move(900, 500, { steps: 3 });
  await expect(app.tools).toHaveCount(0);
  await page.mouse.up();
  await expect(app.tools).toBeVisible();
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 1024, height: 768 } });

  test("a tap on a link and a tap on the panel beside it cut the link", async ({ app, page }) => {
    await app.open();
    const link = app.links.last();
    const at = await link.locator("path").first().evaluate((path) => {
      const middle = path.getPointAtLength(path.getTotalLength() * 0.5).matrixTransform(path.getScreenCTM());
      return { x: middle.x, y: middle.y };
    });
    await page.touchscreen.tap(at.x, at.y);
    await expect(link).toHaveAttribute("aria-pressed", "true");
    // A message may have been under the finger.
    if (await app.choice.isVisible()) await page.keyboard.press("Escape");
    await app.tools.getByRole("button", { name: "Cut the link" }).tap();
    await expect(link).toHaveAccessibleName(/link cut/);
    await app.tools.getByRole("button", { name: "Cut the link" }).tap();
    await expect(link).not.toHaveAccessibleName(/link cut/);
  });
});

test.describe("by touch on a phone", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a tap selects without pressing anything that opens under the finger; a tap near a dot picks its message", async ({ app, page }) => {
    await watchOneMessage(app);
    const service = app.service("Account");
    // Low on the stage, where the sheet will be.
    const box = await service.locator(".frame").boundingBox();
    await page.touchscreen.tap(box.x + box.width / 3, box.y + box.height * 0.4);
    await expect(service).toHaveAttribute("aria-current", "true");
    await expect(page.getByRole("button", { name: "Take it down" })).toHaveAttribute("aria-pressed", "false");
    await page.getByRole("button", { name: "Close the inspector" }).tap();
    await expect(app.tools).toBeVisible();

    const { x, y } = await dot(app);
    await page.touchscreen.tap(x + 10, y - 8);
    await app.choice.getByRole("button", { name: "Drop this message" }).tap();
    await expect(app.choice).toHaveCount(0);
    await expect.poll(() => app.isPaused()).toBe(false);
  });

  test("a long press on a dot opens the choices for its message", async ({ app }) => {
    await watchOneMessage(app);
    const at = await dot(app);
    await app.finger({ boundingBox: async () => ({ ...at, width: 0, height: 0 }) }, { stays: 800 });
    await expect(app.choice).toHaveAccessibleName("#1, attempt 1, request");
    await expect(app.menu).toHaveCount(0);
  });
});

test("a message is dropped by a click on its moving dot, and the run goes on", async ({ app, page }) => {
  await watchOneMessage(app);
  const { x, y } = await dot(app);
  await page.mouse.click(x, y);
  await expect(app.choice).toHaveAccessibleName("#1, attempt 1, request");
  await expect.poll(() => app.isPaused()).toBe(true);
  await page.screenshot({ path: "target/e2e/message.png" });
  await app.choice.getByRole("button", { name: "Drop this message" }).click();
  await expect(app.choice).toHaveCount(0);
  await expect.poll(() => app.isPaused()).toBe(false);
  // A message that never arrives gets no answer.
  await app.select(app.service("Account"));
  await app.speed.fill("2.5");
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(130);
  expect(await app.number("answered")).toBe(0);
});

test("a right click on a message opens its choices, and one of them follows its request", async ({ app, page }) => {
  await watchOneMessage(app);
  const { x, y } = await dot(app);
  await page.mouse.click(x, y, { button: "right" });
  await expect(app.choice).toHaveAccessibleName("#1, attempt 1, request");
  await expect(app.menu).toHaveCount(0);
  await expect.poll(() => app.isPaused()).toBe(true);
  await app.choice.getByRole("button", { name: "Follow this request" }).click();
  await expect(app.choice).toHaveCount(0);
  await expect(app.request.getByText("#1").first()).toBeVisible();
});

test("a choice about a message closes by Escape and by a press elsewhere", async ({ app, page }) => {
  await watchOneMessage(app);
  const first = await dot(app);
  await page.mouse.click(first.x, first.y);
  await expect(app.choice).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(app.choice).toHaveCount(0);
  await expect.poll(() => app.isPaused()).toBe(false);
  const second = await dot(app);
  await page.mouse.click(second.x, second.y);
  await expect(app.choice).toBeVisible();
  await page.mouse.click(second.x, second.y + 220);
  await expect(app.choice).toHaveCount(0);
});

test("without a mouse a message is dropped and its request followed from the inspector of its link", async ({ app, page }) => {
  await watchOneMessage(app);
  await app.pause();
  await app.links.first().focus();
  await page.keyboard.press("Enter");
  await app.inspector.getByRole("button", { name: "Follow #1, attempt 1, request" }).press("Enter");
  await expect(page.getByRole("button", { name: "Request", exact: true })).toHaveAttribute("aria-expanded", "true");
  const drop = app.inspector.getByRole("button", { name: "Drop #1, attempt 1, request" });
  await drop.press("Enter");
  await expect(drop).toHaveCount(0);
});

test("the floating panels and the inspector have no accessibility violations", async ({ app, page }) => {
  await watchOneMessage(app);
  const { x, y } = await dot(app);
  await page.mouse.click(x, y);
  await expect(app.choice).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await app.select(app.service("Account"));
  await app.inspector.getByRole("button", { name: "Schedule a fault" }).click();
  await app.tools.getByRole("button", { name: "Slow" }).click();
  await expect(app.tools.getByRole("slider", { name: "Slow" })).toHaveAttribute("aria-valuetext", "×10");
  expect(await violations(page)).toEqual([]);
});
