// When the first request moves on a page that was just opened: when something is painted on the canvas of the stage.

/** Runs in the page before anything else, and notes the moment, in milliseconds since the visit began. */
export function noteFirstMove() {
  const look = () => {
    const canvas = document.querySelector("canvas.stage-dots");
    if (canvas?.width) {
      const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      if (new Uint32Array(pixels.buffer).some((pixel) => pixel !== 0)) {
        window.firstMove = performance.now();
        return;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** Waits for that moment. */
export const firstMove = async (page) => (await page.waitForFunction(() => window.firstMove, null, { timeout: 60_000 })).jsonValue();
