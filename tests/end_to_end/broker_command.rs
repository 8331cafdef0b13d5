//! `veduta broker`: it serves, it says when it cannot, it ends when told.

use std::net::TcpListener;

use ngsild::{AttributeInstance, BrokerClient, ClientConfig, Entity, EntityQuery};
use tokio::runtime::Runtime;

use crate::{
    program::{Running, veduta},
    rooms::PATIENCE,
};

/// A client of the broker that a process runs.
fn client_of(running: &Running) -> BrokerClient {
    let line = running.printed.iter().find(|line| line.contains("http://"));
    let line =
        line.unwrap_or_else(|| panic!("it does not say where it is: {:#?}", running.printed));
    let url = line
        .split_whitespace()
        .find(|word| word.starts_with("http://"));
    let url = url.unwrap_or_default().trim_end_matches(['.', ',']);
    BrokerClient::new(ClientConfig::new(url)).expect("an address")
}

#[test]
fn it_serves_entities_until_it_is_interrupted() {
    let mut running = Running::start(&["broker", "--port", "0"], "Ctrl+C");
    let client = client_of(&running);
    let runtime = Runtime::new().expect("threads");
    runtime.block_on(async {
        let sensor = Entity::new("urn:ngsi-ld:Sensor:1", "Sensor")
            .with("level", AttributeInstance::property(3.0));
        client
            .create_entity(&sensor)
            .await
            .expect("it takes an entity");
        let found = client.all_entities(&EntityQuery::of_type("Sensor")).await;
        let found = found.expect("it answers");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].numeric_value("level"), Some(3.0));
    });
    if cfg!(unix) {
        let id = running.child.id().to_string();
        let interrupted = std::process::Command::new("kill")
            .args(["-INT", &id])
            .status();
        assert!(interrupted.is_ok_and(|status| status.success()));
        let ended = running.child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(0), "an interrupt is the way to end it");
    }
}

#[test]
fn it_can_be_fed_with_simulated_sensors() {
    let running = Running::start(&["broker", "--port", "0", "--simulate", "demo"], "Ctrl+C");
    let client = client_of(&running);
    let runtime = Runtime::new().expect("threads");
    let wanted = EntityQuery::of_type("AirQualityObserved");
    let found = runtime.block_on(async {
        let looking = async {
            loop {
                let entities = client.all_entities(&wanted).await.unwrap_or_default();
                if !entities.is_empty() {
                    return entities;
                }
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE, looking).await
    });
    let found = found.expect("air quality is simulated");
    assert!(found.iter().all(|entity| entity.location_wgs84().is_some()));
    assert!(
        found
            .iter()
            .all(|entity| entity.last_observed_at().is_some())
    );
}

#[test]
fn a_port_in_use_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let outcome = veduta(&["broker", "--port", &port]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let complaint = outcome.complaint();
    assert!(
        complaint.contains(&port)
            && complaint.contains("in use")
            && complaint.contains("another port"),
        "{complaint}"
    );
}

#[test]
fn it_listens_on_loopback_unless_told_otherwise() {
    let outcome = veduta(&["broker", "--port", "0", "--address", "0.0.0.0"]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let complaint = outcome.complaint();
    assert!(complaint.contains("other machines"), "{complaint}");
}

#[test]
fn only_what_there_is_can_be_simulated() {
    let outcome = veduta(&["broker", "--port", "0", "--simulate", "atlantis"]);
    assert_eq!(outcome.code, Some(2), "{outcome:#?}");
    let complaint = outcome.complaint();
    assert!(
        complaint.contains("atlantis") && complaint.contains("demo"),
        "{complaint}"
    );
}
