//! The link, from a change at the broker over real HTTP to an event, through outages and to its end.

mod fixture;

use std::time::Duration;

use fixture::{PATIENCE, at, broker, client_of, loopback, quick_link, sensor, spawn};
use jiff::Timestamp;
use ngsild::{
    Broker, BrokerClient, BrokerOptions, ClientConfig, Entity, Error, LinkEvent, UpsertMode,
};
use tokio::time::timeout;

async fn wait_for_subscriptions(client: &BrokerClient, number: usize) {
    let poll = async {
        while client.subscriptions().await.unwrap().len() != number {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, poll)
        .await
        .unwrap_or_else(|_| panic!("never {number} subscriptions"));
}

#[tokio::test]
async fn state_then_changes_then_an_orderly_end() {
    let (broker, client) = broker().await;
    let sensors: Vec<Entity> = (0..250).map(|n| sensor(n, 20.0, 0)).collect();
    client
        .upsert_batch(&sensors, UpsertMode::Update)
        .await
        .unwrap();
    let (handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));

    assert_eq!(events.wait_until_synchronized().await, 250);
    let fetched: usize = events
        .seen
        .iter()
        .map(|event| {
            if let LinkEvent::Entities(page) = event {
                page.len()
            } else {
                0
            }
        })
        .sum();
    assert_eq!(fetched, 250);
    assert!(matches!(
        &events.seen[0],
        LinkEvent::Connecting { attempt: 1, .. }
    ));
    let LinkEvent::Connected {
        entity_types,
        is_subscribed: true,
        ..
    } = &events.seen[1]
    else {
        panic!("{:?}", events.seen[1])
    };
    assert_eq!(entity_types, &["Sensor"]);
    let subscriptions = client.subscriptions().await.unwrap();
    assert_eq!(
        subscriptions[0].id.as_deref(),
        Some(handle.subscription_id())
    );
    assert_eq!(
        handle.subscription_id(),
        "urn:ngsi-ld:Subscription:veduta:test"
    );
    assert!(
        subscriptions[0].expires_at.is_some(),
        "a crashed viewer leaves nothing for ever"
    );

    let before = Timestamp::now();
    client
        .upsert_batch(&[sensor(7, 33.5, 60)], UpsertMode::Update)
        .await
        .unwrap();
    let event = events
        .wait_for_temperature("urn:ngsi-ld:Sensor:0007", 33.5)
        .await;
    let LinkEvent::Notification {
        entities,
        received_at,
        notified_at,
        coalesced,
    } = event
    else {
        unreachable!()
    };
    assert_eq!(
        entities[0].attribute("temperature").unwrap().observed_at,
        Some(at(60))
    );
    assert!(received_at >= before && notified_at.is_some());
    assert_eq!(coalesced, 0);

    client
        .delete_entity("urn:ngsi-ld:Sensor:0008")
        .await
        .unwrap();
    let gone = events
        .wait_for("Deleted", |event| match event {
            LinkEvent::Deleted(ids) => Some(ids.clone()),
            _ => None,
        })
        .await;
    assert_eq!(gone, ["urn:ngsi-ld:Sensor:0008"]);

    handle.shutdown().await;
    assert_eq!(client.subscriptions().await.unwrap(), []);
}

#[tokio::test]
async fn a_dropped_handle_ends_the_link_too() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let (handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));
    events.wait_until_synchronized().await;
    drop(handle);
    wait_for_subscriptions(&client, 0).await;

    // So does a dropped receiver.
    let (_handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));
    events.wait_until_synchronized().await;
    drop(events);
    wait_for_subscriptions(&client, 0).await;
}

#[tokio::test]
async fn what_a_crash_left_behind_is_replaced() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let crashed = ngsild::Subscription::to_types(
        "urn:ngsi-ld:Subscription:veduta:test",
        &["Sensor".to_owned()],
        "http://127.0.0.1:9/gone",
    );
    client.create_subscription(&crashed).await.unwrap();
    let (handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));
    events.wait_until_synchronized().await;
    let subscriptions = client.subscriptions().await.unwrap();
    assert_eq!(subscriptions.len(), 1);
    assert_eq!(
        subscriptions[0].notification.endpoint.uri,
        handle.endpoint_url()
    );
    client
        .upsert_batch(&[sensor(1, 21.0, 60)], UpsertMode::Update)
        .await
        .unwrap();
    events
        .wait_for_temperature("urn:ngsi-ld:Sensor:0001", 21.0)
        .await;
    handle.shutdown().await;
}

#[tokio::test]
async fn a_broker_that_dies_and_comes_back_is_found_again() {
    let (broker, client) = broker().await;
    client
        .upsert_batch(
            &[sensor(1, 20.0, 0), sensor(2, 20.0, 0)],
            UpsertMode::Update,
        )
        .await
        .unwrap();
    let address = broker.address();
    let (handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));
    events.wait_until_synchronized().await;

    broker.shutdown().await;
    events
        .wait_for("Disconnected", |event| {
            matches!(event, LinkEvent::Disconnected { .. }).then_some(())
        })
        .await;
    events
        .wait_for("a problem that says what to do", |event| match event {
            LinkEvent::Problem { message, remedy } => (message.contains("refused the connection")
                && remedy.contains("Start the broker"))
            .then_some(()),
            _ => None,
        })
        .await;

    // It comes back on the same port, remembering nothing. The link may find it before it has learnt of a sensor again.
    let broker = Broker::bind(address, BrokerOptions::default())
        .await
        .unwrap();
    let client = client_of(&broker);
    client.create_entity(&sensor(2, 25.0, 60)).await.unwrap();
    events
        .wait_for("Deleted", |event| match event {
            LinkEvent::Deleted(ids) => ids
                .contains(&"urn:ngsi-ld:Sensor:0001".to_owned())
                .then_some(()),
            _ => None,
        })
        .await;
    wait_for_subscriptions(&client, 1).await;
    client
        .upsert_batch(&[sensor(2, 26.0, 120)], UpsertMode::Update)
        .await
        .unwrap();
    events
        .wait_for_temperature("urn:ngsi-ld:Sensor:0002", 26.0)
        .await;
    handle.shutdown().await;
    assert_eq!(client.subscriptions().await.unwrap(), []);
}

#[tokio::test]
async fn a_lost_subscription_is_made_again() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let (handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));
    events.wait_until_synchronized().await;
    client
        .delete_subscription(handle.subscription_id())
        .await
        .unwrap();
    events.wait_until_synchronized().await;
    client
        .upsert_batch(&[sensor(1, 21.0, 60)], UpsertMode::Update)
        .await
        .unwrap();
    events
        .wait_for_temperature("urn:ngsi-ld:Sensor:0001", 21.0)
        .await;
    handle.shutdown().await;
}

#[tokio::test]
async fn a_lease_is_renewed_before_it_ends() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let mut config = quick_link(&broker.base_url(), "test");
    config.lease = Duration::from_secs(2);
    let (handle, mut events) = spawn(config);
    events.wait_until_synchronized().await;
    let first = client
        .subscription(handle.subscription_id())
        .await
        .unwrap()
        .expires_at;
    let renewed = async {
        while client
            .subscription(handle.subscription_id())
            .await
            .unwrap()
            .expires_at
            == first
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(PATIENCE, renewed)
        .await
        .expect("the subscription was not renewed");
    handle.shutdown().await;
}

#[tokio::test]
async fn entities_that_come_later_are_seen_even_of_new_types() {
    let (broker, client) = broker().await;
    let (handle, mut events) = spawn(quick_link(&broker.base_url(), "test"));
    assert_eq!(events.wait_until_synchronized().await, 0);
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    events
        .wait_for("the first type", |event| match event {
            LinkEvent::Connected {
                entity_types,
                is_subscribed: true,
                ..
            } => (entity_types == &["Sensor"]).then_some(()),
            _ => None,
        })
        .await;
    client
        .create_entity(&Entity::new("urn:d:1", "Device"))
        .await
        .unwrap();
    events
        .wait_for("the second type", |event| match event {
            LinkEvent::Connected { entity_types, .. } => {
                (entity_types == &["Device", "Sensor"]).then_some(())
            }
            _ => None,
        })
        .await;
    handle.shutdown().await;
}

#[tokio::test]
async fn history_before_the_start_is_fetched() {
    let (broker, client) = broker().await;
    let now = Timestamp::now().as_second() - 1_770_000_000;
    for minute in (0..5).rev() {
        let sensor = sensor(1, minute as f64, now - 60 * minute - 30);
        client
            .upsert_batch(&[sensor], UpsertMode::Update)
            .await
            .unwrap();
    }
    let mut config = quick_link(&broker.base_url(), "test");
    config.history = Some(Duration::from_secs(3 * 60));
    let (handle, mut events) = spawn(config);
    let history = events
        .wait_for("History", |event| match event {
            LinkEvent::History(evolutions) => Some(evolutions.clone()),
            _ => None,
        })
        .await;
    let values: Vec<f64> = history[0]
        .numeric_series("temperature")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, [2.0, 1.0, 0.0]);
    handle.shutdown().await;
}

#[tokio::test]
async fn a_slow_reader_gets_the_latest_values() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 0.0, 0)).await.unwrap();
    let mut config = quick_link(&broker.base_url(), "test");
    config.event_capacity = 4;
    let (handle, mut events) = spawn(config);
    events.wait_until_synchronized().await;
    for value in 1..=100 {
        let sensor = sensor(1, f64::from(value), i64::from(value));
        client
            .upsert_batch(&[sensor], UpsertMode::Update)
            .await
            .unwrap();
    }
    let delivered = async {
        loop {
            let subscription = client.subscription(handle.subscription_id()).await.unwrap();
            if subscription.notification.times_sent == Some(100) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, delivered)
        .await
        .expect("the broker was held up by the reader");
    let event = events
        .wait_for_temperature("urn:ngsi-ld:Sensor:0001", 100.0)
        .await;
    let LinkEvent::Notification { coalesced, .. } = event else {
        unreachable!()
    };
    assert!(coalesced > 0);
    handle.shutdown().await;
}

#[tokio::test]
async fn the_endpoint_takes_nothing_from_those_who_do_not_know_its_path() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let mut config = quick_link(&broker.base_url(), "test");
    config.max_notification_bytes = 10_000;
    let (handle, mut events) = spawn(config);
    events.wait_until_synchronized().await;
    let url = handle.endpoint_url().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let post = async |url: &str, body: String| {
        http.post(url)
            .body(body)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    let (base, _) = url.rsplit_once('/').unwrap();
    assert_eq!(post(&format!("{base}/guess"), "{}".to_owned()).await, 404);
    assert_eq!(post(&url, "not json".to_owned()).await, 400);
    assert_eq!(post(&url, "x".repeat(20_000)).await, 413);
    let mut refused = 0;
    while refused < 2 {
        refused += events
            .wait_for("a diagnostic", |event| match event {
                LinkEvent::Diagnostics(items) => {
                    Some(items.iter().filter(|d| d.code == "LD-014").count())
                }
                _ => None,
            })
            .await;
    }
    handle.shutdown().await;
}

#[tokio::test]
async fn ports_and_addresses_that_cannot_be_had_are_said_at_once() {
    let (broker, _client) = broker().await;
    let Err(error) = Broker::bind(broker.address(), BrokerOptions::default()).await else {
        panic!("two brokers on one port")
    };
    assert!(matches!(error, Error::PortInUse { .. }));
    let text = error.explain();
    assert!(
        text.contains(&broker.address().port().to_string()) && text.contains("port 0"),
        "{text}"
    );

    let Err(error) = Broker::bind("0.0.0.0:0".parse().unwrap(), BrokerOptions::default()).await
    else {
        panic!("public without leave")
    };
    assert!(matches!(error, Error::NotLoopback { .. }), "{error}");

    let mut config = quick_link(&broker.base_url(), "test");
    config.listen = broker.address();
    let runtime = tokio::runtime::Handle::current();
    let error = ngsild::BrokerLink::spawn(config, &runtime).err();
    assert!(matches!(error, Some(Error::PortInUse { .. })), "{error:?}");
    let mut config = quick_link("localhost:1026", "test");
    config.listen = loopback();
    let error = ngsild::BrokerLink::spawn(config, &runtime).err();
    assert!(matches!(error, Some(Error::InvalidUrl { .. })), "{error:?}");
    assert!(BrokerClient::new(ClientConfig::new("http://[::1]:1")).is_ok());
}
