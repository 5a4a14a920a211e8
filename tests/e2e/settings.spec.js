// Settings and their help: sentences, sources, defaults, presets.

import { expect, test, violations } from "./app.js";

const SYSTEM = {
  format: "callchain/1",
  title: "A shop and its stock",
  services: [
    { id: "web", kind: "client", position: [0, 160] },
    { id: "shop", position: [260, 160], work: { lognormal: { median: "20ms", p99: "200ms" } } },
    { id: "stock", position: [540, 160] },
  ],
  links: [
    { from: "web", to: "shop" },
    { from: "shop", to: "stock", timeout: "500ms", retry: { max_attempts: 5 }, breaker: { window: { calls: 10 } } },
  ],
};

/** Opens the system and selects its second link. */
async function openLink(app, page) {
  await app.open();
  await app.openFile("settings.json", JSON.stringify(SYSTEM));
  await expect(app.service("stock")).toBeAttached();
  await app.links.nth(1).focus();
  await page.keyboard.press("Enter");
  await expect(app.card("Retry")).toBeVisible();
}

/** The second link in the saved file. */
async function saved(app) {
  return JSON.parse(await app.save()).links[1];
}

test("a preset sets the whole policy, is recognised again, and is reversed by one undo", async ({ app, page }) => {
  await openLink(app, page);
  const retry = app.card("Retry");
  const preset = retry.getByLabel("Preset");
  await expect(preset).toHaveValue("");
  await preset.selectOption({ label: "AWS SDK, standard, before 2026" });
  await expect(retry.getByLabel("Attempts")).toHaveValue("3");
  await expect(retry.getByLabel("First wait")).toHaveValue("1s");
  await expect(retry.getByText("Same as AWS SDK, standard, before 2026")).toContainText("quota of 500 tokens");
  expect((await saved(app)).retry.backoff).toEqual({ exponential: { base: "1s", max: "20s" } });
  await retry.getByLabel("Attempts").fill("7");
  await retry.getByLabel("Attempts").press("Enter");
  await expect(preset).toHaveValue("");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(preset).toHaveValue("AWS SDK, standard, before 2026");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(retry.getByLabel("Attempts")).toHaveValue("5");
  await expect(retry.getByLabel("First wait")).toHaveCount(0);
});

test("each policy explains its purpose, its defaults and its sources", async ({ app, page }) => {
  await openLink(app, page);
  const breaker = app.card("Circuit breaker");
  await expect(breaker.getByText("Stops calling for a while when too many calls fail.")).toBeVisible();
  await expect(breaker.getByLabel("Open for")).toHaveAccessibleDescription(/default:\s1\smin/);
  const how = breaker.getByText("How it works");
  await expect(breaker.getByRole("link")).toHaveCount(0);
  await how.click();
  await expect(breaker.getByRole("link", { name: "Resilience4j: CircuitBreaker" })).toBeVisible();
  for (const name of ["Retry", "Circuit breaker"]) {
    await app.card(name).getByLabel("Preset").selectOption({ label: "Polly 8" });
    await expect(app.card(name).getByRole("link", { name: "its documentation" })).toBeVisible();
  }
  for (const link of await app.inspector.locator("a").all()) {
    expect(await link.getAttribute("href")).toMatch(/^https:\/\//);
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    expect(await link.getAttribute("target")).toBe("_blank");
  }
  expect(await violations(page)).toEqual([]);
});

test("a slider shows the new value during a drag, sets it once, and works by keyboard", async ({ app, page }) => {
  await openLink(app, page);
  const timeout = app.card("Timeout");
  const text = timeout.getByLabel("Waits at most");
  const slider = timeout.getByRole("slider", { name: "Duration" });
  await expect(slider).toHaveAccessibleDescription("Waits at most");
  await expect(slider).toHaveAttribute("aria-valuetext", /^500\s*ms$/);
  await slider.press("ArrowRight");
  await expect(text).toHaveValue("700ms");
  expect((await saved(app)).timeout).toBe("700ms");
  // During a drag it only shows the value; the release is one change.
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.8, y + height / 2, { steps: 5 });
  const shown = await text.inputValue();
  expect(shown).not.toBe("700ms");
  await expect(timeout.getByText("700 ms", { exact: true })).toBeVisible();
  await page.mouse.up();
  await expect.poll(async () => (await saved(app)).timeout).toBe(shown);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(text).toHaveValue("700ms");
});

test("pictures have a description in words", async ({ app, page }) => {
  await openLink(app, page);
  const retry = app.card("Retry");
  await expect(retry.getByRole("img")).toHaveAccessibleName("At worst 5 attempts take 2.5 s.");
  await retry.getByLabel("Preset").selectOption({ label: "Envoy, retry on 5xx" });
  await expect(retry.getByRole("img").first()).toHaveAccessibleName("Waits before retry 1: 0 – 25 ms.");
  await expect(retry.getByRole("img").last()).toHaveAccessibleName("At worst 2 attempts take 1.025 s.");
  await expect(app.card("Circuit breaker").getByRole("img")).toHaveAccessibleName(
    "Opens with 5 failures among the last 10 results.",
  );
  await expect(app.card("Timeout").getByRole("img")).toHaveAccessibleName(
    /^Without queues, faults and its own calls: every answer takes 20\sms\.$/,
  );
  await app.select(app.service("shop"));
  await expect(app.card("Work").getByRole("img")).toHaveAccessibleName(/^Half take at most 20\sms, 99 of 100 at most 200\sms\./);
});

const LOOKS = [
  ["light", 1440, 900],
  ["dark", 1440, 900],
  ["projector", 1440, 900],
  ["light", 1024, 768],
  ["light", 390, 844],
  ["dark", 390, 844],
];

for (const [theme, width, height] of LOOKS) {
  test(`settings in ${theme}, ${width}×${height}, have no accessibility violations and fit`, async ({ app, page }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript((theme) => localStorage.setItem("callchain.theme", theme), theme);
    await openLink(app, page);
    await app.card("Retry").getByLabel("Preset").selectOption({ label: "AWS SDK, standard, before 2026" });
    await app.card("Circuit breaker").getByText("More settings").click();
    await app.card("Retry").scrollIntoViewIfNeeded();
    await page.screenshot({ path: `target/e2e/settings-${theme}-${width}x${height}.png` });
    expect(await violations(page)).toEqual([]);
    const fits = ({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth;
    expect(await app.inspector.evaluate(fits)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
}

test("a policy that the system cannot have is refused, and changes nothing", async ({ app, page }) => {
  await openLink(app, page);
  await app.inspector.getByLabel("Method").selectOption({ label: "POST: acts" });
  const before = await saved(app);
  await app.card("Hedging").getByRole("switch").click();
  await expect(page.getByText("That is not possible.")).toBeVisible();
  expect(await saved(app)).toEqual(before);
});
