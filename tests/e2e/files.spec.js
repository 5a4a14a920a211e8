// Scenario files: opening, refusing, saving and opening again.

import { readFile } from "node:fs/promises";
import { expect, test } from "./app.js";

const TWO = {
  format: "callchain/1",
  title: "Two of them",
  services: [{ id: "caller", kind: "client" }, { id: "callee" }],
  links: [{ from: "caller", to: "callee", timeout: "1s" }],
  load: [{ client: "caller", constant: 20 }],
};

test("a file can be opened, saved and opened again", async ({ app }) => {
  await app.open();
  await app.openFile("two.json", JSON.stringify(TWO));
  await expect(app.service("callee")).toBeVisible();
  await expect(app.page.getByText("Two of them").first()).toBeVisible();
  const saved = await app.save();
  expect(JSON.parse(saved).services.map(({ id }) => id)).toEqual(["caller", "callee"]);
  await app.openFile("again.json", saved);
  await expect(app.service("callee")).toBeVisible();
  expect(JSON.parse(await app.save())).toEqual(JSON.parse(saved));
});

for (const [what, text, message] of [
  ["not JSON at all", "{ nothing", /line 1|JSON/i],
  ["a link to nowhere", JSON.stringify({ ...TWO, links: [{ from: "caller", to: "nobody" }] }), /links\[0\]\.to.*nobody/],
  ["a word for a time", JSON.stringify({ ...TWO, links: [{ ...TWO.links[0], timeout: "fast" }] }), /links\[0\]\.timeout/],
]) {
  test(`an invalid file is refused with its mistake, and the document stays: ${what}`, async ({ app }) => {
    await app.open();
    await app.openFile("two.json", JSON.stringify(TWO));
    await expect(app.service("callee")).toBeVisible();
    await app.openFile("bad.json", text);
    await expect(app.message(message)).toBeVisible();
    await expect(app.service("callee")).toBeVisible();
  });
}
