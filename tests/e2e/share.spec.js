// Links that contain a system, and other ways to share it.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { deflateRawSync } from "node:zlib";
import { App, expect, test, violations } from "./app.js";

const jsQR = createRequire(import.meta.url).resolve("jsqr");
const NASTY = `<img src=x onerror="window.harmed = 1"> javascript:alert(1)`;
const SYSTEM = {
  format: "callchain/1",
  title: "Sent by a friend",
  services: [{ id: "caller", kind: "client" }, { id: "callee", name: NASTY, workers: 3 }],
  links: [{ from: "caller", to: "callee", timeout: "1s" }],
  load: [{ client: "caller", constant: 20 }],
};

/** The text of a link with anything in it. */
const packed = (file) => `1.${deflateRawSync(typeof file === "string" ? file : JSON.stringify(file)).toString("base64url")}`;

/** What a QR code in a picture says, as another program reads it. */
async function decoded(context, png) {
  const page = await context.newPage();
  await page.addScriptTag({ path: jsQR });
  const text = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height)?.data;
  }, png.toString("base64"));
  await page.close();
  return text;
}

test("a link opens the shared system, with the names as text", async ({ app, page }) => {
  // The page gives a system without positions a layout.
  const placed = { ...SYSTEM, services: SYSTEM.services.map((service, i) => ({ ...service, position: [320 * i, 10] })) };
  await app.open(`/#s=${packed(placed)}`);
  await expect(page.getByRole("heading", { name: "Sent by a friend" })).toBeVisible();
  await expect(app.services).toHaveCount(2);
  await app.select(app.service("<img"));
  expect(await page.evaluate(() => window.harmed)).toBeUndefined();
  // It is shared again as it came.
  await app.share();
  const link = await app.link();
  await page.goto("about:blank");
  await app.open(link.slice(process.env.CALLCHAIN_ADDRESS.length));
  expect(JSON.parse(await app.save())).toEqual(placed);
});

test("a link put into the address later opens too, and undo restores the document", async ({ app, page }) => {
  await app.open();
  await app.addService();
  await page.evaluate((text) => (location.hash = `s=${text}`), packed(SYSTEM));
  await expect(app.message("Opened the link.")).toBeVisible();
  await expect(app.services).toHaveCount(2);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(app.services).toHaveCount(4);
});

const deep = (n) => "[".repeat(n) + "]".repeat(n);
for (const [what, text, message] of [
  ["cut off", packed(SYSTEM).slice(0, 60), /cut off/],
  ["of a newer Callchain", "2.abc", /newer Callchain/],
  ["of random letters", "1.q83hT0cR9_-bmN2sWxYz", /damaged|cut off|JSON/],
  ["of nothing", "", /no system/],
  ["with script in it", "1.<script>alert(1)</script>", /damaged/],
  ["deep", packed(deep(200_000)), /recursion/],
  ["of wrong types", packed({ services: 7, links: "x" }), /services.*\n?.*links/],
  ["of huge numbers", packed(`{"services":[{"id":"a","workers":1e300}],"seed":1e400}`), /number/],
  ["of wrong names", packed({ services: [{ id: NASTY }] }), /services\[0\]\.id/],
  ["that unpacks to 200 megabytes", packed(" ".repeat(200e6)), /too large/],
  ["too long", `1.${"A".repeat(600_000)}`, /too long/],
]) {
  test(`an invalid link is refused with its mistake, and the page starts as usual: ${what}`, async ({ app, page }) => {
    await app.open(`/#s=${text}`);
    await expect(app.message("The link was not opened.")).toBeVisible();
    await expect(app.message(message)).toBeVisible();
    await expect(page.getByRole("heading", { name: "Bank accounts" })).toBeVisible();
    expect(await page.evaluate(() => window.harmed)).toBeUndefined();
  });

  test(`an invalid link leaves the document open: ${what}`, async ({ app, page }) => {
    await app.open();
    await app.addService();
    await page.evaluate((hash) => (location.hash = hash), `s=${text}`);
    await expect(app.message(/Your system is unchanged/)).toBeVisible();
    await expect(app.message(message)).toBeVisible();
    await expect(app.services).toHaveCount(4);
  });
}

test("a first visit asks nothing of the storage and fetches nothing for links", async ({ app, page }) => {
  await app.visit();
  expect(await page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)))).toEqual([]);
  await expect(page.locator("html[data-opens]")).toHaveCount(0);
});

test.describe("with a clipboard", () => {
  test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));
  const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

  test("the link, its length and the texts can be copied", async ({ app, page }) => {
    await app.open();
    await app.share();
    await expect(app.dialog.getByText(/^\d+ characters: fits into a chat message/)).toBeVisible();
    await app.dialog.getByRole("button", { name: "Copy link" }).click();
    await expect(app.message("The link is in the clipboard.")).toBeAttached();
    expect(await clipboard(page)).toBe(await app.link());
    await app.dialog.getByRole("button", { name: "Copy as Mermaid" }).click();
    await expect.poll(() => clipboard(page)).toContain(`s0 -->|"timeout 1.5 s"| s1`);
    await app.dialog.getByRole("button", { name: "Copy as SVG" }).click();
    await expect.poll(() => clipboard(page)).toMatch(/^<svg .*Access privilege.*<\/svg>$/s);
    await app.dialog.getByRole("button", { name: "Copy as PNG" }).click();
    const types = () => page.evaluate(async () => (await navigator.clipboard.read()).flatMap((item) => item.types));
    await expect.poll(types).toEqual(["image/png"]);
  });

  test("the link can be copied from the menu", async ({ app, page }) => {
    await app.open();
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.getByRole("button", { name: "Copy link" }).click();
    await expect(app.message("The link is in the clipboard.")).toBeVisible();
    expect(await clipboard(page)).toContain("#s=1.");
  });
});

test("without a clipboard the text is selected instead", async ({ app, page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
  });
  await app.open();
  await app.share();
  await app.dialog.getByRole("button", { name: "Copy link" }).click();
  await expect(app.message("The browser does not allow access to the clipboard.")).toBeAttached();
  await expect(app.dialog.getByLabel("Link", { exact: true })).toBeFocused();
  await app.dialog.getByRole("button", { name: "Copy as Mermaid" }).click();
  const text = app.dialog.getByLabel("The text, to copy it");
  await expect(text).toBeFocused();
  expect(await page.evaluate(() => document.activeElement.value.slice(0, document.activeElement.selectionEnd))).toContain("flowchart LR");
});

for (const scheme of ["light", "dark"]) {
  test(`the QR code says the link, large enough for a room: ${scheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1024, height: 768 } });
    const app = new App(await context.newPage());
    await app.open();
    await app.share();
    const link = await app.link();
    const code = app.dialog.getByRole("button", { name: /QR code/ });
    await code.click();
    const large = app.dialog.getByRole("img", { name: "QR code of the link" });
    expect((await large.boundingBox()).width).toBeGreaterThan(500);
    expect(await decoded(context, await large.screenshot())).toBe(link);
    await app.dialog.getByRole("button", { name: "Back" }).click();
    await expect(code).toBeVisible();
    await context.close();
  });
}

test("a system that is too large for a QR code says so", async ({ app }) => {
  const name = (i) => createHash("sha256").update(String(i)).digest("hex").slice(0, 40);
  const services = Array.from({ length: 190 }, (_, i) => ({ id: `s${i}`, name: name(i) }));
  await app.open(`/#s=${packed({ title: "Large", services: [{ id: "web", kind: "client" }, ...services] })}`);
  await app.share();
  await expect(app.dialog.getByText(/some chat programs cut this; send the file instead/)).toBeVisible();
  await expect(app.dialog.getByText("The link is too long for a QR code.")).toBeVisible();
});

/** A file that a button of the dialog gives. */
async function saved(app, name) {
  const download = app.page.waitForEvent("download");
  await app.dialog.getByRole("button", { name }).click();
  const file = await download;
  return [file.suggestedFilename(), await readFile(await file.path())];
}

test("pictures and texts are saved as files that stand alone", async ({ app, page, context }) => {
  await app.open();
  await app.select(app.service("Bank account"));
  await app.share();
  const [name, svg] = await saved(app, "Save as SVG");
  expect(name).toBe("bank-accounts-the-overview-page.svg");
  const text = svg.toString("utf8");
  expect(text).not.toMatch(/class=|style=|var\(|data-|aria-|tabindex/);
  const other = await context.newPage();
  await other.goto(`data:image/svg+xml,${encodeURIComponent(text)}`);
  expect(await other.locator("text", { hasText: "Bank account" }).first().getAttribute("fill")).toBe("rgb(28, 33, 39)");
  // What is see-through on the stage is so in the picture.
  const shadows = other.locator('rect[fill="rgb(0, 0, 0)"]');
  await expect(shadows.first()).toHaveAttribute("fill-opacity", "0.06");
  expect(await shadows.evaluateAll((all) => all.filter((it) => !it.hasAttribute("fill-opacity")).length)).toBe(0);
  // It has the ground of the stage, and does not depend on what it is put on.
  await expect(other.locator('rect[fill="rgb(246, 244, 239)"]')).toHaveCount(1);
  // That something is selected is not part of the system.
  const frames = await app.services.evaluateAll((all) => all.length);
  await expect(other.locator('rect[stroke="rgb(28, 33, 39)"][stroke-width="1.6px"]')).toHaveCount(frames);
  await other.screenshot({ path: "target/e2e/share-picture.png" });
  await other.close();
  const [png, pixels] = await saved(app, "Save as PNG");
  expect([png, pixels.subarray(1, 4).toString()]).toEqual(["bank-accounts-the-overview-page.png", "PNG"]);
  const [mmd, chart] = await saved(app, "Save as Mermaid");
  expect([mmd, chart.toString().split("\n")[0]]).toEqual(["bank-accounts-the-overview-page.mmd", "flowchart LR"]);
  const [json] = await saved(app, "Save as a file");
  expect(json).toBe("bank-accounts-the-overview-page.json");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog").filter({ visible: true })).toHaveCount(0);
  // The key closed the dialog, and nothing else.
  await expect(app.service("Bank account")).toHaveAttribute("aria-current", "true");
});

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`the dialogs have no violations: ${width} by ${height}, ${colorScheme}`, async ({ browser }) => {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      const app = new App(page);
      await app.open();
      const picture = (what) => page.screenshot({ path: `target/e2e/share-${what}-${width}-${colorScheme}.png` });
      const more = page.getByRole("button", { name: "More", exact: true });
      await more.click();
      expect(await violations(page)).toEqual([]);
      await picture("menu");
      if (width < 760) {
        await page.getByRole("button", { name: "Share…" }).click();
      } else {
        await page.keyboard.press("Escape");
        await app.share();
      }
      await expect(app.dialog).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await picture("dialog");
      await app.dialog.getByRole("button", { name: /QR code/ }).click();
      expect(await violations(page)).toEqual([]);
      await app.dialog.getByRole("button", { name: "Close" }).click();
      await app.addService();
      if (width < 760) await page.getByRole("button", { name: "Settings" }).click();
      await app.versions();
      expect(await violations(page)).toEqual([]);
      await picture("versions");
      await page.close();
    });
  }
}
