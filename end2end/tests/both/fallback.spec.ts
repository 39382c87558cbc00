// A browser that cannot run the program gets a page that says so, in Swedish and English, with another way to the school.
import { expect, test } from "../../test.ts";

for (const path of ["/", "/personal/"]) {
  test(`without JavaScript: ${path}`, async ({ device }) => {
    const page = await device({ javaScriptEnabled: false });
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Slå på JavaScript" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Turn on JavaScript" })).toBeVisible();
  });

  test(`without WebAssembly: ${path}`, async ({ page }) => {
    await page.addInitScript(() => { Reflect.deleteProperty(globalThis, "WebAssembly"); });
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Uppdatera din webbläsare" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Update your browser" })).toBeVisible();
    await expect(page.locator("#app")).toBeHidden();
  });

  test(`the first paint comes before the program: ${path}`, async ({ page }) => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((release) => { go = release; });
    await page.route("**/*.wasm", async (route) => { await held; await route.continue(); });
    await page.goto(path, { waitUntil: "commit" });
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Skolstart");
    await expect(page.getByText("Laddar")).toBeVisible();
    go();
    await expect(page.locator(".personas")).toBeVisible();
  });
}

test("when the program cannot be fetched: it says so, with the telephone and the office as the other way", async ({ page, watch }) => {
  watch.expectNetworkFailures();
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "Sidan gick inte att ladda" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "The page could not load" })).toBeVisible();
});
