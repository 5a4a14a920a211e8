// The app, as the tests see it: every selector is here, by role and accessible name where possible, so that a
// change of the markup is a change of this file only. And a `test` that fails on any error of the browser.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test as base, expect } from "@playwright/test";

export { expect };

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The violations that axe-core finds, a line each. Evaluated by the debugger, so the page's security policy need not allow it. */
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run());
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}

/** Moves the pointer for the first time, and waits for the code that loads then. */
export async function beginToUse(page) {
  await page.mouse.move(2, 2);
  await page.waitForFunction(() => {
    const isDialogs = ({ name, responseEnd }) => name.endsWith("split_dialogs.wasm") && responseEnd > 0;
    return performance.getEntriesByType("resource").some(isDialogs);
  });
}

export class App {
  constructor(page) {
    this.page = page;
    this.time = page.getByLabel("Simulated time");
    this.playButton = page.getByRole("button", { name: /^(Play|Pause)$/ });
    this.stepButton = page.getByRole("button", { name: "Go to the next event" });
    this.timeline = page.getByRole("slider", { name: "Moment of the run" });
    this.speed = page.getByRole("slider", { name: /speed/i });
    this.services = page.locator("[data-service]");
    this.links = page.locator("[data-link]");
    this.selectedServices = page.locator("[data-service][aria-current]");
    this.stage = page.locator(".stage").last();
    this.inspector = page.getByRole("complementary", { name: "Inspector" });
    /** The panel of the selected thing, beside it on the stage. */
    this.tools = page.getByRole("group", { name: /^Faults of/ });
    /** The choices for the clicked message. */
    this.choice = page.getByRole("group", { name: /^#\d+, attempt/ });
    /** The numbers of the selected thing. */
    this.live = page.getByRole("region", { name: "Right now" });
  }

  /** The minimap. */
  get minimap() {
    return this.page.getByRole("img", { name: /^The whole system/ });
  }

  /** The command palette. */
  get commands() {
    const dialog = this.page.getByRole("dialog", { name: "Commands" });
    return { dialog, field: dialog.getByRole("combobox"), current: dialog.getByRole("option", { selected: true }) };
  }

  /** The menu at the pointer. */
  get menu() {
    return this.page.getByRole("menu");
  }

  /** The handles of the box under the pointer, then those of the selected one. */
  get ports() {
    return this.page.locator(".port");
  }

  async openCommands() {
    await this.page.keyboard.press("Control+k");
    await expect(this.commands.field).toBeFocused();
  }

  /** Runs the command of this name in the command palette. */
  async pick(command) {
    await this.openCommands();
    await this.commands.field.fill(command);
    await this.page.keyboard.press("Enter");
    await expect(this.commands.dialog).toHaveCount(0);
  }

  /** All warnings of the system, in the inspector. */
  get warnings() {
    return this.inspector.getByRole("region", { name: /^\d+ warnings?$/ });
  }

  /** The number of warnings, on the stage. */
  get warningChip() {
    return this.page.getByRole("main").getByRole("button", { name: /^\d+ warnings?$/ });
  }

  /** The card of a policy of the selected thing, e.g. its retry. */
  card(title) {
    return this.inspector.getByRole("region", { name: title, exact: true });
  }

  /** One request, in the dock. */
  get request() {
    return this.page.getByRole("region", { name: "Request", exact: true });
  }

  /** The steps of that request as a text. */
  get steps() {
    return this.page.getByRole("list", { name: "The story, step by step" }).getByRole("listitem");
  }

  /** The log, in the dock. */
  get log() {
    return this.page.getByRole("region", { name: "Log", exact: true });
  }

  /** The lines of the log that are in the page. */
  get lines() {
    return this.log.getByRole("listbox", { name: "Events" }).getByRole("option");
  }

  /** The lines of the log with this text. */
  logLine(text) {
    return this.lines.filter({ hasText: text });
  }

  /** Opens a panel of the dock. */
  async openPanel(name) {
    await this.page.getByRole("button", { name, exact: true }).click();
    await expect(this.page.getByRole("region", { name, exact: true })).toBeVisible();
  }

  /** Opens one of the ready systems. */
  async openSystem(title) {
    await this.page.getByRole("button", { name: title }).click();
    await expect(this.page.getByRole("heading", { name: title })).toBeVisible();
  }

  /** From now on, records announcements and their times. */
  async listen() {
    await this.page.evaluate(() => {
      window.heard = [];
      const region = document.querySelector("#said");
      const note = () => region.textContent && window.heard.push({ at: performance.now(), text: region.textContent });
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
    });
  }

  async heard() {
    return this.page.evaluate(() => window.heard);
  }

  /** Opens the page and waits until the app has started. */
  async open(path = "/") {
    await this.visit(path);
    await beginToUse(this.page);
    await expect(this.page.getByText("Loading…")).toHaveCount(0);
  }

  /** Opens the page and only looks at it. */
  async visit(path = "/") {
    await this.page.goto(process.env.CALLCHAIN_ADDRESS + path);
    await expect(this.time).toBeVisible();
    await expect(this.services.first()).toBeVisible();
  }

  async play() {
    if (await this.isPaused()) await this.playButton.click();
  }

  async pause() {
    // Until time has begun to move, the button may still say "Play" although the page is about to.
    await expect.poll(() => this.seconds()).toBeGreaterThan(0);
    if (!(await this.isPaused())) await this.playButton.click();
  }

  async isPaused() {
    return (await this.playButton.getAttribute("aria-label")) === "Play";
  }

  /** The simulated time, in seconds. */
  async seconds() {
    return Number.parseFloat(await this.time.innerText());
  }

  /** The time once the read-out, which comes ten times a second at most, has caught up with a pause. */
  async settled() {
    let last;
    const stands = async () => {
      const before = last;
      last = await this.seconds();
      return before === last;
    };
    await expect.poll(stands, { intervals: [250] }).toBe(true);
    return last;
  }

  /** Presses the timeline at a share of its length, and drags a little. */
  async scrub(share) {
    const { x, y, width } = await this.timeline.boundingBox();
    await this.page.mouse.move(x + width * share + 20, y + 20);
    await this.page.mouse.down();
    await this.page.mouse.move(x + width * share, y + 20, { steps: 4 });
    await this.page.mouse.up();
  }

  /** The pale lines of the timeline: empty if the past was not changed. */
  async oldFuture() {
    const lines = await this.page.locator(".curve-old").evaluateAll((all) => all.map((path) => path.getAttribute("d")));
    return lines.join("");
  }

  /** The number of requests that the clients have sent, as a screen reader reads it. */
  async sent() {
    const labels = await this.services.evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
    return labels.reduce((sum, label) => sum + Number(label.match(/(\d+) requests? sent/)?.[1] ?? 0), 0);
  }

  /** The picture of the moving dots, which changes when they move. */
  async dots() {
    return this.page.locator("canvas").first().evaluate((canvas) => canvas.toDataURL());
  }

  service(name) {
    return this.page.locator(`[data-service][aria-label^="${name}"]`);
  }

  /** A number of the selected thing, by its name. */
  async number(name) {
    const row = this.live.locator("div", { has: this.page.getByText(name, { exact: true }) });
    return Number.parseFloat(await row.locator("dd").innerText());
  }

  /** Clicks a link where its line is: the middle of its bounding box may be beside it. */
  async selectLink(link) {
    const { x, y } = await settled(() =>
      link.locator("path").first().evaluate((path) => {
        const middle = path.getPointAtLength(path.getTotalLength() * 0.5).matrixTransform(path.getScreenCTM());
        return { x: middle.x, y: middle.y };
      }),
    );
    await this.page.mouse.click(x, y);
    await expect(link).toHaveAttribute("aria-pressed", "true");
  }

  async select(service) {
    await service.locator(".frame").click();
    await expect(service).toHaveAttribute("aria-current", "true");
  }

  async addService() {
    await this.page.getByRole("button", { name: "Add: Service" }).click();
  }

  /** Drags from the port of one service to another service in steps, like a hand. */
  async wire(from, to) {
    await from.locator(".frame").hover();
    const [port, target] = [await middle(this.ports.first()), await middle(to.locator(".frame"))];
    await this.page.mouse.move(port.x, port.y);
    await this.page.mouse.down();
    await this.page.mouse.move((port.x + target.x) / 2, (port.y + target.y) / 2, { steps: 5 });
    await this.page.mouse.move(target.x, target.y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Drags a thing by this many pixels. `meanwhile` runs before the release. */
  async drag(thing, x, y, meanwhile = async () => {}) {
    const start = await middle(thing);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(start.x + x / 2, start.y + y / 2, { steps: 4 });
    await this.page.mouse.move(start.x + x, start.y + y, { steps: 4 });
    await meanwhile();
    await this.page.mouse.up();
  }

  /** Puts a finger on a thing, moves it by this many pixels, and lifts it after a while. */
  async finger(thing, { x = 0, y = 0, stays = 0 } = {}) {
    const start = await middle(thing);
    const client = await this.page.context().newCDPSession(this.page);
    const touch = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
    await touch("touchStart", [start]);
    for (const share of x || y ? [0.25, 0.5, 0.75, 1] : []) {
      await touch("touchMove", [{ x: start.x + x * share, y: start.y + y * share }]);
    }
    await this.page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), stays);
    await touch("touchEnd", []);
  }

  /** Draws a box around everything. */
  async boxAll() {
    const boxes = await this.services.evaluateAll((all) =>
      all.map((it) => it.querySelector(".frame").getBoundingClientRect()).map(({ left, top, right, bottom }) => ({ left, top, right, bottom })),
    );
    const side = (name, pick) => pick(...boxes.map((box) => box[name]));
    const [left, top] = [side("left", Math.min) - 15, side("top", Math.min) - 15];
    const [right, bottom] = [side("right", Math.max) + 12, side("bottom", Math.max) + 12];
    await this.page.keyboard.down("Shift");
    // Its upper left corner may be under the palette.
    await this.page.mouse.move(right, bottom);
    await this.page.mouse.down();
    await this.page.mouse.move(left, top, { steps: 6 });
    await this.page.mouse.up();
    await this.page.keyboard.up("Shift");
  }

  /** Pastes a text that was copied elsewhere. */
  async paste(text) {
    await this.page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Drops a file on this part of the page. */
  async dropFile(selector, name, text) {
    await this.page.locator(selector).first().evaluate((on, [name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      for (const type of ["dragover", "drop"]) on.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    }, [name, text]);
  }

  async openFile(name, text) {
    const input = this.page.locator('input[type="file"]');
    await input.setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
  }

  /** The text of the file that "Save" gives. */
  async save() {
    const download = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "Save" }).click();
    return readFile(await (await download).path(), "utf8");
  }

  /** Opens the dialog that shares the system. */
  async share() {
    await this.page.getByRole("button", { name: "Share", exact: true }).click();
    await expect(this.dialog).toBeVisible();
  }

  /** Opens the list of saved versions. */
  async versions() {
    await this.page.getByRole("button", { name: "More", exact: true }).click();
    await this.page.getByRole("button", { name: "Versions…" }).click();
    await expect(this.dialog).toBeVisible();
  }

  /** The dialog that imports a system. */
  get bring() {
    return this.page.getByRole("dialog", { name: "Bring your own system" });
  }

  /** The report on an import. */
  get report() {
    return this.page.getByRole("dialog", { name: "Your system" });
  }

  get dialog() {
    return this.page.getByRole("dialog").filter({ visible: true });
  }

  /** The link that the dialog shows. */
  async link() {
    return this.dialog.getByLabel("Link", { exact: true }).inputValue();
  }

  /** The offer to restore the document of another tab. */
  get offer() {
    return this.page.getByRole("region", { name: "Restore" });
  }

  message(text) {
    return this.page.getByRole("status").filter({ hasText: text });
  }
}

/** A place once it stands still: the first view is fitted when the page knows its size. */
async function settled(place) {
  let last;
  const stands = async () => {
    const before = last;
    last = await place();
    return before?.x === last.x && before?.y === last.y;
  };
  await expect.poll(stands, { intervals: [100] }).toBe(true);
  return last;
}

async function middle(locator) {
  const { x, y, width, height } = await locator.boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

/** A test that fails on any complaint of the page: no error, no failed request, no breach of the security policy. */
export const test = base.extend({
  complaints: [
    async ({ page }, use) => {
      const complaints = [];
      const local = (url) => url.startsWith("http://127.0.0.1:") || /^(data|blob|about):/.test(url);
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
      });
      // Requests that end because the page closes are no complaint.
      const isGivenUp = (request) => request.failure()?.errorText === "net::ERR_ABORTED";
      page.on("requestfailed", (request) => isGivenUp(request) || complaints.push(`failed: ${request.url()}`));
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
