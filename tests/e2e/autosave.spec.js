// Autosaves: after a reload, after a crash, in several tabs, and without storage.

import { App, expect, test } from "./app.js";

/** Waits for this number of saved versions, of all tabs together. */
async function kept(page, versions) {
  const count = () =>
    page.evaluate(() => {
      const records = Object.entries(localStorage).filter(([name]) => name.startsWith("callchain.kept."));
      return records.reduce((sum, [, text]) => sum + text.trim().split("\n").length - 1, 0);
    });
  await expect.poll(count).toBe(versions);
}

/** Another tab of the same browser. */
async function tab(context) {
  const app = new App(await context.newPage());
  await app.open();
  return app;
}

test("a reload restores the document, including a change just before it", async ({ app, page }) => {
  await app.open();
  await app.addService();
  await kept(page, 2);
  await app.addService();
  await app.addService();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(app.services).toHaveCount(5);
  await page.reload();
  await expect(app.services).toHaveCount(5);
  await expect(app.offer).toHaveCount(0);
});

test("a reload restores a system that was opened and not edited", async ({ app, page }) => {
  await app.open();
  await app.openSystem("A storm of retries");
  await page.reload();
  await expect(page.getByRole("heading", { name: "A storm of retries" })).toBeVisible();
});

test("after a crash another tab offers the lost document, and restoring it can be undone", async ({ context }) => {
  const crashed = await tab(context);
  await crashed.addService();
  await kept(crashed.page, 2);
  // A tab that crashes takes its session with it.
  await crashed.page.evaluate(() => sessionStorage.clear());
  await crashed.page.close({ runBeforeUnload: false });

  const app = await tab(context);
  await expect(app.offer).toContainText(/“Bank accounts.*with changes: service-1 added\./);
  await app.page.screenshot({ path: "target/e2e/kept-offer.png" });
  await app.offer.getByRole("button", { name: "Restore it", exact: true }).click();
  await expect(app.services).toHaveCount(4);
  await expect(app.offer).toHaveCount(0);
  await app.page.getByRole("button", { name: "Undo" }).click();
  await expect(app.services).toHaveCount(3);
  await app.page.getByRole("button", { name: "Redo" }).click();
  await kept(app.page, 4);
  await app.page.close();

  // It was restored, so only its new tab offers it again.
  const again = await tab(context);
  await expect(again.offer).toBeVisible();
  await again.offer.getByRole("button", { name: "Do not restore it" }).click();
  await again.page.close();
  const last = await tab(context);
  await last.addService();
  await expect(last.offer).toHaveCount(0);
});

test("a document that is open in another tab or was saved is not offered", async ({ context }) => {
  const first = await tab(context);
  await first.addService();
  await kept(first.page, 2);
  const second = await tab(context);
  // Long enough for an answer of the other tab.
  await second.addService();
  await kept(second.page, 4);
  await expect(second.offer).toHaveCount(0);
  await first.page.bringToFront();
  await first.save();
  await expect.poll(() => first.page.evaluate(() => Object.values(localStorage).filter((text) => text.startsWith("callchain-kept/1 safe")).length)).toBe(1);
  await first.page.close();
  const third = await tab(context);
  await third.addService();
  await kept(third.page, 6);
  await expect(third.offer).toHaveCount(0);
});

test("a duplicated tab saves its own versions", async ({ context }) => {
  const first = await tab(context);
  await first.addService();
  await kept(first.page, 2);
  const session = await first.page.evaluate(() => sessionStorage.getItem("callchain.tab"));
  const page = await context.newPage();
  await page.addInitScript((session) => sessionStorage.setItem("callchain.tab", session), session);
  const second = new App(page);
  await second.open();
  await expect(second.services).toHaveCount(4);
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem("callchain.tab"))).toBe(null);
  await second.addService();
  await kept(page, 4);
  await first.page.reload();
  await expect(first.services).toHaveCount(4);
});

test("after a link opens in a tab, the previous document of the tab can be restored", async ({ context }) => {
  const app = await tab(context);
  await app.share();
  const link = await app.link();
  await app.dialog.getByRole("button", { name: "Close" }).click();
  await app.addService();
  await kept(app.page, 2);
  await app.page.goto("about:blank");
  await app.page.goto(link);
  await expect(app.services).toHaveCount(3);
  await app.page.mouse.move(3, 3);
  await expect(app.offer).toBeVisible();
  // The address drops the link once the system differs from it.
  expect(new URL(app.page.url()).hash).toContain("s=1.");
  await app.addService();
  await app.addService();
  await expect.poll(() => new URL(app.page.url()).hash).toBe("");
  await app.page.reload();
  await expect(app.services).toHaveCount(5);
});

test("older versions open, and all versions can be deleted", async ({ app, page }) => {
  await app.open();
  for (const versions of [2, 3]) {
    await app.addService();
    await kept(page, versions);
  }
  await app.versions();
  const entries = app.dialog.getByRole("listitem");
  await expect(entries).toHaveText([/service-2 added.*open now/, /service-1 added/, /3 services, 2 links/]);
  await entries.nth(1).getByRole("button").click();
  await expect(app.services).toHaveCount(4);
  await kept(page, 4);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(app.services).toHaveCount(5);
  await kept(page, 5);
  await app.versions();
  await app.dialog.getByRole("button", { name: "Forget all versions…" }).click();
  await app.dialog.getByRole("button", { name: "Keep them" }).click();
  await expect(entries.first()).toBeVisible();
  await app.dialog.getByRole("button", { name: "Forget all versions…" }).click();
  await app.dialog.getByRole("button", { name: "Forget them" }).click();
  await expect(app.dialog.getByText("There are no versions yet.")).toBeVisible();
  await kept(page, 0);
});

test("stored data is checked before use", async ({ app, page }) => {
  await page.addInitScript(() => {
    sessionStorage.setItem("callchain.tab", "x");
    localStorage.setItem("callchain.kept.x", `callchain-kept/1\n1 1.AAAA\nnonsense\n2 <img src=x onerror="window.harmed=1">`);
    localStorage.setItem("callchain.kept.y", "\u0000".repeat(1000));
    localStorage.setItem("callchain.kept.z", "callchain-kept/1\n99999999999999999999 1.q\n");
  });
  await app.open();
  await expect(page.getByRole("heading", { name: "Bank accounts" })).toBeVisible();
  await app.addService();
  await expect(app.services).toHaveCount(4);
  await app.versions();
  await expect(app.dialog).toBeVisible();
  expect(await page.evaluate(() => window.harmed)).toBeUndefined();
});

test("a full storage makes room, and the page works without storage if that is not enough", async ({ app, page }) => {
  await app.open();
  await page.evaluate(() => {
    localStorage.setItem("callchain.kept.old", `callchain-kept/1\n1 ${"x".repeat(3_000_000)}\n`);
    let size = 1 << 22;
    for (let i = 0; size > 1; i++) {
      try {
        localStorage.setItem(`filler${i}`, "x".repeat(size));
      } catch {
        size >>= 1;
      }
    }
  });
  await app.addService();
  await expect.poll(() => page.evaluate(() => localStorage.getItem("callchain.kept.old"))).toBe(null);
  const own = () => page.evaluate(() => localStorage.getItem(`callchain.kept.${sessionStorage.getItem("callchain.tab")}`));
  await expect.poll(own).not.toBe(null);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await app.addService();
  await expect(app.message("The browser stores nothing of this page.")).toBeVisible();
  await expect(app.services).toHaveCount(5);
});

test("in a frame without storage everything else works, and a message says so once", async ({ page }) => {
  const frame = `<iframe sandbox="allow-scripts" src="${process.env.CALLCHAIN_ADDRESS}/" width="1300" height="800"></iframe>`;
  await page.setContent(frame);
  const app = new App(page.frameLocator("iframe"));
  await expect(app.services).toHaveCount(3);
  await page.mouse.move(400, 400);
  await app.page.getByRole("button", { name: "Add: Service" }).click();
  await expect(app.services).toHaveCount(4);
  await expect(app.message("The browser stores nothing of this page.")).toBeVisible();
  await app.page.getByRole("button", { name: "More", exact: true }).click();
  await app.page.getByRole("button", { name: "Versions…" }).click();
  await expect(app.page.getByText("The browser does not let this page store anything.")).toBeVisible();
  await app.page.getByRole("button", { name: "Close", exact: true }).click();
  await app.share();
  expect(await app.link()).toContain("#s=1.");
});
