// The parts of the WebAssembly that load on demand: when they load, and the page without them.

import { expect, test } from "./app.js";

const INSPECTOR = /split_inspector\.wasm$/;
const DIALOGS = /split_dialogs\.wasm$/;

/** The requests for a part, as they are made. */
function watch(page, part) {
  const asked = [];
  page.on("request", (request) => {
    if (part.test(request.url())) asked.push(request.url());
  });
  return asked;
}

test("watching does not fetch the dialogs; the selection of a screen reader does", async ({ app, page }) => {
  const asked = watch(page, DIALOGS);
  await app.visit();
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(0.8);
  expect(asked).toEqual([]);
  const fetched = page.waitForRequest(DIALOGS);
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("h2")));
  await fetched;
  expect(asked).toHaveLength(1);
});

test("the first movement of the pointer fetches the dialogs, once", async ({ app, page }) => {
  const asked = watch(page, DIALOGS);
  await app.visit();
  const fetched = page.waitForResponse(DIALOGS);
  await page.mouse.move(200, 200);
  await (await fetched).finished();
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(asked).toHaveLength(1);
});

test("while a part loads, the page says so, and the run goes on", async ({ app, page }) => {
  let deliver;
  const wanted = new Promise((resolve) => (deliver = resolve));
  await page.route(INSPECTOR, async (route) => {
    await wanted;
    await route.continue();
  });
  await app.visit();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("status")).toHaveText("Loading…");
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(0.2);
  deliver();
  await expect(inspector.getByRole("heading", { name: "The whole system" })).toBeVisible();
});

test("a part that could not be loaded can be tried again", async ({ browser }) => {
  const page = await browser.newPage();
  await page.route(INSPECTOR, (route) => route.abort());
  await page.goto(`${process.env.CALLCHAIN_ADDRESS}/`);
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("alert")).toContainText("could not be loaded");
  await page.unroute(INSPECTOR);
  await inspector.getByRole("button", { name: "Try again" }).click();
  await expect(inspector.getByRole("heading", { name: "The whole system" })).toBeVisible();
  await page.close();
});

test("a part without its texts is not shown, and can be tried again", async ({ browser }) => {
  const page = await browser.newPage();
  await page.route(/\/texts\/en\//, (route) => route.abort());
  await page.goto(`${process.env.CALLCHAIN_ADDRESS}/`);
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("alert")).toContainText("could not be loaded");
  await page.unroute(/\/texts\/en\//);
  await inspector.getByRole("button", { name: "Try again" }).click();
  await expect(inspector.getByRole("heading", { name: "The whole system" })).toBeVisible();
  await page.close();
});

test("an action whose part cannot be loaded says so, and works later", async ({ browser }) => {
  const page = await browser.newPage();
  await page.route(DIALOGS, (route) => route.abort());
  await page.goto(`${process.env.CALLCHAIN_ADDRESS}/`);
  const save = page.getByRole("button", { name: "Save" });
  await save.click();
  await expect(page.getByRole("status").filter({ hasText: "could not be loaded" })).toBeVisible();
  await page.unroute(DIALOGS);
  const saved = page.waitForEvent("download");
  await save.click();
  await saved;
  await page.close();
});
