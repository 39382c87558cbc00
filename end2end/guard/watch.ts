// What must hold in every journey: nothing in the console, no policy violation, no foreign origin, no server fault, and
// nothing personal in an address. Put on every context by the fixtures; a test cannot forget it.
import type { BrowserContext, Page, Response } from "@playwright/test";
import { NAMES } from "../municipality/cast.ts";

/** Ids, and the hashes in the names of built files. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|-[0-9a-f]{8,16}(?=[._])/gi;
/** E-mail, telephone numbers of the demo, personal numbers. */
const PERSONAL = /@|1740\d{3}|\d{6,8}[-+]?\d{4}/;
const VIOLATION = "skolstart-policy-violation";

/** What a journey has done wrong so far. */
export class Watch {
  readonly found: string[] = [];
  private networkMayFail = false;
  private serverMayFail = false;
  private provider: string | undefined;
  private readonly origin: string;

  constructor(context: BrowserContext, origin: string) {
    this.origin = origin;
    context.on("page", (page) => this.follow(page));
    context.on("request", (request) => this.address(request.url()));
    context.on("response", (response) => this.answer(response));
    context.on("weberror", (error) => {
      const { message } = error.error();
      if (!(this.networkMayFail && message === "Failed to fetch")) this.found.push(`error in the page: ${message}`);
    });
  }

  /** Reports violations of the policy through the console. Call before the first page opens. */
  async start(context: BrowserContext): Promise<void> {
    await context.addInitScript((marker) => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(marker, event.violatedDirective, event.blockedURI);
      });
    }, VIOLATION);
  }

  /** From here on requests may fail: the test takes the network away. */
  expectNetworkFailures(): void {
    this.networkMayFail = true;
  }

  /** From here on the server may stumble: the test makes it. */
  expectServerFaults(): void {
    this.serverMayFail = true;
  }

  /** People sign in at this origin: it is no page of ours. Its addresses hold what the standard puts there. */
  expectProvider(origin: string): void {
    this.provider = origin;
  }

  private follow(page: Page): void {
    page.on("framenavigated", (frame) => this.address(frame.url()));
    page.on("console", (message) => {
      if (message.type() !== "error") return;
      const { url } = message.location();
      if (this.provider && url.startsWith(this.provider)) return;
      const text = message.text();
      // The browser's own line about an answer that the page handles: signed out, not found, refused.
      if (/^Failed to load resource: the server responded with a status of 4\d\d/.test(text) && isApi(url)) return;
      if (this.networkMayFail && /net::ERR_|Failed to load resource/.test(text)) return;
      this.found.push(`console: ${text} (${url})`);
    });
  }

  private address(url: string): void {
    if (!/^https?:/.test(url)) return;
    const address = new URL(url);
    if (address.origin === this.provider) return;
    if (address.origin !== this.origin) this.found.push(`another origin: ${address.origin}`);
    const rest = decodeURIComponent(address.pathname + address.search + address.hash).replaceAll(ID, "").toLowerCase();
    if (PERSONAL.test(rest)) this.found.push(`personal data in an address: ${rest}`);
    for (const name of NAMES) {
      if (new RegExp(`(^|[^a-zåäö])${name}([^a-zåäö]|$)`).test(rest)) this.found.push(`a name in an address: ${rest}`);
    }
  }

  private answer(response: Response): void {
    if (response.status() >= 500 && !this.serverMayFail && !(this.networkMayFail && response.status() === 503)) this.found.push(`${response.status()} from ${response.url()}`);
  }
}

function isApi(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.startsWith("/api/");
}
