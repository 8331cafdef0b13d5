//! Brokers that are broken, are none, or are not there: one message that says what to do, and the scene goes on.

use std::{
    net::{SocketAddr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Router, http::StatusCode};
use ngsild::{AttributeInstance, Entity};
use tokio::runtime::Runtime;
use veduta::{
    city::Side,
    live::{LinkStage, LiveIndex, SceneLinks},
    stream::{Finding, StreamState},
};

use crate::{
    broker::{TestBroker, seconds_ago},
    district::HOUSE,
    rooms::Rooms,
    scene_folder::SceneFolder,
};

/// A web server that gives the same answer to everything and counts.
struct FaultyServer {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl FaultyServer {
    fn start(status: u16, content_type: &'static str, body: &'static str) -> Self {
        let runtime = Runtime::new().expect("threads");
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let answer = move || {
            count.fetch_add(1, Ordering::Relaxed);
            let status = StatusCode::from_u16(status).expect("a status");
            async move { (status, [("content-type", content_type)], body) }
        };
        let app = Router::new().fallback(answer);
        let bound = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"));
        let listener = bound.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self {
            address,
            asked,
            _runtime: runtime,
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

fn in_scene(name: &str, address: SocketAddr) -> String {
    format!("[[brokers]]\nname = \"{name}\"\nurl = \"http://{address}\"\n")
}

fn findings_of<'a>(rooms: &'a Rooms, broker: &str) -> Vec<&'a Finding> {
    let findings = rooms.findings().iter();
    findings
        .filter(|finding| finding.source == broker)
        .collect()
}

fn stage_of(rooms: &Rooms, broker: &str) -> LinkStage {
    let links = &rooms.resource::<SceneLinks>().links;
    let link = links.iter().find(|link| link.name == broker);
    link.expect("the scene names it").stage.clone()
}

/// Opens the district with a faulty broker, waits until it was asked repeatedly, and expects one message.
fn expect_one_message(server: &FaultyServer, words: &[&str]) {
    let folder = SceneFolder::new();
    let mut rooms = Rooms::with_scene(&folder.scene_with(&in_scene("Faulty", server.address)));
    rooms.update_until("the broker was tried three times", |world| {
        server.asked() >= 3 && world.resource::<StreamState>().is_settled()
    });
    for _ in 0..20 {
        rooms.update();
    }
    assert!(
        rooms.is_shown(Side::Left, HOUSE),
        "the scene is there all the same"
    );
    let found = findings_of(&rooms, "Faulty");
    assert_eq!(
        found.len(),
        1,
        "one message, however often it is tried: {found:#?}"
    );
    for word in words {
        assert!(
            found[0].message.contains(word),
            "'{word}' is not in: {}",
            found[0].message
        );
    }
    let LinkStage::Broken { reason, remedy } = stage_of(&rooms, "Faulty") else {
        panic!(
            "the link does not look broken: {:?}",
            stage_of(&rooms, "Faulty")
        );
    };
    assert!(!reason.is_empty() && !remedy.is_empty());
}

#[test]
fn a_broker_that_answers_500_gives_one_message_with_a_remedy() {
    let body = r#"{"type": "about:blank", "title": "Internal error", "detail": "database gone"}"#;
    let server = FaultyServer::start(500, "application/json", body);
    expect_one_message(
        &server,
        &["500", "database gone", ". The fault is in the broker"],
    );
}

#[test]
fn a_web_page_instead_of_a_broker_gives_one_message_with_a_remedy() {
    let server = FaultyServer::start(200, "text/html", "<html><title>Log in</title></html>");
    expect_one_message(&server, &["text/html", ". Check the URL"]);
}

#[test]
fn a_broker_that_is_not_there_does_not_hold_up_the_one_that_is() {
    let unused = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let unused = unused.expect("a port that nobody listens on");
    let broker = TestBroker::start();
    let sensor = Entity::new("urn:ngsi-ld:Sensor:1", "Sensor").with(
        "level",
        AttributeInstance::property(3.0).observed_at(seconds_ago(10)),
    );
    broker.create(&sensor);
    let folder = SceneFolder::new();
    let brokers = format!(
        "{}{}",
        in_scene("Absent", unused),
        broker.in_scene("Present")
    );
    let mut rooms = Rooms::with_scene(&folder.scene_with(&brokers));
    rooms.update_until("the entity of the good broker is there", |world| {
        world
            .resource::<LiveIndex>()
            .get("urn:ngsi-ld:Sensor:1")
            .is_some()
    });
    rooms.update_until("the absent broker is reported", |world| {
        let findings = &world.resource::<StreamState>().findings;
        findings.iter().any(|finding| finding.source == "Absent")
    });
    assert_eq!(stage_of(&rooms, "Present"), LinkStage::Connected);
    let found = findings_of(&rooms, "Absent");
    assert!(
        found[0].message.contains(&unused.port().to_string())
            && found[0].message.contains("Start the broker"),
        "{}",
        found[0].message
    );
}
