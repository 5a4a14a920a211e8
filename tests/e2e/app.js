// The app, as the tests see it: every selector is here, by role and accessible name wherever there is one, so that a
// change of the markup is a change of this file only. And a `test` that fails on any complaint of the browser.

import { readFile } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";

export { expect };

/** What the app itself says of the run: data attributes of the read-out, in numbers. */
const COUNTS = ["time", "inFlight", "sent", "ok", "timeout", "failed"];

export class App {
  constructor(page) {
    this.page = page;
    this.stage = page.getByRole("application", { name: /stage/i });
    this.readout = page.locator("#readout");
    this.playButton = page.getByRole("button", { name: /^(play|pause)$/i });
    this.stepButton = page.getByRole("button", { name: /^step( forward)?$/i });
    this.speed = page.getByRole("slider", { name: /speed/i });
  }

  /** Opens the page and waits until it runs or could run. */
  async open(path = "/") {
    await this.page.goto(process.env.CALLCHAIN_ADDRESS + path);
    await expect(this.readout).toBeAttached();
  }

  async play() {
    if (await this.isPaused()) await this.playButton.click();
  }

  async pause() {
    if (!(await this.isPaused())) await this.playButton.click();
  }

  async isPaused() {
    return /play/i.test((await this.playButton.getAttribute("aria-label")) ?? (await this.playButton.innerText()));
  }

  /** The numbers of the run now: `time` in simulated milliseconds, the rest counts. */
  async numbers() {
    const data = await this.readout.evaluate((element) => ({ ...element.dataset }));
    return Object.fromEntries(COUNTS.map((name) => [name, Number(data[name])]));
  }

  service(name) {
    return this.stage.getByRole("button", { name: new RegExp(`\\b${name}\\b`, "i") }).first();
  }

  services() {
    return this.stage.locator("[data-service]");
  }

  links() {
    return this.stage.locator("[data-link]");
  }

  /** Cuts the first link of the scenario, both ways. */
  async cutFirstLink() {
    await this.links().first().click();
    await this.page.getByRole("button", { name: /^cut/i }).first().click();
  }

  async addService() {
    await this.page.getByRole("button", { name: /^(add )?service$/i }).click();
  }

  /** Drags from the port of one service to another service. */
  async wire(from, to) {
    await from.hover();
    await from.locator("[data-port]").dragTo(to);
  }

  async openFile(name, text) {
    const input = this.page.locator('input[type="file"]');
    await input.setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  }

  /** The text of the file that "save" gives. */
  async save() {
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: /^save/i }).click();
    return readFile(await (await download).path(), "utf8");
  }

  message(text) {
    return this.page.getByRole("alert").filter({ hasText: text });
  }
}

/** A test in whose page nothing may complain: no error, no failed request, no breach of the security policy. */
export const test = base.extend({
  complaints: [
    async ({ page }, use) => {
      const complaints = [];
      const local = (url) => url.startsWith("http://127.0.0.1:") || /^(data|blob|about):/.test(url);
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
      });
      page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
      page.on("request", (request) => {
        if (!local(request.url())) complaints.push(`asks a stranger: ${request.url()}`);
      });
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          console.error(`security policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page }, use) => use(new App(page)),
});
