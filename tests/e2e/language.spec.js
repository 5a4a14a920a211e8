// The language of the page: the choice, a change without any loss, and a German page without English texts.

import { beginToUse, expect, test, violations } from "./app.js";
import { englishOn, onlyEnglish } from "./messages.js";
import { pictures } from "./pictures.js";

const GERMAN = { undo: "Rückgängig", looks: "Darstellung", time: "Simulierte Zeit" };

const html = (page, language) => expect(page.locator("html")).toHaveAttribute("lang", language);

/** Opens the page in German, and uses it. */
async function openInGerman(page, path = "/?lang=de") {
  await page.goto(process.env.CALLCHAIN_ADDRESS + path);
  await expect(page.getByLabel(GERMAN.time)).toBeVisible();
  await beginToUse(page);
}

/** Chooses a language by the switch in the bar. */
async function choose(page, looks, language) {
  await page.getByRole("button", { name: looks, exact: true }).click();
  // Not `check`: the switch itself is drawn again.
  await page.getByRole("radio", { name: language }).click();
}

test("the address makes the page German, with the system and the title", async ({ page }) => {
  await openInGerman(page);
  await html(page, "de");
  await expect(page).toHaveTitle(/^Callchain: wie Dienste/);
  await expect(page.getByRole("heading", { name: "Bankkonten: die Übersichtsseite" })).toBeVisible();
  await expect(page.getByRole("button", { name: GERMAN.undo, exact: true })).toBeVisible();
});

test.describe("in a German browser", () => {
  test.use({ locale: "de-AT" });

  test("the page is German by default, and English by the address", async ({ app, page }) => {
    await openInGerman(page, "/");
    await html(page, "de");
    await app.open("/?lang=en");
    await html(page, "en");
  });
});

test("a language without texts is English", async ({ app, page }) => {
  await app.open("/?lang=fr");
  await html(page, "en");
});

test("the switch changes the language at once, and the document, its history and the run stay", async ({ app, page }) => {
  await app.open("/?lang=en&x=1");
  await app.services.nth(1).press("Enter");
  await page.keyboard.press("Delete");
  await expect(app.services).toHaveCount(2);
  await app.pause();
  const before = await app.settled();
  await choose(page, "Looks", "Deutsch");
  await html(page, "de");
  await expect(page.getByRole("status").filter({ hasText: "Die Seite ist jetzt auf Deutsch." })).toBeVisible();
  await expect(page.locator("#said")).toHaveText("Die Seite ist jetzt auf Deutsch.");
  await expect(page.getByRole("button", { name: GERMAN.looks, exact: true })).toBeFocused();
  await expect(app.services).toHaveCount(2);
  expect(Number.parseFloat((await page.getByLabel(GERMAN.time).innerText()).replace(",", "."))).toBe(before);
  await page.getByRole("button", { name: GERMAN.undo, exact: true }).click();
  await expect(app.services).toHaveCount(3);
  // The choice holds after a reload, and leaves the rest of the address alone.
  expect(new URL(page.url()).search).toBe("?x=1");
  await page.reload();
  await html(page, "de");
  await choose(page, GERMAN.looks, "English");
  await html(page, "en");
  await expect(page).toHaveTitle(/^Callchain: how services/);
  await expect(app.time).toBeVisible();
});

test("a link opens in either language", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = new URL(await app.link());
  link.search = "?lang=de";
  await page.goto("about:blank");
  await openInGerman(page, `${link.pathname}${link.search}${link.hash}`);
  await html(page, "de");
  // Names in the document stay in the language of their author.
  await expect(page.getByRole("heading", { name: "Bank accounts: the overview page" })).toBeVisible();
});

test("the switch works without storage", async ({ app, page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get: () => { throw new DOMException("forbidden", "SecurityError"); } });
    }
  });
  await app.open();
  await choose(page, "Looks", "Deutsch");
  await html(page, "de");
});

test("texts that cannot be loaded leave the page in English, and a message says so", async ({ app, page, complaints }) => {
  await page.route(/\/texts\/de\//, (route) => route.abort());
  await app.visit("/?lang=de");
  await html(page, "en");
  await expect(app.message("The texts for “Deutsch” could not be loaded.")).toBeVisible();
  await page.unroute(/\/texts\/de\//);
  await choose(page, "Looks", "Deutsch");
  await html(page, "de");
  // The requests that were refused.
  complaints.splice(0);
});

test("the German page has no English texts", async ({ page }) => {
  test.setTimeout(120_000);
  const patterns = await onlyEnglish();
  expect(patterns.length).toBeGreaterThan(100);
  const left = new Map();
  const look = async (where) => {
    for (const text of await englishOn(page, patterns)) if (!left.has(text)) left.set(text, where);
  };
  await openInGerman(page);
  await look("start");
  await page.getByRole("button", { name: "Ein Sturm von Wiederholungen" }).click();
  const time = page.getByLabel(GERMAN.time);
  await expect.poll(async () => Number.parseFloat(await time.innerText()), { timeout: 30_000 }).toBeGreaterThan(2);
  await look("running");
  for (const service of [3, 2, 0]) {
    await page.locator("[data-service]").nth(service).press("Enter");
    await look(`service ${service}`);
  }
  await page.locator("[data-link]").last().press("Enter");
  await look("link");
  const folds = page.getByRole("complementary").last().getByRole("button", { expanded: false });
  while (await folds.count()) await folds.first().click();
  await look("folds of a link");
  await page.keyboard.press("Escape");
  for (const panel of ["Anfrage", "Diagramme", "Protokoll", "Zeitstrahl"]) {
    await page.getByRole("button", { name: panel, exact: true }).click();
    await page.waitForTimeout(600);
    await look(panel);
  }
  await page.getByRole("button", { name: "Alle Zeichen" }).click();
  await expect(page.getByRole("heading", { name: "Auf den Spuren" })).toBeVisible();
  await look("marks");
  await page.keyboard.press("Escape");
  for (const [button, item] of [["Teilen"], ["Tastenkürzel"], ["Mehr", "Versionen…"], ["Mehr", "Diagramm oder Trace einfügen…"]]) {
    await page.getByRole("button", { name: button, exact: true }).click();
    if (item) await look(button);
    if (item) await page.getByRole("button", { name: item }).click();
    await expect(page.getByRole("dialog").filter({ visible: true })).toBeVisible();
    await page.waitForTimeout(300);
    await look(item ?? button);
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog[open]")).toHaveCount(0);
  }
  await page.keyboard.press("Control+k");
  await look("commands");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: GERMAN.looks, exact: true }).click();
  await look("looks");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Vergleichen", exact: true }).click();
  await look("comparison");
  expect([...left].map(([text, where]) => `${where}: ${text}`)).toEqual([]);
});

test("the German page fits in every size and theme, without accessibility violations", async ({ page }) => {
  await openInGerman(page);
  await pictures(page, "german");
  await page.locator("[data-link]").last().press("Enter");
  await pictures(page, "german-link");
  expect(await violations(page)).toEqual([]);
});
