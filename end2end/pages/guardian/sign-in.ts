import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";
import { Home } from "./home.ts";

/** Choosing whom to be. */
export class SignIn {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1, name: t("sign-in.heading") }); }

  get question() { return this.page.getByRole("heading", { level: 1, name: t("device.heading") }); }

  /** Says that the device is her own, where that has not been said before. */
  async onOwnDevice(): Promise<void> {
    const heading = this.page.locator("main h1");
    await expect(heading).toBeVisible();
    if (await this.question.isVisible()) await this.device("device.own");
  }

  /** Answers the question whose device it is. */
  async device(answer: "device.own" | "device.shared"): Promise<void> {
    await this.page.getByRole("button", { name: t(answer) }).click();
    await expect(this.question).toBeHidden();
  }

  persona(name: string) { return this.page.getByRole("button", { name }); }

  /** Opens the program at an address and signs in there; the address stays. */
  static async as(page: Page, name: string, path = "/"): Promise<Home> {
    await page.goto(path);
    const signIn = new SignIn(page);
    await signIn.persona(name).click();
    await expect(signIn.heading).toBeHidden();
    await signIn.onOwnDevice();
    return new Home(page);
  }
}
