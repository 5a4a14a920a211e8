// Bring your own system: files of other projects are opened, dropped or pasted, and a report describes the result.

import { readFile } from "node:fs/promises";
import { expect, test, violations } from "./app.js";

const file = (name) => readFile(new URL(`../it/files/import/${name}`, import.meta.url), "utf8");

const CHART = `flowchart LR
  shopper([Shopper]) -->|timeout 1.5s| shop[Web shop]
  subgraph core [Core team]
    shop --> orders & prices
    orders --> db[(Database)]
  end
  shop -.-> ads[[Ads of others]]
  orders -> nowhere
  classDef big font-size:20px
`;

const KINDS = [
  ["a Mermaid flowchart", "shop.mmd", async () => CHART, "Web shop", /Read as a Mermaid flowchart: 5 services, 1 client, 5 calls/],
  ["a docker-compose file", "compose.yaml", () => file("compose-nginx-golang-postgres.yaml"), "backend", /Read as a docker-compose file: 3 services, 1 client, 3 calls/],
  ["OTLP/JSON", "trace.json", () => file("otlp-proto-trace.json"), "my.service", /Read as traces \(OTLP\/JSON\): 1 service, 1 client, 1 call\./],
  ["Jaeger JSON", "jaeger.json", () => file("jaeger-trace.json"), "service2", /Read as traces \(Jaeger JSON\): 2 services, 1 client, 2 calls/],
];

for (const [what, name, text, service, read] of KINDS) {
  test(`${what} opens, runs, and can be undone`, async ({ app, page }) => {
    await app.open();
    await app.openFile(name, await text());
    await expect(app.report.getByText(read)).toBeVisible();
    await app.report.getByRole("button", { name: "Show it" }).click();
    await expect(app.report).toBeHidden();
    await expect(app.service(service)).toBeVisible();
    await app.play();
    await expect.poll(() => app.sent(), { timeout: 20_000 }).toBeGreaterThan(0);
    await page.screenshot({ path: `target/e2e/bring-${name.replace(/\W+/g, "-")}.png` });
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(app.service("Bank account")).toBeVisible();
  });
}

test("the report lists everything that was not imported, and scrolls and closes by keyboard", async ({ app, page }) => {
  await app.open();
  await app.openFile("shop.mmd", CHART);
  await expect(app.report.getByRole("listitem").filter({ hasText: /line 8.*orders -> nowhere.*left out/ })).toBeVisible();
  await expect(app.report.getByRole("listitem").filter({ hasText: /line 9.*Not used: classes/ })).toBeVisible();
  await app.report.getByRole("list", { name: "Remarks" }).focus();
  await page.keyboard.press("Escape");
  await expect(app.report).toBeHidden();
  await expect(app.service("Orders").or(app.service("orders"))).toBeVisible();
});

test("a text is pasted into the dialog; an invalid one stays there for a correction, with the line of its mistake", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Bring your own system" }).click();
  await expect(app.bring.getByText("Mermaid flowchart", { exact: true })).toBeVisible();
  const field = app.bring.getByRole("textbox", { name: "Paste it here" });
  const make = app.bring.getByRole("button", { name: "Make a system from it" });
  await field.fill("services:\n  web: [1\n  db: 2\n");
  await make.click();
  await expect(app.bring.getByRole("alert")).toContainText(/line \d.*This is not YAML/);
  expect(await violations(page)).toEqual([]);
  await field.fill("hello");
  await make.click();
  await expect(app.bring.getByRole("alert")).toContainText("neither a scenario nor a Mermaid flowchart");
  await field.fill("services:\n  web:\n    ports: ['80:80']\n    depends_on: [db]\n  db: {}\n");
  await make.click();
  await expect(app.report.getByText(/Read as a docker-compose file: 2 services/)).toBeVisible();
  await app.report.getByRole("button", { name: "Undo" }).click();
  await expect(app.service("Bank account")).toBeVisible();
});

test("a scenario pasted into the dialog opens like a file", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Bring your own system" }).click();
  await app.bring.getByRole("textbox", { name: "Paste it here" }).fill(JSON.stringify({ services: [{ id: "lonely" }] }));
  await app.bring.getByRole("button", { name: "Make a system from it" }).click();
  await expect(app.service("lonely")).toBeVisible();
  await expect(app.bring).toBeHidden();
});

test("an invalid file is refused with the line of its mistake, and the document stays", async ({ app }) => {
  await app.open();
  await app.openFile("compose.yaml", "services:\n\tweb: {}\n");
  await expect(app.message(/compose\.yaml was not opened.*line 2.*This is not YAML/)).toBeVisible();
  await expect(app.service("Bank account")).toBeVisible();
});

test("a flowchart pasted on the stage opens", async ({ app, page }) => {
  await app.open();
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, CHART);
  await expect(app.report.getByText(/Read as a Mermaid flowchart/)).toBeVisible();
});

test("a file is chosen in the dialog, and the report replaces the dialog", async ({ app, page }) => {
  await app.open();
  await page.getByRole("button", { name: "Bring your own system" }).click();
  const chooser = page.waitForEvent("filechooser");
  await app.bring.getByRole("button", { name: "Choose a file…" }).click();
  await (await chooser).setFiles({ name: "shop.mmd", mimeType: "text/plain", buffer: Buffer.from(CHART) });
  await expect(app.report.getByText(/Read as a Mermaid flowchart/)).toBeVisible();
  await expect(app.bring).toBeHidden();
});

test("a file is dropped anywhere on the page; an invalid one is refused, and the document stays", async ({ app, page }) => {
  await app.open();
  await app.dropFile(".stage", "compose.yaml", await file("compose-nginx-golang-postgres.yaml"));
  await expect(app.report.getByText(/Read as a docker-compose file: 3 services/)).toBeVisible();
  await app.report.getByRole("button", { name: "Show it" }).click();
  await app.dropFile(".topbar", "other.yaml", "services:\n\tweb: {}\n");
  await expect(app.message(/other\.yaml was not opened.*line 2.*This is not YAML/)).toBeVisible();
  await expect(app.service("backend")).toBeVisible();
});

test("names in a file stay text", async ({ app, page }) => {
  await app.open();
  await app.openFile("evil.mmd", 'flowchart LR\n  a["<b onclick=alert(1)>x</b>"] -- <img src=x onerror=alert(1)> --> b\n  <script>alert(1)</script>\n');
  await expect(app.report.getByRole("listitem").filter({ hasText: "<script>alert(1)</script>" })).toBeVisible();
  expect(await page.locator("dialog img, dialog script, .stage script").count()).toBe(0);
});

for (const theme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    test(`the dialogs in ${theme}, ${width}×${height}, have no accessibility violations`, async ({ app, page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await app.open();
      if (width < 1100) await page.getByRole("button", { name: "Systems" }).click();
      await page.getByRole("button", { name: "Bring your own system" }).click();
      await expect(app.bring.getByText("docker-compose file", { exact: true })).toBeVisible();
      await page.screenshot({ path: `target/e2e/bring-ask-${theme}-${width}x${height}.png` });
      expect(await violations(page)).toEqual([]);
      await app.bring.getByRole("textbox").fill(await file("compose-react-express-mysql.yaml"));
      await app.bring.getByRole("button", { name: "Make a system from it" }).click();
      await expect(app.report.getByRole("listitem").first()).toBeVisible();
      await page.screenshot({ path: `target/e2e/bring-notes-${theme}-${width}x${height}.png` });
      expect(await violations(page)).toEqual([]);
    });
  }
}
