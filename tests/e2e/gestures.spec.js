// The gestures of an editor: several things at once, copies, ends of links, the view. By mouse, by touch, by keyboard.

import { expect, test, violations } from "./app.js";

const at = (locator) => locator.locator(".frame");

test("a box selects several things, which are moved, removed and restored together", async ({ app, page }) => {
  await app.open();
  const before = JSON.parse(await app.save());
  await app.boxAll();
  const count = before.services.length;
  await expect(app.selectedServices).toHaveCount(count);
  await expect(app.inspector.getByRole("heading").first()).toHaveText(`${count} services, ${before.links.length} links`);
  await page.screenshot({ path: "target/e2e/box.png" });

  await app.drag(at(app.services.last()), 66, 44);
  const moved = JSON.parse(await app.save());
  const way = (i) => [0, 1].map((axis) => moved.services[i].position[axis] - before.services[i].position[axis]);
  for (let i = 0; i < count; i++) expect(way(i)).toEqual(way(0));
  expect(way(0)).not.toEqual([0, 0]);

  await page.keyboard.press("Delete");
  await expect(app.services).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(app.services).toHaveCount(count);
  await page.keyboard.press("Control+z");
  expect(JSON.parse(await app.save())).toEqual(before);
});

test("a click with Ctrl adds to the selection and removes from it; Ctrl+A selects everything", async ({ app, page }) => {
  await app.open();
  await app.select(app.services.nth(1));
  await at(app.services.nth(2)).click({ modifiers: ["Control"] });
  await expect(app.selectedServices).toHaveCount(2);
  // The stage shows it, too.
  await expect(page.locator(".chosen .halo")).toHaveCount(2);
  await at(app.services.nth(1)).click({ modifiers: ["Control"] });
  await expect(app.selectedServices).toHaveCount(1);
  await page.keyboard.press("Control+a");
  await expect(app.selectedServices).toHaveCount(await app.services.count());
  await page.keyboard.press("Escape");
  await expect(app.selectedServices).toHaveCount(0);
  await expect(page.locator(".chosen")).toHaveCount(0);
});

test("a drag with Alt makes a copy, including the links between the copied services", async ({ app, page }) => {
  await app.open();
  const [services, links] = [await app.services.count(), await app.links.count()];
  await app.boxAll();
  await page.keyboard.down("Alt");
  await app.drag(at(app.services.last()), 0, 180, async () => page.screenshot({ path: "target/e2e/alt-drag.png" }));
  await page.keyboard.up("Alt");
  await expect(app.services).toHaveCount(services * 2);
  await expect(app.links).toHaveCount(links * 2);
  await expect(app.selectedServices).toHaveCount(services);
  await page.keyboard.press("Control+z");
  await expect(app.services).toHaveCount(services);
});

test("a copied, cut or duplicated selection is a system that can be pasted at the pointer or beside the original", async ({ app, page }) => {
  await app.open();
  const services = await app.services.count();
  await app.select(app.services.last());
  await page.keyboard.press("Control+d");
  await expect(app.services).toHaveCount(services + 1);
  await page.keyboard.press("Control+c");
  await expect(app.message("Copied.")).toBeVisible();
  await page.keyboard.press("Control+v");
  await expect(app.services).toHaveCount(services + 2);

  const stage = await app.stage.boundingBox();
  const place = { x: stage.x + stage.width / 2, y: stage.y + stage.height - 130 };
  await page.mouse.move(place.x, place.y);
  await page.keyboard.press("Control+v");
  await expect(app.services).toHaveCount(services + 3);
  const pasted = await at(app.services.last()).boundingBox();
  expect(Math.abs(pasted.x + pasted.width / 2 - place.x)).toBeLessThan(4);
  expect(Math.abs(pasted.y + pasted.height / 2 - place.y)).toBeLessThan(4);
  await page.screenshot({ path: "target/e2e/pasted.png" });

  await page.keyboard.press("Control+x");
  await expect(app.services).toHaveCount(services + 2);
  for (let i = 2; i > 0; i--) await page.keyboard.press("Control+z");
  await expect(app.services).toHaveCount(services + 2);
});

test("a stranger's clipboard does no harm", async ({ app, page }) => {
  await app.open();
  const before = await app.save();
  for (const [text, said] of [
    ["Meet me at noon.", "is not part of a system"],
    ['{"services": 7}', "Nothing was pasted"],
    [`{"x": "${"a".repeat(1_100_000)}"}`, "larger than 1 MiB"],
    ["{".repeat(100_000), "Nothing was pasted"],
  ]) {
    await app.paste(text);
    await expect(app.message(said)).toBeVisible();
    await page.getByRole("button", { name: "Close the message" }).click();
  }
  expect(await app.save()).toBe(before);
  const name = '<img src=x onerror="document.title=1">';
  await app.paste(JSON.stringify({ services: [{ id: "x", name }] }));
  await expect(app.service(name.slice(0, 4))).toBeVisible();
});

test("an end of a link is dragged to another service, and its policies stay", async ({ app, page }) => {
  await app.open();
  await app.addService();
  const before = JSON.parse(await app.save());
  const link = before.links.at(-1);
  const index = before.links.length - 1;
  await app.selectLink(app.links.last());
  const handle = page.locator(".ends circle").last();
  const [start, target] = [await handle.boundingBox(), await at(app.services.last()).boundingBox()];
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(target.x + 40, target.y + 40, { steps: 6 });
  await page.screenshot({ path: "target/e2e/reconnect.png" });
  await page.mouse.up();
  const after = JSON.parse(await app.save());
  expect(after.links[index]).toEqual({ ...link, to: after.services.at(-1).id });
  await page.keyboard.press("Control+z");
  expect(JSON.parse(await app.save())).toEqual(before);
});

test("boxes snap into line with a guide, Ctrl switches both off, and Escape cancels the drag", async ({ app, page }) => {
  await app.open();
  const guides = page.locator(".guides path");
  const box = at(app.services.last());
  const before = await box.boundingBox();
  const start = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x - 30, start.y + 3, { steps: 4 });
  await expect(guides.first()).toBeAttached();
  await page.screenshot({ path: "target/e2e/guides.png" });
  await page.keyboard.down("Control");
  await page.mouse.move(start.x - 31, start.y + 3);
  await expect(guides).toHaveCount(0);
  await page.keyboard.up("Control");
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect.poll(async () => (await box.boundingBox()).x).toBeCloseTo(before.x, 0);
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("the space bar and the middle button move the stage, and space alone pauses", async ({ app, page }) => {
  await app.open();
  await app.play();
  const box = at(app.services.last());
  const place = async () => (await box.boundingBox()).x;
  const before = await place();
  const grab = await box.boundingBox();
  await page.mouse.move(grab.x + 30, grab.y + 30);
  await page.keyboard.down(" ");
  await page.mouse.down();
  await page.mouse.move(grab.x + 90, grab.y + 30, { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up(" ");
  expect(await place()).toBeCloseTo(before + 60, 0);
  expect(await app.isPaused()).toBe(false);
  await page.mouse.down({ button: "middle" });
  await page.mouse.move(grab.x + 70, grab.y + 30, { steps: 3 });
  await page.mouse.up({ button: "middle" });
  expect(await place()).toBeCloseTo(before + 40, 0);
  await page.keyboard.press(" ");
  await expect.poll(() => app.isPaused()).toBe(true);
  await page.keyboard.press("0");
  await expect.poll(place).toBeCloseTo(before, 0);
});

test("a system of two services with a timeout is built, run and undone by keyboard alone", async ({ app, page }) => {
  await app.visit();
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const tabTo = async (locator) => {
    for (let i = 0; i < 200; i++) {
      if (await locator.evaluate((it) => it === document.activeElement)) return;
      await press("Tab");
    }
    throw new Error("Tab does not come there");
  };
  await tabTo(page.getByRole("button", { name: "Begin with an empty stage" }));
  await press("Enter");
  await expect(app.services).toHaveCount(0);
  await app.listen();
  for (const kind of ["Client", "Service", "Service"]) {
    await tabTo(page.getByRole("button", { name: `Add: ${kind}` }));
    await press("Enter");
  }
  await expect(app.services).toHaveCount(3);

  await tabTo(app.services.nth(0));
  await press("c", "Tab", "Enter");
  await expect(app.links).toHaveCount(1);
  await expect(app.services.nth(1)).toBeFocused();
  await press("c", "Tab", "Enter");
  await expect(app.links).toHaveCount(2);

  // Tab goes through a service, then its outgoing links, then the next service.
  await tabTo(app.services.nth(0));
  await press("Tab");
  await expect(app.links.nth(0)).toBeFocused();
  await press("Tab");
  await expect(app.services.nth(1)).toBeFocused();
  await press("ArrowDown", "Shift+ArrowRight");
  await press("Tab");
  await expect(app.links.nth(1)).toBeFocused();
  await press("Enter");
  await tabTo(app.inspector.getByRole("switch", { name: "Timeout" }));
  await press("Enter");
  await tabTo(app.inspector.getByRole("region", { name: "Timeout" }).getByRole("textbox").first());
  await press("Control+a");
  await page.keyboard.type("300ms");
  await press("Enter");
  const built = JSON.parse(await app.save());
  expect(built.links[1].timeout).toBe("300ms");
  await page.screenshot({ path: "target/e2e/by-keyboard.png" });

  await expect.poll(() => app.sent(), { timeout: 20_000 }).toBeGreaterThan(0);

  // Two are selected, copied and pasted.
  await tabTo(app.services.nth(1));
  await press(" ", "Tab", "Tab", "Control+Enter");
  await expect(app.selectedServices).toHaveCount(2);
  await press("Control+c", "Control+v");
  await expect(app.services).toHaveCount(5);
  await expect(app.links).toHaveCount(3);

  const undo = page.getByRole("button", { name: "Undo" });
  for (let i = 0; i < 12 && (await undo.isEnabled()); i++) await press("Control+z");
  await expect(undo).toBeDisabled();
});

test("one gesture changes several services, and the inspector shows where they differ", async ({ app, page }) => {
  await app.open();
  await app.select(app.services.nth(1));
  await at(app.services.nth(2)).click({ modifiers: ["Control"] });
  const workers = app.inspector.getByLabel("Workers");
  await expect(workers).toHaveValue("");
  await expect(workers).toHaveAttribute("placeholder", "different values");
  await page.screenshot({ path: "target/e2e/several.png" });
  await workers.fill("3");
  await workers.press("Enter");
  const set = JSON.parse(await app.save()).services.slice(1).map((service) => service.workers);
  expect(set).toEqual([3, 3]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
});

test("an edit, its undo and its redo are announced and marked on the timeline", async ({ app, page }) => {
  await app.open();
  await app.listen();
  await app.play();
  await expect.poll(() => app.seconds()).toBeGreaterThan(0.2);
  await app.select(app.services.last());
  await page.keyboard.press("Delete");
  await expect.poll(async () => (await app.heard()).map(({ text }) => text)).toContain("Removed Access privilege.");
  const marks = page.getByRole("list", { name: "Changes" }).getByRole("listitem");
  await expect.poll(() => marks.count()).toBe(1);
  await page.keyboard.press("Control+z");
  await expect.poll(() => marks.count()).toBe(2);
  await page.keyboard.press("Control+y");
  await expect.poll(() => marks.count()).toBe(3);
});

test.describe("by touch", () => {
  test.use({ hasTouch: true, viewport: { width: 820, height: 1180 } });

  test("taps wire two services, a finger drags one, and a trembling finger taps", async ({ app, page }) => {
    await app.open();
    await app.addService();
    const links = await app.links.count();
    await at(app.services.last()).tap();
    await app.ports.first().tap();
    await at(app.services.nth(1)).tap();
    await expect(app.links).toHaveCount(links + 1);

    const before = JSON.parse(await app.save()).services.at(-1).position;
    await app.finger(at(app.services.last()), { x: 60, y: 60 });
    const after = JSON.parse(await app.save()).services.at(-1).position;
    expect(after).not.toEqual(before);
    await app.finger(at(app.services.nth(1)), { x: 6, y: 6 });
    await expect(app.services.nth(1)).toHaveAttribute("aria-current", "true");
    await page.screenshot({ path: "target/e2e/touch.png" });
    for (let i = 0; i < 3; i++) await page.getByRole("button", { name: "Undo" }).tap();
    await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
  });

  test("several things are selected by taps or by a box, until selecting ends", async ({ app, page }) => {
    await app.open();
    const count = await app.services.count();
    await at(app.services.first()).tap();
    await app.pick("Select several by touching them");
    const hint = page.getByRole("group", { name: "Select several" });
    await expect(hint).toBeVisible();
    await at(app.services.nth(1)).tap();
    await expect(app.selectedServices).toHaveCount(2);
    await at(app.services.first()).tap();
    await expect(app.selectedServices).toHaveCount(1);
    await page.screenshot({ path: "target/e2e/select-several.png" });
    // A drag that begins on empty space draws a box.
    const boxes = await Promise.all((await app.services.all()).map((it) => at(it).boundingBox()));
    const [left, top] = [Math.min(...boxes.map((b) => b.x)), Math.min(...boxes.map((b) => b.y))];
    const [right, bottom] = [Math.max(...boxes.map((b) => b.x + b.width)), Math.max(...boxes.map((b) => b.y + b.height))];
    const corner = { boundingBox: async () => ({ x: right + 12, y: bottom + 12, width: 0, height: 0 }) };
    await app.finger(corner, { x: left - right - 24, y: top - bottom - 24 });
    await expect(app.selectedServices).toHaveCount(count);
    // Not by a tap: so soon after the finger was lifted the browser takes it for the second of two.
    await hint.getByRole("button", { name: "Done" }).click();
    await expect(hint).toHaveCount(0);
    await at(app.services.nth(1)).tap();
    await expect(app.selectedServices).toHaveCount(1);
  });

  test("a long press on a client selects it and sends nothing", async ({ app }) => {
    await app.open();
    await app.pause();
    const sent = await app.sent();
    await app.finger(at(app.services.first()), { stays: 800 });
    await expect(app.services.first()).toHaveAttribute("aria-current", "true");
    expect(await app.isPaused()).toBe(true);
    expect(await app.sent()).toBe(sent);
  });
});
