// When what she has typed is kept on the device.
import type { Page } from "@playwright/test";

/** `PAUSE_MS` of `app/src/guardian/keeper.rs`. */
const PAUSE_MS = 150;

/** From here on the usual save, a moment after the last key, does not come: what is there after a reload was kept before she was told. */
export async function savesNothingByItself(page: Page): Promise<void> {
  await page.evaluate((pause) => {
    const soon = globalThis.setTimeout;
    globalThis.setTimeout = ((run: TimerHandler, wait?: number, ...rest: unknown[]) => (wait === pause ? 0 : soon(run, wait, ...rest))) as typeof setTimeout;
  }, PAUSE_MS);
}
