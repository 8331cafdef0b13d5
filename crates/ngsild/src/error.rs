//! What can go wrong such that an operation has no result. What can be survived is a diagnostic instead.

use std::net::SocketAddr;

/// Why an operation of this crate failed. The text says what happened, [`Error::remedy`] what to do about it, and
/// [`Error::explain`] both.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Bytes are not JSON.
    #[error("this is not valid JSON: {reason}")]
    Syntax {
        /// Where and why, as the parser says.
        reason: String,
    },
    /// JSON, but no NGSI-LD entity.
    #[error("this is no NGSI-LD entity: {reason}")]
    NotAnEntity {
        /// What is missing.
        reason: String,
    },
    /// The address of a broker or an endpoint cannot be used.
    #[error("'{url}' is not an address of a broker: {reason}")]
    InvalidUrl {
        /// As it was given.
        url: String,
        /// Why not.
        reason: String,
    },
    /// A header, tenant or context that HTTP cannot carry.
    #[error(
        "the {name} cannot be sent in an HTTP header: it holds a character that is not allowed there"
    )]
    InvalidHeader {
        /// Name of the header.
        name: String,
    },
    /// A query or subscription that is wrong before it is sent.
    #[error("the query cannot be asked: {reason}")]
    InvalidQuery {
        /// Why not.
        reason: String,
    },
    /// The HTTP client or its TLS roots could not be set up.
    #[error("the HTTP client could not be started: {reason}")]
    Client {
        /// Why not.
        reason: String,
    },
    /// Nothing listens at the address.
    #[error("{url} refused the connection")]
    Refused {
        /// What was asked.
        url: String,
    },
    /// The broker was too slow.
    #[error("{url} did not answer within {seconds} s")]
    Timeout {
        /// What was asked.
        url: String,
        /// How long was waited.
        seconds: u64,
    },
    /// No connection for another reason: name resolution, TLS, a broken connection.
    #[error("{url} could not be reached: {reason}")]
    Unreachable {
        /// What was asked.
        url: String,
        /// What the network said.
        reason: String,
    },
    /// The broker refused, mostly with ProblemDetails (ETSI GS CIM 009, 5.5.3).
    #[error("{url} answered {status}{}", problem_text(.title, .detail))]
    Answer {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// `type` of the ProblemDetails, without white space; empty where there is none.
        problem_type: String,
        /// `title` of the ProblemDetails.
        title: String,
        /// `detail` of the ProblemDetails.
        detail: String,
    },
    /// Something answered that is no NGSI-LD broker: a web page, a proxy, a login form.
    #[error("{url} answered {status} with {content_type} instead of JSON{}", excerpt_text(.excerpt))]
    NotJson {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// Content type of the answer, or words for its absence.
        content_type: String,
        /// How the answer begins.
        excerpt: String,
    },
    /// Called JSON, but broken or of an unexpected shape.
    #[error("the answer of {url} cannot be read: {reason}")]
    Unreadable {
        /// What was asked.
        url: String,
        /// Where and why.
        reason: String,
    },
    /// An answer larger than allowed; nothing of it was used.
    #[error("the answer of {url} is larger than {limit_bytes} bytes")]
    TooLarge {
        /// What was asked.
        url: String,
        /// The limit.
        limit_bytes: u64,
    },
    /// Another program listens there already.
    #[error("port {} on {} is in use by another program", .address.port(), .address.ip())]
    PortInUse {
        /// The address that was wanted.
        address: SocketAddr,
    },
    /// An address that other machines reach, without leave to do so.
    #[error(
        "{address} can be reached from other machines, and the embedded broker has no access control"
    )]
    NotLoopback {
        /// The address that was wanted.
        address: SocketAddr,
    },
    /// Listening failed for another reason.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address that was wanted.
        address: SocketAddr,
        /// What the system said.
        reason: String,
    },
}

fn problem_text(title: &str, detail: &str) -> String {
    match (title, detail) {
        ("", "") => String::new(),
        ("", text) | (text, "") => format!(": {text}"),
        (title, detail) => format!(": {title} ({detail})"),
    }
}

fn excerpt_text(excerpt: &str) -> String {
    if excerpt.is_empty() {
        String::new()
    } else {
        format!(", which begins '{excerpt}'")
    }
}

impl Error {
    /// What a person can do about it, in one sentence.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Syntax { .. } | Self::NotAnEntity { .. } => {
                "Check the file or the program that wrote it."
            }
            Self::InvalidUrl { .. } => "Give a URL such as http://localhost:1026.",
            Self::InvalidHeader { .. } => "Remove line breaks and letters outside ASCII from it.",
            Self::InvalidQuery { .. } => "Correct the query in the scene file.",
            Self::Client { .. } => "Check the certificates of this system.",
            Self::Refused { .. } => "Start the broker, or correct host and port.",
            Self::Timeout { .. } => {
                "Check the network and the load of the broker, or ask for fewer entities at once."
            }
            Self::Unreachable { .. } => "Check the host name, the network, and the certificate.",
            Self::Answer { status, .. } => remedy_for_status(*status),
            Self::NotJson { .. } => {
                "Check the URL: this looks like a web page, a proxy or a login form, not an NGSI-LD broker."
            }
            Self::Unreadable { .. } => {
                "Check that the URL is that of an NGSI-LD broker and that no proxy cuts its answers."
            }
            Self::TooLarge { .. } => "Ask for fewer entities at once, or raise the limit.",
            Self::PortInUse { .. } => {
                "Stop the other program, or choose another port; port 0 takes any free one."
            }
            Self::NotLoopback { .. } => {
                "Use 127.0.0.1, or allow public use if the network may be trusted."
            }
            Self::Listen { .. } => "Choose an address of this machine and a port above 1023.",
        }
    }

    /// What happened and what to do, as one text for a person.
    pub fn explain(&self) -> String {
        format!("{self}. {}", self.remedy())
    }

    /// Whether the same request may succeed later without anyone changing it.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Refused { .. } | Self::Timeout { .. } | Self::Unreachable { .. } => true,
            // A proxy in front of a broker that restarts answers with its own pages.
            Self::NotJson { .. } | Self::Unreadable { .. } => true,
            Self::Answer { status, .. } => *status >= 500 && *status != 501 || *status == 429,
            _ => false,
        }
    }

    /// The HTTP status the broker refused with.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Answer { status, .. } | Self::NotJson { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether the broker says that it cannot do this at all; brokers differ in the status they say it with.
    pub fn is_not_supported(&self) -> bool {
        match self {
            Self::Answer {
                status: 405 | 501, ..
            } => true,
            Self::Answer { problem_type, .. } => problem_type.ends_with("OperationNotSupported"),
            _ => false,
        }
    }
}

fn remedy_for_status(status: u16) -> &'static str {
    match status {
        401 | 403 => "Check the token or the password of this connection.",
        404 => "Check the URL, the id and the tenant.",
        409 => "Use another id, or update what exists.",
        413 => "Send less at once.",
        429 => "The broker is asked too often; wait, or ask less often.",
        405 | 422 | 501 => "This broker cannot do this; see the README for brokers that can.",
        400..=499 => "Correct the request as the broker says.",
        _ => "The fault is in the broker; look into its log.",
    }
}
