// The part of the WebAssembly that is not needed for the first picture: when it is fetched, and what if it cannot be.

import { expect, test } from "./app.js";

const LATER = /_later\.wasm(\?now)?$/;

/** The requests for the later part, as they are made. */
function watch(page) {
  const asked = [];
  page.on("request", (request) => {
    if (LATER.test(request.url())) asked.push(request.url());
  });
  return asked;
}

/** Clicks without any movement of the pointer before, so that nothing could be fetched ahead. */
const clickUnannounced = (locator) =>
  locator.evaluate((element) => element.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true })));

test("watching fetches nothing more; a selection, as a screen reader makes it, does", async ({ app, page }) => {
  const asked = watch(page);
  await app.visit();
  await expect.poll(() => app.seconds(), { timeout: 30_000 }).toBeGreaterThan(0.8);
  expect(asked).toEqual([]);
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("h2")));
  await expect(page.locator("html[data-used]")).toBeAttached();
  expect(asked).toHaveLength(1);
});

test("the first movement of the pointer fetches the rest, once, and a click finds it there", async ({ app, page }) => {
  const asked = watch(page);
  await app.visit();
  const fetched = page.waitForResponse(LATER);
  await page.mouse.move(200, 200);
  await (await fetched).finished();
  await app.selectLink(app.links.first());
  await expect(app.live).toBeVisible();
  await app.select(app.services.first());
  expect(asked).toHaveLength(1);
});

test("a click that comes before the rest is there waits for it", async ({ app, page }) => {
  const asked = watch(page);
  // What is fetched ahead never arrives.
  await page.route(/_later\.wasm$/, () => {});
  await app.visit();
  await clickUnannounced(app.page.getByRole("button", { name: "Add: Service" }));
  await expect(app.live).toBeVisible();
  expect(asked.filter((url) => url.endsWith("?now"))).toHaveLength(1);
});

test("without a connection to fetch the rest it says so", async ({ browser }) => {
  const page = await browser.newPage();
  await page.goto(`${process.env.CALLCHAIN_ADDRESS}/`);
  const add = page.getByRole("button", { name: "Add: Service" });
  await expect(add).toBeVisible();
  await page.route(LATER, (route) => route.abort());
  await clickUnannounced(add);
  await expect(page.getByRole("alert")).toContainText("could not be loaded");
  await page.close();
});
