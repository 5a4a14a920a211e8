// Measures how fluid it is to edit systems of up to 200 services and 1,000 links, in headless Chromium, and prints a table:
//   CHROME_PATH=/usr/bin/chromium node tests/bench-app/editing.mjs [DIST]
// It needs a release build in `dist`. Exits with 1 where the largest system is below its goal: 55 frames a second while it
// is dragged, moved and zoomed and services and links are selected in it, and 300 ms for its layout. PICTURE=PATH leaves a
// picture of each system, PROFILE=PATH a CPU profile of each gesture in the largest one, for the DevTools.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { CHROME_ARGUMENTS } from "../../scripts/chrome.mjs";
import { serve } from "../../scripts/serve.mjs";
import { large } from "./large.mjs";

const SYSTEMS = [[4, 4], [12, 16], [40, 80], [200, 1_000]];
const GOAL = { rate: 55, layout: 300 };
const STEPS = 120;
const folder = process.argv[2] ?? fileURLToPath(new URL("../../dist", import.meta.url));
const server = await serve(folder, ["/"]);
const browser = await chromium.launch({ executablePath: process.env.CHROME_PATH, args: CHROME_ARGUMENTS });

/** Milliseconds that the page's thread was busy so far. */
async function busy(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find((m) => m.name === "TaskDuration").value * 1000;
}

/** Frames a second, and milliseconds of work for each, while `gesture` runs, with an input for each frame as a hand gives it. */
async function rate(page, name, gesture) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  if (process.env.PROFILE) {
    await session.send("Profiler.enable");
    await session.send("Profiler.start");
  }
  const before = await busy(session);
  const rate = await page.evaluate(gesture, STEPS);
  const each = ((await busy(session)) - before) / STEPS;
  if (process.env.PROFILE) writeFileSync(`${process.env.PROFILE}-${name}.cpuprofile`, JSON.stringify((await session.send("Profiler.stop")).profile));
  await session.detach();
  return { rate, each };
}

/** Runs in the page: one call of `act` each frame, `steps` times; frames a second. */
const HELPERS = () => {
  window.frames_ = (steps, act) => new Promise((done) => {
    let step = 0, start = 0;
    const tick = (now) => {
      if (step === 0) start = now;
      if (step === steps) return done((steps * 1000) / (now - start));
      act(step++);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  window.pointer_ = (type, target, x, y, buttons) =>
    target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", button: type === "pointermove" ? -1 : 0, buttons, clientX: x, clientY: y }));
  window.click_ = ({ x, y }) => {
    const stage = document.querySelector(".stage");
    pointer_("pointerdown", stage, x, y, 1);
    pointer_("pointerup", stage, x, y, 0);
  };
  // What is selected near the border, or under something, is brought into view besides.
  window.clear_ = (all, place) => {
    const clear = all.filter((it) => (({ x, y }) => x > 430 && x < 850 && y > 130 && y < 480)(place(it)));
    return clear.length ? clear : all;
  };
};

const GESTURES = {
  drag: async (steps) => {
    const stage = document.querySelector(".stage"), boxes = [...document.querySelectorAll("[data-service]")];
    const box = boxes[Math.floor(boxes.length / 2)].querySelector(".frame").getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    pointer_("pointerdown", stage, x, y, 1);
    const found = await frames_(steps, (i) => pointer_("pointermove", stage, x + 6 + i, y + 40 * Math.sin(i / 10), 1));
    pointer_("pointerup", stage, x, y, 0);
    return found;
  },
  pan: async (steps) => {
    const stage = document.querySelector(".stage"), r = stage.getBoundingClientRect();
    pointer_("pointerdown", stage, r.x + 90, r.bottom - 60, 1);
    const found = await frames_(steps, (i) => pointer_("pointermove", stage, r.x + 96 + i, r.bottom - 60 - i / 3, 1));
    pointer_("pointerup", stage, r.x + 90, r.bottom - 60, 0);
    return found;
  },
  zoom: (steps) => {
    const stage = document.querySelector(".stage"), r = stage.getBoundingClientRect();
    const at = { clientX: r.x + r.width / 2, clientY: r.y + r.height / 2, bubbles: true, cancelable: true };
    return frames_(steps, (i) => stage.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: Math.floor(i / 20) % 2 ? 30 : -30 })));
  },
  hover: (steps) => {
    const stage = document.querySelector(".stage"), r = stage.getBoundingClientRect();
    return frames_(steps, (i) => pointer_("pointermove", stage, r.x + 200 + 4 * i, r.y + 150 + 2 * i, 0));
  },
  select: (steps) => {
    const boxes = [...document.querySelectorAll("[data-service] .frame")];
    // Where it is now: the view may have moved to show the one before.
    const middle = (box) => {
      const r = box.getBoundingClientRect();
      return { x: r.x + r.width / 2, y: r.y + r.height / 2 };
    };
    const seen = clear_(boxes, middle);
    return frames_(steps, (i) => i % 6 || click_(middle(seen[(i / 6) % seen.length])));
  },
  link: (steps) => {
    const middle = (way) => way.getPointAtLength(way.getTotalLength() / 2).matrixTransform(way.getScreenCTM());
    const seen = clear_([...document.querySelectorAll("[data-link] .reach")].map(middle), (at) => at);
    return frames_(steps, (i) => i % 6 || click_(seen[(i / 6) % seen.length]));
  },
};

/** What there is after the gestures that select. */
const SELECTED = { select: "[data-service][aria-current]", link: "[data-link][aria-pressed=true]" };

async function measure([services, links]) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.address);
  await page.waitForSelector("[data-service]");
  await page.mouse.move(500, 300);
  const text = JSON.stringify(large(services, links));
  await page.setInputFiles("input[type=file]", { name: "large.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.waitForFunction((n) => document.querySelectorAll("[data-service]").length === n, services);
  await page.waitForTimeout(2_000);
  await page.evaluate(HELPERS);
  const found = { services, links: await page.locator("[data-link]").count() };
  // The whole entry: the layout, the change of the document, and the first drawing.
  found.tidy = await page.evaluate(async () => {
    const start = performance.now();
    window.dispatchEvent(new KeyboardEvent("keydown", { key: "T", altKey: true, shiftKey: true, bubbles: true, cancelable: true }));
    return performance.now() - start;
  });
  await page.waitForTimeout(1_500);
  if (process.env.PICTURE) await page.screenshot({ path: `${process.env.PICTURE}-${services}.png` });
  for (const [name, gesture] of Object.entries(GESTURES)) {
    found[name] = await rate(page, `${services}-${name}`, gesture);
    await page.waitForTimeout(500);
    // A click that selects nothing would cost nothing.
    const wanted = SELECTED[name];
    if (wanted && !(await page.locator(wanted).count())) throw new Error(`"${name}" has selected nothing in ${services} services.`);
  }
  await page.close();
  return found;
}

let good = true;
try {
  console.log("services  links   tidy ms   frames/s (ms of work each): " + Object.keys(GESTURES).map((name) => name.padStart(14)).join(""));
  for (const size of SYSTEMS) {
    const found = await measure(size);
    const rates = Object.keys(GESTURES).map((name) => found[name]);
    console.log(String(found.services).padEnd(10) + String(found.links).padEnd(8) + found.tidy.toFixed(0).padStart(7) + " ".repeat(31) + rates.map(({ rate, each }) => `${rate.toFixed(1)} (${each.toFixed(1)})`.padStart(14)).join(""));
    if (size === SYSTEMS.at(-1)) good = found.tidy < GOAL.layout && rates.every(({ rate }) => rate >= GOAL.rate);
  }
} finally {
  await browser.close();
  await server.close();
}
process.exitCode = good ? 0 : 1;
