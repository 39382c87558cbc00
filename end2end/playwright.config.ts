// How the journeys are driven. `cargo xtask test e2e` builds the program and says where it and the browser are.
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "tests",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    locale: "sv-SE",
    timezoneId: "Europe/Stockholm",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.SKOLSTART_CHROMIUM || "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync"],
    },
  },
  projects: [
    { name: "guardian", testMatch: "guardian/**/*.spec.ts", use: { viewport: { width: 390, height: 844 }, hasTouch: true } },
    { name: "staff", testMatch: "staff/**/*.spec.ts", use: { viewport: { width: 1366, height: 768 } } },
    { name: "both", testMatch: "both/**/*.spec.ts", use: { viewport: { width: 390, height: 844 } } },
  ],
});
