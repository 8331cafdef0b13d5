//! Subscriptions of the embedded broker: what is notified to whom, seen by a receiver of its own.

mod fixture;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::{Json, Router};
use fixture::{PATIENCE, at, broker, get, raw, sensor};
use ngsild::{AttributeInstance, Entity, RunningBroker, UpsertMode};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

type Received = (HeaderMap, Value);

struct Receiver {
    url: String,
    received: UnboundedReceiver<Received>,
}

impl Receiver {
    /// A subscriber that answers everything with a status.
    async fn start(status: StatusCode) -> Self {
        let (sender, received) = unbounded_channel();
        let take = async move |State(sender): State<Arc<UnboundedSender<Received>>>,
                               headers: HeaderMap,
                               Json(body): Json<Value>| {
            sender.send((headers, body)).unwrap();
            status
        };
        let app = Router::new()
            .route("/", post(take))
            .with_state(Arc::new(sender));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, received }
    }

    async fn next(&mut self) -> Received {
        timeout(PATIENCE, self.received.recv())
            .await
            .expect("no notification")
            .unwrap()
    }

    /// Values of the next notification's only entity.
    async fn next_temperature(&mut self) -> f64 {
        let (_, body) = self.next().await;
        body["data"][0]["temperature"]["value"]
            .as_f64()
            .unwrap_or_else(|| panic!("{body}"))
    }

    fn subscription(&self, more: Value) -> Value {
        let mut body = json!({
            "id": "urn:ngsi-ld:Subscription:test", "type": "Subscription",
            "entities": [{"type": "Sensor"}],
            "notification": {"endpoint": {"uri": self.url}}
        });
        merge(&mut body, more);
        body
    }
}

fn merge(target: &mut Value, more: Value) {
    for (key, value) in more.as_object().unwrap() {
        match (target.get_mut(key), value) {
            (Some(inner @ Value::Object(_)), Value::Object(_)) => merge(inner, value.clone()),
            _ => target[key] = value.clone(),
        }
    }
}

async fn subscribe(broker: &RunningBroker, body: Value) {
    let answer = raw(broker, "POST", "/subscriptions", &[], Some(body)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
}

async fn status_of_delivery(broker: &RunningBroker, wanted: &str) -> Value {
    let path = "/subscriptions/urn:ngsi-ld:Subscription:test";
    let poll = async {
        loop {
            let body = get(broker, path).await.body;
            if body["notification"]["status"] == wanted {
                return body;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, poll)
        .await
        .expect("the status did not come")
}

#[tokio::test]
async fn a_change_is_notified_with_what_was_asked_for() {
    let (broker, client) = broker().await;
    let mut receiver = Receiver::start(StatusCode::OK).await;
    // No initial notification (5.8.6): this one exists before.
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let info = json!([{"key": "X-Viewer", "value": "twin-1"}]);
    let more = json!({"notification": {"attributes": ["temperature"],
        "endpoint": {"receiverInfo": info}}});
    subscribe(&broker, receiver.subscription(more)).await;
    client
        .upsert_batch(&[sensor(1, 21.0, 60)], UpsertMode::Update)
        .await
        .unwrap();

    let (headers, body) = receiver.next().await;
    assert_eq!(headers["x-viewer"], "twin-1");
    assert_eq!(headers["content-type"], "application/json");
    assert!(
        headers["link"]
            .to_str()
            .unwrap()
            .contains("json-ld#context")
    );
    assert_eq!(body["type"], "Notification");
    assert_eq!(body["subscriptionId"], "urn:ngsi-ld:Subscription:test");
    let entity = &body["data"][0];
    assert_eq!(
        entity["temperature"]["value"],
        json!(21.0),
        "the change, not the state before"
    );
    assert_eq!(entity["temperature"]["observedAt"], at(60).to_string());
    assert!(entity.get("location").is_none());

    let status = status_of_delivery(&broker, "ok").await;
    assert_eq!(status["notification"]["timesSent"], 1);
    assert!(status["notification"]["lastSuccess"].is_string());
    assert_eq!(status["status"], "active");
}

#[tokio::test]
async fn only_changes_that_concern_it_are_notified() {
    let (broker, client) = broker().await;
    let mut receiver = Receiver::start(StatusCode::OK).await;
    let area = json!([[
        [7.0, 50.0],
        [7.05, 50.0],
        [7.05, 51.0],
        [7.0, 51.0],
        [7.0, 50.0]
    ]]);
    let more = json!({
        "entities": [{"type": "Sensor", "idPattern": "Sensor:000"}],
        "watchedAttributes": ["temperature"],
        "q": "temperature>25",
        "geoQ": {"georel": "within", "geometry": "Polygon", "coordinates": area}
    });
    subscribe(&broker, receiver.subscription(more)).await;
    let unwatched = Entity::new("urn:ngsi-ld:Sensor:0001", "Sensor")
        .with("name", AttributeInstance::property("roof"));
    for entity in [
        sensor(1, 20.0, 0),    // too cold
        sensor(9, 30.0, 0),    // too far east
        sensor(1000, 30.0, 0), // another id
        Entity {
            entity_types: vec!["Other".into()],
            ..sensor(2, 30.0, 0)
        }, // another type
        unwatched,             // another attribute
        sensor(3, 31.0, 0),
    ] {
        client
            .upsert_batch(&[entity], UpsertMode::Update)
            .await
            .unwrap();
    }
    assert_eq!(receiver.next_temperature().await, 31.0);
    client
        .upsert_batch(&[sensor(1, 26.0, 60)], UpsertMode::Update)
        .await
        .unwrap();
    assert_eq!(receiver.next_temperature().await, 26.0);
}

#[tokio::test]
async fn every_observation_is_notified_unless_throttled() {
    let (broker, client) = broker().await;
    let mut all = Receiver::start(StatusCode::OK).await;
    let mut throttled = Receiver::start(StatusCode::OK).await;
    subscribe(&broker, all.subscription(json!({}))).await;
    let id = "urn:ngsi-ld:Subscription:throttled";
    subscribe(
        &broker,
        throttled.subscription(json!({"id": id, "throttling": 1})),
    )
    .await;
    // Twenty observations of one sensor in one request, so that all are there when the first may be sent.
    let batch: Vec<Entity> = (0..20)
        .map(|n| sensor(1, f64::from(n), i64::from(n)))
        .collect();
    client
        .upsert_batch(&batch, UpsertMode::Update)
        .await
        .unwrap();
    for value in 0..20 {
        assert_eq!(all.next_temperature().await, f64::from(value));
    }
    assert_eq!(throttled.next_temperature().await, 19.0);
    // What changes before the second is over is told after it.
    client
        .upsert_batch(&[sensor(1, 20.0, 20)], UpsertMode::Update)
        .await
        .unwrap();
    assert_eq!(throttled.next_temperature().await, 20.0);
}

#[tokio::test]
async fn deletions_are_notified_to_those_who_ask() {
    let (broker, client) = broker().await;
    let mut receiver = Receiver::start(StatusCode::OK).await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let triggers = json!({"notificationTrigger": ["entityDeleted", "attributeDeleted"]});
    subscribe(&broker, receiver.subscription(triggers)).await;
    client
        .upsert_batch(&[sensor(1, 21.0, 60)], UpsertMode::Update)
        .await
        .unwrap();
    let attribute = "/entities/urn:ngsi-ld:Sensor:0001/attrs/temperature";
    assert_eq!(
        raw(&broker, "DELETE", attribute, &[], None).await.status,
        204
    );
    let (_, body) = receiver.next().await;
    assert_eq!(
        body["data"][0]["temperature"]["value"], "urn:ngsi-ld:null",
        "{body}"
    );
    client
        .delete_entity("urn:ngsi-ld:Sensor:0001")
        .await
        .unwrap();
    let (_, body) = receiver.next().await;
    assert!(body["data"][0]["deletedAt"].is_string(), "{body}");
    assert!(body["data"][0].get("location").is_none());
}

#[tokio::test]
async fn forms_pauses_and_ends_of_a_subscription() {
    let (broker, client) = broker().await;
    let mut receiver = Receiver::start(StatusCode::OK).await;
    let form = json!({"notification": {"format": "keyValues",
        "endpoint": {"accept": "application/ld+json"}}});
    subscribe(&broker, receiver.subscription(form)).await;
    let path = "/subscriptions/urn:ngsi-ld:Subscription:test";

    let pause = Some(json!({"isActive": false}));
    assert_eq!(raw(&broker, "PATCH", path, &[], pause).await.status, 204);
    assert_eq!(get(&broker, path).await.body["status"], "paused");
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let go_on = Some(json!({"isActive": true, "expiresAt": "2100-01-01T00:00:00Z"}));
    assert_eq!(raw(&broker, "PATCH", path, &[], go_on).await.status, 204);
    client
        .upsert_batch(&[sensor(1, 21.0, 60)], UpsertMode::Update)
        .await
        .unwrap();

    let (headers, body) = receiver.next().await;
    assert_eq!(
        body["data"][0]["temperature"],
        json!(21.0),
        "the paused change is not told"
    );
    assert_eq!(headers["ngsild-attribute-format"], "simplified");
    assert!(body["data"][0]["@context"].is_string());

    assert_eq!(raw(&broker, "DELETE", path, &[], None).await.status, 204);
    assert_eq!(raw(&broker, "DELETE", path, &[], None).await.status, 404);
    assert_eq!(client.subscriptions().await.unwrap(), []);
}

#[tokio::test]
async fn a_failing_subscriber_is_shown_as_such() {
    let (broker, client) = broker().await;
    let mut receiver = Receiver::start(StatusCode::INTERNAL_SERVER_ERROR).await;
    subscribe(&broker, receiver.subscription(json!({}))).await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    receiver.next().await;
    let status = status_of_delivery(&broker, "failed").await;
    assert_eq!(status["notification"]["timesFailed"], 1);
    assert!(status["notification"]["lastFailure"].is_string());
}

#[tokio::test]
async fn wrong_subscriptions_are_refused() {
    let (broker, _client) = broker().await;
    let receiver = Receiver::start(StatusCode::OK).await;
    subscribe(&broker, receiver.subscription(json!({}))).await;
    let endpoint = |uri: &str| json!({"notification": {"endpoint": {"uri": uri}}});
    for (more, status) in [
        (json!({}), 409),
        (
            json!({"id": "urn:s:2", "expiresAt": "2020-01-01T00:00:00Z"}),
            400,
        ),
        (json!({"id": "urn:s:2", "q": "temperature>>"}), 400),
        (json!({"id": "urn:s:2", "throttling": -1}), 400),
        (
            json!({"id": "urn:s:2", "notificationTrigger": ["sometimes"]}),
            400,
        ),
        (json!({"id": "urn:s:2", "entities": []}), 400),
        (json!({"id": "urn:s:2", "type": "Wish"}), 400),
        (json!({"id": "urn:s:2", "timeInterval": 5}), 501),
        (
            json!({"id": "urn:s:2", "notification": {"endpoint": {"uri": "mqtt://host/topic"}}}),
            501,
        ),
        (
            json!({"id": "urn:s:2", "notification": endpoint("nowhere")["notification"]}),
            400,
        ),
        (
            json!({"id": "urn:s:2", "notification": {"format": "poem"}}),
            400,
        ),
    ] {
        let body = receiver.subscription(more.clone());
        let answer = raw(&broker, "POST", "/subscriptions", &[], Some(body)).await;
        assert_eq!(answer.status, status, "{more}: {}", answer.body);
    }
}
