// An independent provider of identity (npm `oidc-provider`) on a loopback port, and the settings of two ways to sign in at it:
// guardians with a secret and a signed UserInfo, staff with a key and everything in the ID token.
import { generateKeyPairSync } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { type IncomingMessage, type Server as HttpServer, type ServerResponse, createServer } from "node:http";
import { join } from "node:path";
import Provider from "oidc-provider";

const LEVEL = "http://id.elegnamnden.se/loa/1.0/loa3";
const SCOPE = "https://id.oidc.se/scope/naturalPersonNumber";
const CLAIM = "https://id.oidc.se/claim/personalIdentityNumber";
const SECRET = "only for journeys, 32 letters long";

/** The people of a folder: name and personal number, as the register has them. */
async function numbers(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const file of await readdir(join(folder, "ss12000"))) {
    const read = JSON.parse(await readFile(join(folder, "ss12000", file), "utf8"));
    for (const person of Array.isArray(read) ? read : read.data ?? []) {
      if (person.civicNo) found.set(`${person.givenName} ${person.familyName}`, person.civicNo.value);
    }
  }
  return found;
}

/** A provider for one server. */
export class Identity {
  private http: HttpServer | undefined;
  private readonly key = generateKeyPairSync("ec", { namedCurve: "P-256" });

  private constructor(readonly issuer: string, private readonly port: number, private readonly numbers: Map<string, string>) {}

  /** Writes the settings file for a folder. The provider itself is opened when the server's address is known. */
  static async prepare(folder: string, port: number): Promise<[Identity, string]> {
    const identity = new Identity(`http://127.0.0.1:${port}`, port, await numbers(folder));
    const pem = join(folder, "staff.pem");
    await writeFile(pem, identity.key.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    const way = (key: string, lines: string[]) => ["[[sign_in]]", `key = "${key}"`, `for = "${key}"`,
      `issuer = "${identity.issuer}"`, `client_id = "${key}"`, `acr = ["${LEVEL}"]`, ...lines, ""].join("\n");
    const settings = join(folder, "sign-in.toml");
    await writeFile(settings, [
      way("guardians", ['name_sv = "BankID"', 'name_en = "BankID"', `client_secret = "${SECRET}"`, 'user_info = "signed"']),
      way("staff", ['name_sv = "kommunens inloggning"', 'name_en = "the municipality"', `private_key_file = "${pem}"`,
        'private_key_id = "staff-1"', 'user_info = "unsigned"']),
    ].join("\n"), { mode: 0o600 });
    return [identity, settings];
  }

  /** Begins to answer, for a server at this origin. */
  async open(origin: string): Promise<void> {
    const signing = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
    const asks = { grant_types: ["authorization_code"], response_types: ["code"], id_token_signed_response_alg: "ES256" } as const;
    const provider = new Provider(this.issuer, {
      jwks: { keys: [{ ...signing, kid: "p-1", alg: "ES256", use: "sig" }] },
      clients: [
        {
          ...asks, client_id: "guardians", client_secret: SECRET, token_endpoint_auth_method: "client_secret_basic",
          userinfo_signed_response_alg: "ES256", redirect_uris: [`${origin}/api/sign-in/guardians/callback`],
          backchannel_logout_uri: `${origin}/api/sign-in/guardians/logout`, backchannel_logout_session_required: true,
        },
        {
          ...asks, client_id: "staff", token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256",
          redirect_uris: [`${origin}/api/sign-in/staff/callback`],
          jwks: { keys: [{ ...this.key.publicKey.export({ format: "jwk" }), kid: "staff-1", alg: "ES256", use: "sig" }] },
        },
      ],
      acrValues: [LEVEL],
      scopes: ["openid", SCOPE],
      claims: { openid: ["sub"], [SCOPE]: [CLAIM] },
      pkce: { required: () => true },
      features: {
        backchannelLogout: { enabled: true },
        claimsParameter: { enabled: true },
        devInteractions: { enabled: false },
        jwtUserinfo: { enabled: true },
        // Its own pages ask for fonts elsewhere.
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: async (ctx, form) => {
            ctx.body = `<!doctype html><html lang="sv"><title>Logga ut</title>${form}
              <button form="op.logoutForm" name="logout" value="yes">Logga ut hos oss</button></html>`;
          },
          postLogoutSuccessSource: async (ctx) => {
            ctx.body = `<!doctype html><html lang="sv"><title>Utloggad</title><h1>Utloggad hos oss</h1></html>`;
          },
        },
      },
      // It refuses addresses of its own machine, where our server is.
      fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined } as RequestInit),
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      ttl: { IdToken: 300, AccessToken: 300, AuthorizationCode: 60, Interaction: 600, Grant: 600, Session: 600 },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, [CLAIM]: this.numbers.get(id) }) }),
    });
    const others = provider.callback();
    this.http = createServer((request, response) => {
      if (!request.url?.startsWith("/interaction/")) return void others(request, response);
      this.interact(provider, request, response).catch((error) => { response.statusCode = 500; response.end(String(error)); });
    });
    await new Promise<void>((open) => this.http?.listen(this.port, "127.0.0.1", open));
  }

  /** Goes down, as a provider does. */
  async close(): Promise<void> {
    const { http } = this;
    if (!http) return;
    this.http = undefined;
    http.closeAllConnections();
    await new Promise((closed) => http.close(closed));
  }

  /** One page: who are you? */
  private async interact(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    if (request.method !== "POST") {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(`<!doctype html><html lang="sv"><title>Legitimera dig</title><form method="post">
        <label>Vem <input name="who" autocomplete="off"></label><button name="how" value="yes">Legitimera</button>
        <button name="how" value="no">Avbryt</button></form></html>`);
      return;
    }
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    const form = new URLSearchParams(Buffer.concat(body).toString());
    const who = form.get("who") ?? "";
    if (form.get("how") !== "yes") {
      const stopped = { error: "access_denied", error_description: "stopped" };
      return provider.interactionFinished(request, response, stopped, { mergeWithLastSubmission: false });
    }
    const grant = new provider.Grant({ accountId: who, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    const login = { accountId: who, acr: LEVEL, remember: false };
    const result = { login, consent: { grantId: await grant.save() } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
}
