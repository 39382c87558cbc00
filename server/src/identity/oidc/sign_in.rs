//! The sign-in itself: from the page to the provider, and from the callback to a person of the register.

use super::address::back_to;
use super::attempt::LoginToken;
use super::claims::{self, Asked, Identity};
use super::jws::{Claims, Typ};
use super::provider::Provider;
use super::settings::UserInfo;
use super::text::query;
use super::ways::Way;
use crate::identity::{Account, Proven, Refused, SessionToken, SignIn, SignInError};
use crate::policy::{self, principal};
use crate::store::{Attempt, NewAttempt, Store, StoreError};
use http::HeaderValue;
use serde::Deserialize;
use serde_json::json;
use skolstart_shared::id::PersonId;
use skolstart_shared::{Locale, Timestamp};

/// How long somebody has to prove who she is.
const LIFETIME: i64 = 10 * 60_000;

/// Signing in at one provider.
pub struct OidcSignIn<'a> {
    /// The data.
    pub store: &'a Store,
    /// At whom.
    pub way: &'a Way,
    /// The request, as in the log.
    pub request_id: String,
}

/// A sign-in that has begun.
pub struct Begun {
    /// What the browser must hold until the callback.
    pub token: LoginToken,
    /// Where it goes.
    pub address: String,
}

/// What came back with the browser.
#[derive(Default, Deserialize)]
pub struct Callback {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
    #[serde(skip)]
    token: Option<LoginToken>,
}

impl Callback {
    /// The same, with what the browser held.
    #[must_use]
    pub fn with(self, token: Option<LoginToken>) -> Self {
        Self { token, ..self }
    }
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
    access_token: Option<String>,
}

impl OidcSignIn<'_> {
    /// Begins: the provider is asked about itself first, so that one which is down is told of while the page still stands.
    ///
    /// # Errors
    /// When the provider does not answer, or the page to come back to is none of ours.
    pub async fn begin(
        &self,
        back: &str,
        earlier: Option<&SessionToken>,
        locale: Locale,
    ) -> Result<Begun, SignInError> {
        let back = back_to(back).unwrap_or_else(|| self.way.admits().start()).to_owned();
        let provider = self.way.provider().await?;
        let token = LoginToken::new().map_err(StoreError::from)?;
        let attempt = NewAttempt {
            token: token.hash(),
            way: self.way.key().to_owned(),
            back,
            replaces: earlier.map(SessionToken::hash),
            expires: self.store.clock().now().plus_millis(LIFETIME),
            asked: None,
        };
        self.store.begin_sign_in(attempt).await?;
        Ok(Begun { address: self.address(&provider, &token, locale), token })
    }

    fn address(&self, provider: &Provider, token: &LoginToken, locale: Locale) -> String {
        let settings = &self.way.settings;
        let scope = ["openid"].into_iter().chain(settings.scopes.iter().map(String::as_str));
        let scope = scope.collect::<Vec<_>>().join(" ");
        let claims = json!({"id_token": {"acr": {"essential": true, "values": settings.acr}}}).to_string();
        let (state, nonce, challenge) = (token.state(), token.nonce(), token.challenge());
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", settings.client_id.as_str()),
            ("redirect_uri", self.way.redirect.as_str()),
            ("scope", scope.as_str()),
            ("state", state.as_str()),
            ("nonce", nonce.as_str()),
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S256"),
            ("claims", claims.as_str()),
            ("ui_locales", locale.as_str()),
        ];
        let max_age = settings.max_age().map(|seconds| seconds.to_string());
        pairs.extend(max_age.as_deref().map(|seconds| ("max_age", seconds)));
        pairs.extend(settings.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let endpoint = &provider.metadata.authorization_endpoint;
        let joint = if endpoint.contains('?') { "&" } else { "?" };
        [endpoint, joint, &query(&pairs)].concat()
    }

    /// Takes the sign-in that this callback belongs to, once: what the browser holds and the state must fit.
    ///
    /// # Errors
    /// [`Refused::State`] when they do not, or it was taken before, or is too old.
    pub async fn take(&self, callback: &Callback) -> Result<Attempt, SignInError> {
        let refused = SignInError::NotProven(Refused::State);
        let token = callback.token.as_ref();
        let token = token.filter(|token| callback.state.as_deref() == Some(token.state().as_str()));
        let Some(token) = token else { return Err(refused) };
        let attempt = self.store.take_sign_in(token.hash(), self.way.key().to_owned()).await?;
        attempt.ok_or(refused)
    }

    async fn tokens(&self, provider: &Provider, callback: &Callback) -> Result<Tokens, SignInError> {
        let says = callback.iss.as_deref();
        let issuer = self.way.settings.issuer.as_str();
        if says.is_some_and(|says| says != issuer) || (provider.metadata.says_issuer && says.is_none()) {
            return Err(SignInError::NotProven(Refused::Issuer));
        }
        if let Some(error) = callback.error.as_deref() {
            let cancelled = ["access_denied", "login_required", "interaction_required"].contains(&error);
            let why = if cancelled { Refused::Cancelled } else { Refused::Provider };
            return Err(SignInError::NotProven(why));
        }
        let (Some(code), Some(token)) = (callback.code.as_deref(), callback.token.as_ref()) else {
            return Err(SignInError::NotProven(Refused::Provider));
        };
        let settings = &self.way.settings;
        let proof = self.way.client.prove(&settings.client_id, issuer, self.now());
        let proof = proof.ok_or(SignInError::Unreachable)?;
        let verifier = token.verifier();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.way.redirect.as_str()),
            ("code_verifier", verifier.as_str()),
        ];
        form.extend(proof.form.iter().map(|(name, value)| (*name, value.as_str())));
        let endpoint = &provider.metadata.token_endpoint;
        let reply = self.way.outbound.post_form(endpoint, query(&form), proof.header).await;
        let reply = reply.map_err(|_| SignInError::Unreachable)?;
        match reply.status {
            200 => serde_json::from_slice(&reply.body).map_err(|_| SignInError::NotProven(Refused::Code)),
            500.. => Err(SignInError::Unreachable),
            _ => Err(SignInError::NotProven(Refused::Code)),
        }
    }

    async fn user_info(
        &self,
        provider: &Provider,
        tokens: &Tokens,
        identity: &Identity,
    ) -> Result<Claims, SignInError> {
        let wanted = self.way.settings.user_info;
        let endpoint = provider.metadata.userinfo_endpoint.as_deref();
        let (Some(endpoint), false) = (endpoint, wanted == UserInfo::None) else { return Ok(Claims::new()) };
        let refused = || SignInError::NotProven(Refused::UserInfo);
        let bearer = ["Bearer ", tokens.access_token.as_deref().ok_or_else(refused)?].concat();
        let bearer = HeaderValue::try_from(bearer).map_err(|_| refused())?;
        let (signed, accept) = match wanted {
            UserInfo::Signed => (true, "application/jwt"),
            _ => (false, "application/json"),
        };
        let reply = self.way.outbound.get(endpoint, accept, Some(bearer)).await;
        let reply = reply.map_err(|_| SignInError::Unreachable)?;
        if reply.status != 200 || reply.media_type != accept {
            return Err(refused());
        }
        let claims = if signed {
            let token = std::str::from_utf8(&reply.body).map_err(|_| refused())?;
            let claims = self.way.verified(token.trim(), provider, Typ::Jwt).await.map_err(|_| refused())?;
            claims::from_issuer_for_us(&claims, &self.way.settings).map_err(|_| refused())?;
            claims
        } else {
            serde_json::from_slice(&reply.body).map_err(|_| refused())?
        };
        // Core, 5.3.2: it must be about the same person.
        if claims::subject(&claims).as_deref() == Some(&identity.subject) {
            Ok(claims)
        } else {
            Err(refused())
        }
    }

    /// Who of the register it is. An account stays with the person that it was linked to the first time, as long as its number, where
    /// one is said, is hers: at a provider that gives an account to somebody else, the number shows it.
    async fn person(&self, identity: &Identity, said: &[&Claims]) -> Result<PersonId, SignInError> {
        let (store, settings) = (self.store, &self.way.settings);
        let refused = |why| Err(SignInError::NotProven(why));
        let number = claims::personal_number(said, settings, store.clock().today());
        let by_number = match &number {
            Some(number) => store.person_by_number(number).await?,
            None => None,
        };
        let by_account = store.account(&settings.issuer, &identity.subject).await?;
        let person = match (by_account, by_number) {
            (Some(one), Some(other)) if one != other => return refused(Refused::Mismatch),
            (Some(_), None) if claims::says_number(said, settings) => return refused(Refused::Mismatch),
            (Some(person), _) | (None, Some(person)) => person,
            (None, None) if number.is_none() => return refused(Refused::NoNumber),
            (None, None) => return refused(Refused::Unknown),
        };
        // Somebody without a task here has no page to come to.
        let known = principal(store, person, Locale::default(), self.request_id.clone()).await?;
        let known = known.ok_or(SignInError::NotProven(Refused::Unknown))?;
        if policy::admitted(store, known, self.way.admits()).await?.roles().is_empty() {
            return refused(Refused::Unknown);
        }
        if by_account.is_none() {
            store.link_account(&settings.issuer, &identity.subject, person, &self.request_id).await?;
        }
        Ok(person)
    }

    fn now(&self) -> i64 {
        self.store.clock().now().as_millis() / 1000
    }
}

impl SignIn for OidcSignIn<'_> {
    type Proof = Callback;

    async fn prove(&self, callback: Callback) -> Result<Proven, SignInError> {
        let provider = self.way.provider().await?;
        let tokens = self.tokens(&provider, &callback).await?;
        let said = self.way.verified(&tokens.id_token, &provider, Typ::Jwt).await?;
        let nonce = callback.token.as_ref().map(LoginToken::nonce).unwrap_or_default();
        let asked = Asked { way: &self.way.settings, nonce: &nonce, now: self.now() };
        let identity = claims::check(&said, &asked).map_err(SignInError::NotProven)?;
        let more = self.user_info(&provider, &tokens, &identity).await?;
        let person = self.person(&identity, &[&said, &more]).await?;
        let account = Account {
            issuer: self.way.settings.issuer.clone(),
            subject: identity.subject,
            session: identity.session,
            level: identity.level,
            proven_at: identity.proven_at.map(|at| Timestamp::from_millis(at.saturating_mul(1000))),
        };
        let settings = &self.way.settings;
        let (method, admits) = (settings.method(), settings.audience);
        Ok(Proven { person, method, admits, account: Some(account), code: None, passkey: None })
    }
}
