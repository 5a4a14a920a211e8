// Settings and what is told about them: sentences, sources, defaults, presets.

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
  await expect(page.getByRole("heading", { name: SYSTEM.title })).toBeVisible();
  await app.links.nth(1).focus();
  await page.keyboard.press("Enter");
  await expect(app.card("Retry")).toBeVisible();
}

/** What the saved file says of the second link. */
async function saved(app) {
  return JSON.parse(await app.save()).links[1];
}

test("a preset sets the whole policy, is known again, and goes with one undo", async ({ app, page }) => {
  await openLink(app, page);
  const retry = app.card("Retry");
  const preset = retry.getByLabel("Preset");
  await expect(preset).toHaveValue("");
  await preset.selectOption({ label: "AWS SDK, standard mode" });
  await expect(retry.getByLabel("Attempts")).toHaveValue("3");
  await expect(retry.getByLabel("First wait")).toHaveValue("1s");
  await expect(retry.getByText("Same as AWS SDK, standard mode")).toContainText("retry quota");
  expect((await saved(app)).retry.backoff).toEqual({ exponential: { base: "1s", max: "20s" } });
  await retry.getByLabel("Attempts").fill("7");
  await retry.getByLabel("Attempts").press("Enter");
  await expect(preset).toHaveValue("");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(preset).toHaveValue("AWS SDK, standard mode");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(retry.getByLabel("Attempts")).toHaveValue("5");
  await expect(retry.getByLabel("First wait")).toHaveCount(0);
});

test("each policy says what it is for, what holds without a field, and where its rule comes from", async ({ app, page }) => {
  await openLink(app, page);
  const breaker = app.card("Circuit breaker");
  await expect(breaker.getByText("Stops calling for a while when too many calls fail.")).toBeVisible();
  await expect(breaker.getByLabel("Open for")).toHaveAccessibleDescription(/default 1m/);
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

test("a policy that the system cannot have is refused, and changes nothing", async ({ app, page }) => {
  await openLink(app, page);
  await app.inspector.getByLabel("Method").selectOption({ label: "POST: acts" });
  const before = await saved(app);
  await app.card("Hedging").getByRole("switch").click();
  await expect(page.getByText("That is not possible.")).toBeVisible();
  expect(await saved(app)).toEqual(before);
});
