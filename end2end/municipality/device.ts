// A device with passkeys, as the browser itself has one for tests: it keeps them, and says that it has checked who holds it.
import type { CDPSession, Page } from "@playwright/test";

/** The device of one page's browser. */
export class PasskeyDevice {
  private constructor(private readonly session: CDPSession, private readonly id: string) {}

  /** Gives the page's browser a device. */
  static async for(page: Page): Promise<PasskeyDevice> {
    const session = await page.context().newCDPSession(page);
    await session.send("WebAuthn.enable", { enableUI: false });
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true,
        isUserVerified: true, automaticPresenceSimulation: true,
      },
    });
    return new PasskeyDevice(session, authenticatorId);
  }

  /** Whether whoever holds it is who she should be: the finger fits, or does not. */
  async fits(fits: boolean): Promise<void> {
    await this.session.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified: fits });
  }

  /** How many passkeys it holds. */
  async count(): Promise<number> {
    const { credentials } = await this.session.send("WebAuthn.getCredentials", { authenticatorId: this.id });
    return credentials.length;
  }
}
