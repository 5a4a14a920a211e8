// The marks on the stage: each is drawn in a run and has its name in a tooltip. And the list that explains them.

import { expect, test } from "./app.js";
import { MONEY, OUTCOMES } from "./marks.js";
import { messages } from "./messages.js";
import { pictures } from "./pictures.js";

/** The expected marks on the stage, by name. */
const WANTED = [
  [OUTCOMES, [
    /^request #\d+, .+ of its time left$/, /^request #\d+, times out in/, /^answer to #/, /^degraded answer to #/, /^error for #/,
    /refused: the service is down$/, /^#\d+ rejected: the queue is full$/, /^#\d+ rejected: over the rate limit$/, /, lost on its way$/,
    /, for nothing: nobody waits for it$/, /is given up: stop$/, /waits for its answer: times out in|wait for answers/,
    /backs? off/, /waits? for a permit, /, /^circuit breaker open: nothing is sent for another/, /^circuit breaker half-open/,
    /^a blocked worker/, /^a free worker$/, /^a worker at work$/, /^a wasted worker/, /^queue: /, /% of the last answers were good$/,
    /^\d+ refused: it is down$/, /^\d+ not sent: the circuit breaker is open$/, /^\d+ timed out: no answer came in time$/,
  ]],
  [MONEY, [
    /^request #\d+, attempt 2/, /its first attempt is in progress/, /^was #\d+ carried out\?/, /^(yes|no), #\d+ was/,
    /^take #\d+ back/, /^#\d+ is taken back/, /^#\d+ was booked$/, /^#\d+ was booked a second time$/, /^#\d+ was booked, and taken back$/,
    /^#\d+ was booked, but the client does not know$/,
  ]],
];

for (const [system, wanted] of WANTED) {
  test(`${system.title}: every mark is drawn, and a tooltip names it under the pointer`, async ({ app, page }) => {
    await app.open();
    await app.openFile("marks.json", JSON.stringify(system));
    await expect(page.locator(".crumb", { hasText: system.title })).toBeVisible();
    await app.speed.fill("0");
    const seen = new Set();
    const missing = async () => {
      for (const name of await page.evaluate(namesOnStage)) seen.add(name);
      return wanted.filter((pattern) => ![...seen].some((name) => pattern.test(name))).map(String);
    };
    await expect.poll(missing, { timeout: 50_000, intervals: [120] }).toEqual([]);
    await app.pause();
    await pictures(page, `marks-${system.title.replace(/\W+/g, "-").toLowerCase()}`);
  });
}

test("the list of all marks opens by keyboard, and closes with Escape", async ({ app, page }) => {
  await app.open();
  const button = page.getByRole("button", { name: "All marks" });
  await button.focus();
  await page.keyboard.press("Enter");
  const list = page.getByRole("dialog", { name: "All marks" });
  await expect(list.getByRole("heading", { name: "On the lanes" })).toBeVisible();
  expect(await list.locator("dt").count()).toBeGreaterThan(35);
  expect(await list.locator("dt svg").count()).toBe(await list.locator("dt").count());
  await pictures(page, "all-marks");
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(button).toBeFocused();
});

for (const language of ["en", "de"]) {
  test(`each mark is explained in one sentence, or two short ones (${language})`, async () => {
    const texts = [...await messages(language)].filter(([id]) => /^marks-.*-about$/.test(id)).map(([, text]) => text.trim());
    expect(texts.length).toBeGreaterThan(35);
    expect(texts.filter((text) => text.length > 100 || !text.endsWith("."))).toEqual([]);
  });
}

test("on a phone the list is available and covers nothing until it opens", async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await app.open();
  const button = page.getByRole("button", { name: "All marks" });
  const { width, height } = await page.locator(".legend").boundingBox();
  expect(width * height).toBeLessThan(120 * 50);
  await button.click();
  await expect(page.getByRole("heading", { name: "In a ledger" })).toBeAttached();
  await page.getByRole("dialog", { name: "All marks" }).getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("dialog", { name: "All marks" })).toBeHidden();
});

test("a link focused by keyboard shows its waiting calls", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Fit everything" }).focus();
  await expect(async () => {
    await app.links.first().focus();
    await expect(page.locator(".tip")).toContainText(/times out in/, { timeout: 200 });
  }).toPass({ timeout: 20_000 });
  await app.services.first().focus();
  await expect(page.locator(".tip")).toHaveCount(0);
});

/** Runs in the page: moves the pointer over every possible mark, and returns all shown names. */
function namesOnStage() {
  const stage = document.querySelector(".stage");
  const names = new Set();
  const at = (x, y) => {
    stage.dispatchEvent(new PointerEvent("pointermove", { clientX: x, clientY: y, bubbles: true, pointerType: "mouse" }));
    const name = document.querySelector(".tip")?.textContent;
    if (name) names.add(name);
  };
  for (const mark of stage.querySelectorAll(".badge, .breaker, .entry, .meters .track")) {
    const { left, top, width, height } = mark.getBoundingClientRect();
    at(left + width / 2, top + height / 2);
  }
  for (const lane of stage.querySelectorAll("path.lane, .lane > path, .slot")) {
    const matrix = lane.getScreenCTM();
    for (let far = 0; far < lane.getTotalLength(); far += 10) {
      const { x, y } = lane.getPointAtLength(far).matrixTransform(matrix);
      at(x, y);
      // Waiting calls are beside the lane, and refused ones hop.
      for (const beside of [-18, -9, 9]) at(x, y + beside * matrix.a);
    }
  }
  return [...names];
}

test("after a resize of the window the whole system is visible, and nothing covers it", async ({ app, page }) => {
  await app.open();
  await app.openFile("outcomes.json", JSON.stringify(OUTCOMES));
  await expect(app.services).toHaveCount(OUTCOMES.services.length);
  await expect(app.warningChip).toBeVisible();
  const covered = () => page.evaluate(() => {
    const stage = document.querySelector(".stage").getBoundingClientRect();
    const over = [...document.querySelectorAll(".palette, .caution-chip, .legend, .stage-controls")].map((it) => it.getBoundingClientRect());
    return [...document.querySelectorAll(".service")].filter((service) => {
      const { left, right, top, bottom } = service.querySelector(".frame").getBoundingClientRect();
      const isOff = left < stage.left || right > stage.right || top < stage.top || bottom > stage.bottom;
      return isOff || over.some((it) => it.left < right && left < it.right && it.top < bottom && top < it.bottom);
    }).length;
  });
  for (const [width, height] of [[1024, 768], [820, 1180], [1440, 900]]) {
    await page.setViewportSize({ width, height });
    await expect.poll(covered, { message: `${width}×${height}` }).toBe(0);
  }
});
