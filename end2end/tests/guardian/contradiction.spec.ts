// The register says another telephone than the guardian did: she is asked, and one tap on either settles it.
import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { MARIA } from "../../municipality/cast.ts";
import { label, t, title } from "../../municipality/texts.ts";
import { SignIn } from "../../pages/guardian/sign-in.ts";
import { Step } from "../../pages/guardian/step.ts";
import { Review } from "../../pages/guardian/review.ts";
import { answerAll } from "../../pages/guardian/visit.ts";
import { expect, test } from "../../test.ts";

test.use({ own: true });

const PROGRAM = process.env.SKOLSTART_BIN || resolve(import.meta.dirname, "../../../target/debug/skolstart");
/** A number of those that PTS keeps for films and books. */
const MOVED = "+46701740699";

interface Person { id: string; givenName: string; familyName: string; phoneNumbers?: object[]; enrolments?: object[] }

/** Takes in a register in which one person has another telephone, as the nightly import would. */
async function registerMovesOn(data: string, name: string): Promise<void> {
  const from = join(data, "ss12000");
  for (const file of (await readdir(from)).filter((one) => one.startsWith("persons"))) {
    const page: { data: Person[] } = JSON.parse(await readFile(join(from, file), "utf8"));
    const person = page.data.find((one) => `${one.givenName} ${one.familyName}` === name && !one.enrolments?.length);
    if (!person) continue;
    const to = join(data, "later");
    await mkdir(to);
    person.phoneNumbers = [{ value: MOVED, type: "Hem", mobile: true }];
    await writeFile(join(to, "persons-0001.json"), JSON.stringify({ data: [person] }));
    await promisify(execFile)(PROGRAM, ["import", "ss12000", to], { env: { ...process.env, SKOLSTART_DATA: data, SKOLSTART_DATABASE_URL: undefined } });
    return;
  }
  throw new Error(`${name} is not in the register`);
}

test("both values stand there with their days, nothing is taken for granted, and one tap settles it", async ({ page, server }) => {
  const home = await SignIn.as(page, MARIA);
  await home.ready();
  // What she says now holds on any day; what the demo's families said last year may be too old to contradict anything.
  await answerAll(page);
  await new Review(page).sent();
  await registerMovesOn(server.folder, MARIA);
  await page.goto("/");
  await page.getByRole("link", { name: title("contact-details/own") }).first().click();
  const step = new Step(page);
  await step.ready();
  const line = step.known(label("contact-details/own/phone"));
  await expect(line.getByText(t("known.differs"))).toBeVisible();
  await expect(line.locator(".known__since")).toHaveCount(2);
  await expect(line).toContainText(t("from.register"));
  await expect(line).toContainText(t("from.you"));
  // Going on confirms what is known, but not this.
  await step.next.click();
  await expect(step.summary).toContainText(t("violation.contradicted"));
  await line.getByRole("button", { name: t("known.this") }).click();
  await expect(line.getByText(t("known.differs"))).toBeHidden();
  await step.goOn();
});
