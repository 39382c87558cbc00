// How the journeys are driven. `cargo xtask test e2e` builds the program and says where it and the browser are.
import { defineConfig } from "@playwright/test";
import type { Own } from "./test.ts";

export default defineConfig<Own>({
  testDir: "tests",
  outputDir: "test-results",
  globalSetup: "./municipality/prepare.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // How long somebody waits on a slow machine before a journey has failed; nothing waits that long when all is well.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  use: {
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    // The program is fetched anew for each page, so that a test can stand between it and the server. Journeys without a
    // network say `serviceWorkers: "allow"`.
    serviceWorkers: "block",
    // Journeys wait for states, not for motion; `style/` keeps motion out where the reader asks for that.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.SKOLSTART_CHROMIUM || "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
    },
  },
  projects: [
    {
      name: "guardian",
      testMatch: "guardian/**/*.spec.ts",
      use: { viewport: { width: 390, height: 844 }, hasTouch: true },
    },
    { name: "staff", testMatch: "staff/**/*.spec.ts", use: { viewport: { width: 1366, height: 900 } } },
    { name: "both", testMatch: "both/**/*.spec.ts", use: { viewport: { width: 390, height: 844 }, hasTouch: true } },
  ],
});
