//! Brokers that misbehave: each fault gives one clear error, and the link recovers when the fault is over.

mod fixture;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use fixture::{quick_link, spawn};
use ngsild::{
    BrokerClient, ClientConfig, EntityQuery, Error, LinkEvent, TemporalQuery, TimeWindow,
};
use serde_json::{Value, json};

type Script = Box<dyn Fn(&Uri) -> Response + Send>;

/// A server that answers as its script says.
#[derive(Clone)]
struct FakeBroker {
    url: String,
    script: Arc<Mutex<Script>>,
}

impl FakeBroker {
    async fn start(script: impl Fn(&Uri) -> Response + Send + 'static) -> Self {
        let script: Arc<Mutex<Script>> = Arc::new(Mutex::new(Box::new(script)));
        let answer = async |State(script): State<Arc<Mutex<Script>>>, uri: Uri| {
            let script = script.lock().unwrap();
            script(&uri)
        };
        let app = Router::new().fallback(answer).with_state(script.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, script }
    }

    fn become_another(&self, script: impl Fn(&Uri) -> Response + Send + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    fn client(&self) -> BrokerClient {
        BrokerClient::new(ClientConfig::new(self.url.clone())).unwrap()
    }
}

fn typed(status: u16, content_type: &'static str, body: impl Into<String>) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, [("content-type", content_type)], body.into()).into_response()
}

fn json_answer(body: &Value) -> Response {
    typed(200, "application/json; charset=utf-8", body.to_string())
}

const LOGIN_PAGE: &str = "<html><head><title>Log in</title></head></html>";

fn parameter(uri: &Uri, name: &str) -> Option<String> {
    let query = uri.query().unwrap_or_default();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn every_fault_has_an_error_that_says_what_to_do() {
    let broker = FakeBroker::start(|_| typed(200, "text/html", LOGIN_PAGE)).await;
    let client = broker.client();
    let error = client.types().await.unwrap_err();
    assert!(
        matches!(error, Error::NotJson { status: 200, .. }),
        "{error:?}"
    );
    let text = error.explain();
    assert!(
        text.contains("text/html") && text.contains("Log in") && text.contains("Check the URL"),
        "{text}"
    );

    broker.become_another(|_| typed(502, "text/html", LOGIN_PAGE));
    let error = client.types().await.unwrap_err();
    assert!(
        matches!(error, Error::NotJson { status: 502, .. }) && error.is_transient(),
        "{error}"
    );

    broker.become_another(|_| typed(200, "application/json", "{\"typeList\": [\"Sen"));
    let error = client.types().await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error:?}");

    broker.become_another(|_| json_answer(&json!({"hello": "world"})));
    let error = client
        .all_entities(&EntityQuery::of_type("S"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error:?}");

    for (status, body, expected) in [
        (
            500,
            json!({"title": "Internal", "detail": {"nested": true}}),
            "nested",
        ),
        (
            403,
            json!({"type": "https://uri.etsi.org/ngsi-ld/errors/TooManyResults ", "title": "T"}),
            "T",
        ),
        (
            400,
            json!({"details": "the old spelling"}),
            "the old spelling",
        ),
        (401, json!(null), "401"),
    ] {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        broker.become_another(move |_| typed(status, "application/problem+json", body.clone()));
        let error = client.types().await.unwrap_err();
        assert_eq!(error.status(), Some(status));
        assert!(error.to_string().contains(expected), "{error}");
    }
    broker.become_another(|_| typed(501, "text/plain", "no such thing here"));
    let error = client.types().await.unwrap_err();
    assert!(
        error.is_not_supported() && error.to_string().contains("no such thing here"),
        "{error}"
    );
}

#[tokio::test]
async fn silence_refusal_and_floods_are_told_apart() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let client = BrokerClient::new(ClientConfig::new(format!("http://{unused}"))).unwrap();
    let error = client.types().await.unwrap_err();
    assert!(matches!(error, Error::Refused { .. }), "{error:?}");
    assert!(
        error.explain().contains("Start the broker"),
        "{}",
        error.explain()
    );

    // Takes connections and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut config = ClientConfig::new(format!("http://{}", silent.local_addr().unwrap()));
    config.timeout = Duration::from_millis(100);
    let error = BrokerClient::new(config)
        .unwrap()
        .types()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error:?}");

    let broker = FakeBroker::start(|_| typed(200, "application/json", " ".repeat(100_000))).await;
    let mut config = ClientConfig::new(broker.url.clone());
    config.max_answer_bytes = 50_000;
    let error = BrokerClient::new(config)
        .unwrap()
        .types()
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::TooLarge {
                limit_bytes: 50_000,
                ..
            }
        ),
        "{error:?}"
    );

    let unknown = ClientConfig::new("http://no-such-host.invalid");
    let error = BrokerClient::new(unknown)
        .unwrap()
        .types()
        .await
        .unwrap_err();
    // Without a network the name service refuses or is silent; in any case there is a text.
    assert!(
        error.is_transient() || error.status().is_some(),
        "{error:?}"
    );
}

#[tokio::test]
async fn the_address_shown_in_errors_holds_no_password() {
    let broker = FakeBroker::start(|_| typed(500, "application/json", "{}")).await;
    let with_password = broker.url.replace("http://", "http://user:secret@");
    let client = BrokerClient::new(ClientConfig::new(with_password)).unwrap();
    let error = client.types().await.unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("secret"),
        "{error:?}"
    );
}

fn page(range: std::ops::Range<usize>) -> Response {
    let items: Vec<Value> = range
        .map(|n| json!({"id": format!("urn:s:{n}"), "type": "S"}))
        .collect();
    json_answer(&json!(items))
}

#[tokio::test]
async fn listings_survive_the_ways_of_real_brokers() {
    let number =
        |uri: &Uri, name: &str| -> usize { parameter(uri, name).unwrap().parse().unwrap() };
    let query = EntityQuery::of_type("S");
    // Ignores limit and offset, and would be asked for ever.
    let broker = FakeBroker::start(|_| page(0..150)).await;
    let client = broker.client();
    assert_eq!(client.all_entities(&query).await.unwrap().len(), 150);

    // Caps pages at 30 without a word.
    broker.become_another(move |uri| {
        let offset = number(uri, "offset");
        let mut answer = page(offset..(offset + 30).min(95));
        answer
            .headers_mut()
            .insert("NGSILD-Results-Count", 95.into());
        answer
    });
    assert_eq!(client.all_entities(&query).await.unwrap().len(), 95);

    // Refuses more than 30, in its own words.
    broker.become_another(move |uri| {
        let (limit, offset) = (number(uri, "limit"), number(uri, "offset"));
        if limit > 30 {
            let problem = json!({"type": "https://uri.etsi.org/ngsi-ld/errors/TooManyResults "});
            return typed(403, "application/json", problem.to_string());
        }
        page(offset..(offset + limit).min(95))
    });
    assert_eq!(client.all_entities(&query).await.unwrap().len(), 95);

    // Repeats entities between pages, and counts wrongly.
    broker.become_another(move |uri| {
        let offset = number(uri, "offset");
        let mut answer = page(offset.saturating_sub(5).min(200)..(offset + 100).min(200));
        answer
            .headers_mut()
            .insert("NGSILD-Results-Count", 7.into());
        answer
    });
    assert_eq!(client.all_entities(&query).await.unwrap().len(), 200);

    // Holds something that is no entity among the others: reported, the rest is used.
    broker.become_another(|_| {
        json_answer(&json!([{"id": "urn:s:1", "type": "S"}, 7, {"type": "S"}]))
    });
    let mut pages = client.entities(&query).unwrap();
    let page = pages.next_page().await.unwrap().unwrap();
    assert_eq!(page.entities.len(), 1);
    let codes: Vec<&str> = page.diagnostics.items.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["LD-001", "LD-001"]);
}

#[tokio::test]
async fn a_history_cut_into_parts_is_put_together() {
    let start = "2026-01-01T00:00:00Z";
    let broker = FakeBroker::start(move |uri| {
        let from: jiff::Timestamp = parameter(uri, "timeAt").unwrap().parse().unwrap();
        let minute = |n: i64| {
            from.checked_add(jiff::SignedDuration::from_mins(n))
                .unwrap()
        };
        let origin: jiff::Timestamp = start.parse().unwrap();
        let first = (from.as_second() - origin.as_second()) / 60;
        let is_last = first >= 4;
        let values: Vec<Value> = (0..3)
            .map(|n| json!([first + n, minute(n).to_string()]))
            .collect();
        let body =
            json!([{"id": "urn:s:1", "type": "S", "t": {"type": "Property", "values": values}}]);
        let mut answer = json_answer(&body);
        if !is_last {
            *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
            let range = format!("date-time {}-{}/*", from, minute(2));
            answer
                .headers_mut()
                .insert("Content-Range", range.parse().unwrap());
        }
        answer
    })
    .await;
    let window = TimeWindow::Between(
        start.parse().unwrap(),
        "2026-01-02T00:00:00Z".parse().unwrap(),
    );
    let query = TemporalQuery::new(EntityQuery::of_type("S"), window);
    let answer = broker.client().temporal(&query).await.unwrap();
    let values: Vec<f64> = answer.entities[0]
        .numeric_series("t")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert!(answer.diagnostics.items.is_empty());
}

/// Lists one entity, knows no subscriptions and no history.
fn partial_broker(value: i64) -> impl Fn(&Uri) -> Response + Send {
    move |uri| match uri.path() {
        "/ngsi-ld/v1/types" => json_answer(&json!(["S"])),
        "/ngsi-ld/v1/entities" => json_answer(&json!([
            {"id": "urn:s:1", "type": "S", "v": [{"value": value}]}
        ])),
        _ => typed(
            422,
            "application/json",
            json!({
                "type": "https://uri.etsi.org/ngsi-ld/errors/OperationNotSupported",
                "title": "The operation is not supported"
            })
            .to_string(),
        ),
    }
}

async fn wait_for_value(events: &mut fixture::Events, expected: f64) {
    events
        .wait_for("the value", |event| match event {
            LinkEvent::Entities(entities) => {
                (entities[0].numeric_value("v") == Some(expected)).then_some(())
            }
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_broker_without_subscriptions_is_asked_again_and_again() {
    let broker = FakeBroker::start(partial_broker(1)).await;
    let mut config = quick_link(&broker.url, "test");
    config.history = Some(Duration::from_secs(60));
    let (handle, mut events) = spawn(config);
    wait_for_value(&mut events, 1.0).await;
    let problem = events.seen.iter().find_map(|event| match event {
        LinkEvent::Problem { message, remedy } => Some((message, remedy)),
        _ => None,
    });
    let (message, remedy) = problem.expect("it was not said");
    assert!(
        message.contains("no subscription") && remedy.contains("asked for every"),
        "{message} {remedy}"
    );
    events
        .wait_for("word of the missing history", |event| match event {
            LinkEvent::Problem { message, .. } => message.contains("no history").then_some(()),
            _ => None,
        })
        .await;
    broker.become_another(partial_broker(2));
    wait_for_value(&mut events, 2.0).await;
    handle.shutdown().await;
}

#[tokio::test]
async fn the_link_recovers_from_every_fault() {
    let faults: [fn() -> Response; 4] = [
        || typed(500, "application/json", "{}"),
        || typed(200, "text/html", LOGIN_PAGE),
        || typed(200, "application/json", "[{\"id\": \"urn:s"),
        || typed(503, "text/plain", "starting"),
    ];
    let broker = FakeBroker::start(partial_broker(0)).await;
    let (handle, mut events) = spawn(quick_link(&broker.url, "test"));
    wait_for_value(&mut events, 0.0).await;
    for (round, fault) in (1..).zip(faults) {
        broker.become_another(move |_| fault());
        let remedy = events
            .wait_for("a problem", |event| match event {
                LinkEvent::Problem { message, remedy } if message.contains("/types") => {
                    Some(remedy.clone())
                }
                _ => None,
            })
            .await;
        assert!(!remedy.is_empty());
        broker.become_another(partial_broker(round));
        wait_for_value(&mut events, round as f64).await;
    }
    handle.shutdown().await;
}
