//! A keep-alive HTTP/1.1 connection that costs almost nothing: the requests are bytes made beforehand, and of an answer
//! only the status, the length and the cookie are read.

use skolstart_shared::api::Endpoint;
use std::io::{Error, ErrorKind, Result};
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// Name and value of the cookie that was set, if one was.
    pub(crate) cookie: Option<String>,
}

/// One connection.
pub(crate) struct Client {
    stream: TcpStream,
    received: Vec<u8>,
}

/// The bytes of a request as the browser program sends it.
pub(crate) fn request<E: Endpoint>(
    address: SocketAddr,
    path: &E::Path,
    cookie: &str,
    body: &[u8],
) -> Vec<u8> {
    let (method, path, length) = (E::METHOD.as_str(), E::path(path), body.len());
    let mut bytes =
        format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\naccept-language: sv\r\n").into_bytes();
    if !cookie.is_empty() {
        bytes.extend(format!("cookie: {cookie}\r\n").bytes());
    }
    if method != "GET" {
        let written = format!(
            "origin: http://{address}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n"
        );
        bytes.extend(written.bytes());
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    bytes
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, received: Vec::with_capacity(64 * 1024) })
    }

    /// Sends a request and reads its answer to the end. An error means that nothing is known about the request.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<Answer> {
        let mut sent = 0;
        while sent < request.len() {
            self.stream.writable().await?;
            match self.stream.try_write(&request[sent..]) {
                Ok(more) => sent += more,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        self.received.clear();
        let head = loop {
            if let Some(end) = self.received.windows(4).position(|four| four == b"\r\n\r\n") {
                break Head::read(&self.received[..end], end + 4)?;
            }
            self.receive().await?;
        };
        while self.received.len() < head.body + head.length {
            self.receive().await?;
        }
        let body = self.received[head.body..head.body + head.length].to_vec();
        Ok(Answer { status: head.status, body, cookie: head.cookie })
    }

    async fn receive(&mut self) -> Result<()> {
        self.stream.readable().await?;
        match self.stream.try_read_buf(&mut self.received) {
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            Err(error) => Err(error),
        }
    }
}

struct Head {
    status: u16,
    body: usize,
    length: usize,
    cookie: Option<String>,
}

impl Head {
    fn read(head: &[u8], body: usize) -> Result<Self> {
        let broken = || Error::from(ErrorKind::InvalidData);
        let text = std::str::from_utf8(head).map_err(|_| broken())?;
        let status = text.get(9..12).and_then(|status| status.parse().ok()).ok_or_else(broken)?;
        let field = |name: &str| {
            text.lines().skip(1).find_map(|line| {
                let (found, value) = line.split_once(':')?;
                found.eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let length = match field("content-length") {
            Some(length) => length.parse().map_err(|_| broken())?,
            None if status == 204 => 0,
            // Our server always knows the length. Anything else is not our server.
            None => return Err(broken()),
        };
        let cookie = field("set-cookie").and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        Ok(Self { status, body, length, cookie })
    }
}
