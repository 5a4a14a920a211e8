// The log in the dock, and announcements: lines are in plain words and go to their moments, and nothing is announced
// faster than it can be heard.

import { expect, test } from "./app.js";
import { pictures } from "./pictures.js";

/** The time between two sentences, in milliseconds, less what a busy machine may take. */
const PACE = 2_700;

/** Cuts the link before the last service, and opens the log. */
async function cutAndOpenLog(app, page) {
  await app.open();
  await app.speed.fill("0.3");
  await app.selectLink(app.links.last());
  await app.tools.getByRole("button", { name: "Cut the link" }).click();
  await page.keyboard.press("Escape");
  await app.openPanel("Log");
}

test("the log describes events in plain words, with the names on the stage", async ({ app, page }) => {
  await cutAndOpenLog(app, page);
  await expect(app.logLine("the link from Bank account to Access privilege is cut.")).toBeVisible();
  // On a slow machine there may be several of them already.
  await expect(app.logLine("Bank account gives up waiting for Access privilege").first()).toBeVisible({ timeout: 20_000 });
  await expect(app.logLine("Bank account answers Web application with an error").first()).toBeVisible({ timeout: 20_000 });
  await app.pause();
  await pictures(page, "log");
});

test("a click on a line goes to its moment, and later lines are pale", async ({ app, page }) => {
  await cutAndOpenLog(app, page);
  await expect(app.logLine("answers Web application with an error").first()).toBeVisible({ timeout: 20_000 });
  await app.pause();
  await app.settled();
  const line = app.logLine("gives up waiting").first();
  const at = Number.parseFloat(await line.innerText());
  await line.click();
  await expect.poll(() => app.seconds()).toBe(at);
  await expect(line).toHaveAttribute("aria-selected", "true");
  await expect(line).not.toHaveClass(/later/);
  await expect(app.lines.last()).toHaveClass(/later/);
  // Its request is followed, and the log stays open.
  const only = app.log.getByRole("button", { name: /^Only #\d+$/ });
  await only.click();
  await expect(app.lines.first()).toContainText("sends request #");
  const number = (await only.innerText()).match(/\d+/)[0];
  await app.log.getByRole("button", { name: `Open #${number}` }).click();
  await expect(app.request).toBeVisible();
});

test("arrow keys move from line to line, and Enter goes to the moment", async ({ app, page }) => {
  await cutAndOpenLog(app, page);
  await expect(app.logLine("answers Web application with an error").first()).toBeVisible({ timeout: 20_000 });
  await app.pause();
  await app.settled();
  const list = app.log.getByRole("listbox", { name: "Events" });
  await list.focus();
  await list.press("Home");
  const first = app.lines.first();
  await expect(list).toHaveAttribute("aria-activedescendant", await first.getAttribute("id"));
  const at = Number.parseFloat(await first.innerText());
  await list.press("Enter");
  await expect.poll(() => app.seconds()).toBe(at);
  await list.press("ArrowDown");
  await expect(list).toHaveAttribute("aria-activedescendant", "line-1");
});

test("only visible lines are in the page, and the list stays at the end", async ({ app, page }) => {
  await app.open();
  await app.openSystem("A storm of retries");
  await app.speed.fill("1");
  await app.openPanel("Log");
  await app.log.getByRole("button", { name: "Everything" }).click();
  await expect.poll(() => app.seconds(), { timeout: 20_000 }).toBeGreaterThan(15);
  const list = app.log.getByRole("listbox", { name: "Events" });
  const room = () => list.evaluate(({ scrollHeight, scrollTop, clientHeight }) => [scrollHeight, scrollTop + clientHeight]);
  expect(await app.lines.count()).toBeLessThan(40);
  const [height, bottom] = await room();
  expect(height).toBeGreaterThan(3_000);
  expect(Math.abs(height - bottom)).toBeLessThan(120);
  // The list stays after the user scrolls up, and a button goes back to the present line.
  await list.hover();
  await page.mouse.wheel(0, -1_000);
  const back = app.log.getByRole("button", { name: "Back to now" });
  await expect(back).toBeVisible();
  const [, stays] = await room();
  const then = await app.seconds();
  await expect.poll(() => app.seconds()).toBeGreaterThan(then + 1);
  expect((await room())[1]).toBe(stays);
  await back.click();
  await expect(back).toBeHidden();
  await app.pause();
  const [all, end] = await room();
  expect(Math.abs(all - end)).toBeLessThan(120);
});

test("important events are announced at a pace for listeners, and nothing when announcements are off", async ({ app, page }) => {
  await app.open();
  await app.listen();
  await app.speed.fill("0.3");
  await app.openPanel("Log");
  const choose = async (name) => {
    await page.getByRole("button", { name: "Looks" }).click();
    await page.getByRole("dialog", { name: "Looks" }).getByRole("radio", { name }).check();
    await page.keyboard.press("Escape");
  };
  await choose("Says more");
  await app.selectLink(app.links.last());
  await app.tools.getByRole("button", { name: "Cut the link" }).click();
  await expect.poll(async () => (await app.heard()).length, { timeout: 30_000 }).toBeGreaterThan(2);
  await app.pause();
  await expect.poll(async () => (await app.heard()).at(-1).text).toMatch(/^Paused at/);
  const heard = await app.heard();
  expect(heard.map(({ text }) => text)).toContain("By hand: the link from Bank account to Access privilege is cut.");
  for (const [i, { at, text }] of heard.entries()) {
    if (i === 0) continue;
    expect(at - heard[i - 1].at).toBeGreaterThan(PACE);
    expect(text).not.toBe(heard[i - 1].text);
  }
  await choose("Says nothing");
  await app.play();
  const then = await app.seconds();
  await expect.poll(() => app.seconds(), { timeout: 20_000 }).toBeGreaterThan(then + 8);
  expect((await app.heard()).length).toBe(heard.length);
  // The choice lasts after a reload.
  await app.open();
  await page.getByRole("button", { name: "Looks" }).click();
  await expect(page.getByRole("radio", { name: "Says nothing" })).toBeChecked();
});

test("a screen reader reads each thing on the stage once", async ({ app, page }) => {
  await app.open();
  await app.pause();
  const stage = page.getByRole("main", { name: "The stage" });
  const snapshot = await stage.ariaSnapshot();
  const named = (text) => snapshot.split("\n").filter((line) => line.includes(`"${text}`)).length;
  for (const name of ["Web application,", "Bank account,", "Access privilege,"]) expect(named(name)).toBe(1);
  const labels = await app.links.evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels.every((label) => label?.includes(" to "))).toBe(true);
  // No control without a name, anywhere.
  const nameless = (await page.locator("body").ariaSnapshot()).match(/^\s*- (button|link|slider|textbox|combobox|option)\s*$/gm);
  expect(nameless).toBeNull();
});
