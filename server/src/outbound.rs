//! The only place from which the server calls others. Owns how: one connection per question, TLS with the roots that browsers
//! trust, no redirects, a limit on time and on what comes back. Called by `identity`.
//!
//! Must not put what was asked or answered into an error: it can hold a secret or a person.

use http::{HeaderValue, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Longest time for a question and its answer.
const TIME_LIMIT: Duration = Duration::from_secs(5);

/// Most bytes of an answer. A set of keys is some kilobytes.
const MOST_BYTES: usize = 128 * 1024;

/// What came back.
pub struct Reply {
    /// The HTTP status. A redirect is an answer as any other, and nobody follows it.
    pub status: u16,
    /// The media type without its parameters, in lower case.
    pub media_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The address is none that can be called.
    #[error("not an address that can be called")]
    Address,
    /// Nobody answered, or not in time, or not as HTTP.
    #[error("no answer")]
    NoAnswer,
    /// More came back than anybody sends who means well.
    #[error("too much came back")]
    TooLarge,
}

/// Calls others. A clone is the same.
#[derive(Clone)]
pub struct Outbound {
    tls: TlsConnector,
}

impl Default for Outbound {
    fn default() -> Self {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Self { tls: TlsConnector::from(Arc::new(config)) }
    }
}

impl Outbound {
    /// Asks for what stands at an address.
    ///
    /// # Errors
    /// See [`OutboundError`].
    pub async fn get(
        &self,
        address: &str,
        accept: &'static str,
        authorization: Option<HeaderValue>,
    ) -> Result<Reply, OutboundError> {
        self.call(http::Method::GET, address, accept, authorization, None).await
    }

    /// Sends a form, `name=value&…`, already encoded.
    ///
    /// # Errors
    /// See [`OutboundError`].
    pub async fn post_form(
        &self,
        address: &str,
        form: String,
        authorization: Option<HeaderValue>,
    ) -> Result<Reply, OutboundError> {
        self.call(http::Method::POST, address, "application/json", authorization, Some(form)).await
    }

    async fn call(
        &self,
        method: http::Method,
        address: &str,
        accept: &'static str,
        authorization: Option<HeaderValue>,
        form: Option<String>,
    ) -> Result<Reply, OutboundError> {
        let address: Uri = address.parse().map_err(|_| OutboundError::Address)?;
        let target = address.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let authority = address.authority().ok_or(OutboundError::Address)?;
        let mut request = Request::builder()
            .method(method)
            .uri(target)
            .header(header::HOST, authority.as_str())
            .header(header::ACCEPT, accept)
            .header(header::USER_AGENT, "Skolstart")
            .header(header::CONNECTION, "close");
        if form.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(mut value) = authorization {
            value.set_sensitive(true);
            request = request.header(header::AUTHORIZATION, value);
        }
        let body = Full::new(Bytes::from(form.unwrap_or_default()));
        let request = request.body(body).map_err(|_| OutboundError::Address)?;
        let asked = self.connect_and_send(&address, request);
        tokio::time::timeout(TIME_LIMIT, asked).await.unwrap_or(Err(OutboundError::NoAnswer))
    }

    async fn connect_and_send(
        &self,
        address: &Uri,
        request: Request<Full<Bytes>>,
    ) -> Result<Reply, OutboundError> {
        let host = address.host().ok_or(OutboundError::Address)?;
        let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let (secure, usual) = match address.scheme_str() {
            Some("https") => (true, 443),
            Some("http") => (false, 80),
            _ => return Err(OutboundError::Address),
        };
        let port = address.port_u16().unwrap_or(usual);
        let stream = TcpStream::connect((bare.as_str(), port)).await.map_err(|_| OutboundError::NoAnswer)?;
        if !secure {
            return send(stream, request).await;
        }
        let name = ServerName::try_from(bare).map_err(|_| OutboundError::Address)?;
        let stream = self.tls.connect(name, stream).await.map_err(|_| OutboundError::NoAnswer)?;
        send(stream, request).await
    }
}

async fn send<S>(stream: S, request: Request<Full<Bytes>>) -> Result<Reply, OutboundError>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(stream)).await.map_err(|_| OutboundError::NoAnswer)?;
    // Ends with the answer: dropped with this call, whatever becomes of it.
    let connection = tokio::spawn(connection);
    let response = sender.send_request(request).await;
    let read = async {
        let response = response.map_err(|_| OutboundError::NoAnswer)?;
        let status = response.status().as_u16();
        let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
        let media_type = kind.trim().to_ascii_lowercase();
        let body = Limited::new(response.into_body(), MOST_BYTES).collect().await;
        let body = body.map_err(|error| match error.downcast_ref::<http_body_util::LengthLimitError>() {
            Some(_) => OutboundError::TooLarge,
            None => OutboundError::NoAnswer,
        })?;
        Ok(Reply { status, media_type, body: body.to_bytes().to_vec() })
    };
    let reply = read.await;
    connection.abort();
    reply
}
