// One request: a click on its message opens its life, which follows the run, is legible at every size, and can be saved.

import { readFile } from "node:fs/promises";
import { expect, test } from "./app.js";
import { pictures } from "./pictures.js";

/** The answer to the first attempt is lost on a link that is slow enough for a click. */
const SYSTEM = JSON.stringify({
  format: "callchain/1",
  title: "A <script>lost</script> answer",
  services: [
    { id: "actor", name: "Actor & <b>friends</b>", kind: "client", position: [60, 200] },
    { id: "trx", name: "TRX service", position: [380, 200] },
    { id: "bank", name: "Bank API", kind: "external", effect: "transfer", work: "50ms", position: [740, 200] },
  ],
  links: [
    { from: "actor", to: "trx", method: "POST", delay: "300ms" },
    {
      from: "trx", to: "bank", method: "POST", delay: "100ms", timeout: "500ms",
      retry: { max_attempts: 2, backoff: { constant: "100ms" }, unsafe: true },
    },
  ],
  faults: [{ at: "0s", for: "700ms", link: ["trx", "bank"], drop: "response" }],
  load: [{ client: "actor", at: ["100ms"] }],
});

async function open(app) {
  await app.open();
  await app.openFile("lost.json", SYSTEM);
  await expect(app.services).toHaveCount(3);
}

/** Opens the panel, and runs the only request to its end. */
async function follow(app, page) {
  await open(app);
  await page.getByRole("button", { name: "Request", exact: true }).click();
  await app.request.getByRole("button", { name: /Last request|Follow the next request/ }).first().click();
  const before = app.request.getByRole("button", { name: "Previous request" });
  if (await before.isEnabled()) await before.click();
  await app.speed.fill("0");
  await app.play();
  await expect(app.steps.last()).toContainText("result: ok", { timeout: 20_000 });
}

test("the panel shows the life of a request as it happens: the answer to the user, the real effects, and the use of time", async ({ app, page }) => {
  await follow(app, page);
  const told = app.request;
  await expect(told).toContainText("Actor & <b>friends</b> got a good answer after 1.46 s.");
  await expect(told).toContainText("The transfer was booked twice at Bank API, by attempts 1 and 2. The answer to attempt 1 was lost.");
  await expect(told).toContainText("500 ms waiting for answers that did not come in time");
  await expect(app.steps.filter({ hasText: "TRX service: TOUT: timed out after 500 ms" })).toHaveCount(1);
  const drawing = told.locator("svg").last();
  await expect(drawing).toContainText("POST, attempt 2");
  await expect(drawing).toContainText("lost");
});

test("a click on a message in flight opens the request that it belongs to, in step with the run", async ({ app, page }) => {
  await open(app);
  await app.speed.fill("-1");
  await app.play();
  await expect.poll(() => app.seconds(), { intervals: [50] }).toBeGreaterThan(0.15);
  await app.pause();
  await clickDot(app, page);
  await page.getByRole("button", { name: "Follow this request" }).click();
  await expect(app.request).toContainText("#1");
  await expect(app.request).toContainText(/has been waiting for \d+\sms/);
  await expect(app.steps).toHaveCount(1);
  await expect(app.steps.first()).toContainText("on its way");
  await page.screenshot({ path: "target/e2e/request-under-way.png" });
  await app.speed.fill("0");
  await app.play();
  await expect.poll(() => app.steps.count()).toBeGreaterThan(3);
});

test("going back in time takes back the later part of the story", async ({ app, page }) => {
  await follow(app, page);
  const all = await app.steps.count();
  await app.pause();
  const back = page.getByRole("button", { name: "Go to the previous event" });
  for (let i = 0; i < 6; i += 1) await back.click();
  await expect.poll(() => app.steps.count()).toBeLessThan(all);
});

test("the sequence diagram and the waterfall are saved as SVG and PNG, the story as Mermaid text", async ({ app, page }) => {
  await follow(app, page);
  await app.pause();
  const save = async (name) => {
    const download = page.waitForEvent("download");
    await app.request.getByRole("button", { name, exact: true }).click();
    const file = await download;
    return [file.suggestedFilename(), await readFile(await file.path())];
  };
  for (const view of ["Sequence", "Waterfall"]) {
    await app.request.getByRole("button", { name: view, exact: true }).click();
    const [svgName, svg] = await save("SVG");
    expect(svgName).toBe("request-1.svg");
    expect(svg.toString()).toMatch(/^<svg xmlns=.*Bank API.*<\/svg>$/s);
    expect(svg.toString()).not.toMatch(/var\(|<script|<b>/);
    const [pngName, png] = await save("PNG");
    expect(pngName).toBe("request-1.png");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(await inks(page, png)).toBeGreaterThan(8);
  }
  const [name, mermaid] = await save("Mermaid");
  expect(name).toBe("request-1.mmd");
  expect(mermaid.toString()).toMatch(/^sequenceDiagram\n {4}participant p0 as Actor #38; #60;b#62;friends/);
  expect(mermaid.toString()).toContain("p2--xp1: ok, lost");
});

test("the Mermaid text can be copied", async ({ app, page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await follow(app, page);
  await app.request.getByRole("button", { name: "Copy Mermaid" }).click();
  await expect(app.message("The Mermaid text is in the clipboard.")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("participant p2 as Bank API");
});

test("by keyboard: the views, and the story as text", async ({ app, page }) => {
  await follow(app, page);
  await app.request.getByRole("button", { name: "Text", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(app.steps.first()).toBeVisible();
  await expect(app.steps.first()).toContainText("Actor & <b>friends</b> → TRX service: POST");
  await expect(app.request.getByRole("button", { name: "PNG" })).toHaveCount(0);
});

test("at first no request is followed, and the next one can be", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Request", exact: true }).click();
  await expect(app.request).toContainText("Click a dot");
  await app.play();
  await app.request.getByRole("button", { name: "Follow the next request" }).click();
  await expect(app.request).toContainText(/#\d+/);
  await expect.poll(() => app.steps.count(), { timeout: 20_000 }).toBeGreaterThan(0);
});

test("the pictures of a request fit into the panel, in every size and theme", async ({ app, page }) => {
  await follow(app, page);
  await app.pause();
  for (const view of ["Waterfall", "Sequence"]) {
    await app.request.getByRole("button", { name: view, exact: true }).click();
    const svg = app.request.locator("svg").last();
    await expect(svg).toBeVisible();
    await pictures(page, `request-${view.toLowerCase()}`, {
      holds: async () => {
        const [drawn, room] = [await svg.boundingBox(), await app.request.boundingBox()];
        expect(drawn.x + drawn.width, "no wider than the panel").toBeLessThanOrEqual(room.x + room.width);
      },
    });
  }
});

/** Clicks the dot of the one request while it is on its way over the first link. */
async function clickDot(app, page) {
  const share = ((await app.settled()) - 0.1) / 0.3;
  const { x, y } = await page.locator(".lane.request").first().evaluate((path, share) => {
    const at = path.getPointAtLength(path.getTotalLength() * share).matrixTransform(path.getScreenCTM());
    return { x: at.x, y: at.y };
  }, share);
  await page.mouse.click(x, y);
}

/** How many different colours a picture has. */
async function inks(page, png) {
  return page.evaluate(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  }, `data:image/png;base64,${png.toString("base64")}`);
}
