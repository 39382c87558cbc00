import { type Page, expect } from "@playwright/test";
import { t } from "../../municipality/texts.ts";
import { Home } from "./home.ts";

/** Choosing whom to be. */
export class SignIn {
  constructor(readonly page: Page) {}

  get heading() { return this.page.getByRole("heading", { level: 1, name: t("sign-in.heading") }); }

  persona(name: string) { return this.page.getByRole("button", { name }); }

  /** Opens the program at an address and signs in there; the address stays. */
  static async as(page: Page, name: string, path = "/"): Promise<Home> {
    await page.goto(path);
    const signIn = new SignIn(page);
    await signIn.persona(name).click();
    await expect(signIn.heading).toBeHidden();
    return new Home(page);
  }
}
