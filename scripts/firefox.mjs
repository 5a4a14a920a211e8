// How the checks start Firefox: an ordinary one, as people have it, driven by WebDriver BiDi.

import puppeteer from "puppeteer-core";

export const launchFirefox = ({ width, height }) =>
  puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX_PATH,
    headless: true,
    // Older versions do not know all that setting a viewport asks for, so the window has the size.
    defaultViewport: null,
    args: [`--width=${width}`, `--height=${height}`],
  });
