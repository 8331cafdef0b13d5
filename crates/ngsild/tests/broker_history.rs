//! The temporal interface: what the embedded broker has seen, and how the client asks for it.

mod fixture;

use fixture::{at, broker, get, raw, sensor};
use ngsild::{EntityQuery, TemporalQuery, TimeProperty, TimeWindow, UpsertMode};
use serde_json::json;

#[tokio::test]
async fn the_history_holds_what_was_written() {
    let (_broker, client) = broker().await;
    for second in 0..10 {
        let sensors = [
            sensor(1, second as f64, second * 60),
            sensor(2, 50.0, second * 60),
        ];
        client
            .upsert_batch(&sensors, UpsertMode::Update)
            .await
            .unwrap();
    }
    let window = TimeWindow::Between(at(120), at(300));
    let mut query = TemporalQuery::new(EntityQuery::of_type("Sensor"), window);
    query.entities.attributes = vec!["temperature".to_owned()];
    let answer = client.temporal(&query).await.unwrap();
    assert!(answer.diagnostics.items.is_empty());
    assert_eq!(answer.entities.len(), 2);
    let series: Vec<_> = answer.entities[0].numeric_series("temperature").collect();
    assert_eq!(series, [(at(120), 2.0), (at(180), 3.0), (at(240), 4.0)]);
    let unit = answer.entities[0].series["temperature"][0].unit_symbol();
    assert_eq!(unit.as_deref(), Some("°C"));

    query.window = TimeWindow::After(at(0));
    query.last_n = Some(2);
    let answer = client.temporal(&query).await.unwrap();
    let values: Vec<f64> = answer.entities[0]
        .numeric_series("temperature")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, [8.0, 9.0]);
    // A place without observedAt is in the history by the time of its change alone.
    query.entities.attributes = vec!["location".to_owned()];
    assert_eq!(client.temporal(&query).await.unwrap().entities.len(), 0);
    query.time_property = TimeProperty::ModifiedAt;
    assert_eq!(client.temporal(&query).await.unwrap().entities.len(), 2);
}

#[tokio::test]
async fn values_alone_come_as_pairs() {
    let (broker, client) = broker().await;
    for second in 0..3 {
        let sensor = sensor(1, second as f64, second);
        client
            .upsert_batch(&[sensor], UpsertMode::Update)
            .await
            .unwrap();
    }
    let path =
        "/temporal/entities/urn:ngsi-ld:Sensor:0001?attrs=temperature&options=temporalValues";
    let answer = get(&broker, path).await;
    let values = &answer.body["temperature"]["values"];
    assert_eq!(values[2], json!([2.0, at(2).to_string()]));
    let before = format!("{path}&timerel=before&timeAt={}", at(1));
    let answer = get(&broker, &before).await;
    assert_eq!(
        answer.body["temperature"]["values"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    for (path, status) in [
        (
            "/temporal/entities?type=Sensor&timerel=sometime&timeAt=2026-01-01T00:00:00Z",
            400,
        ),
        ("/temporal/entities?type=Sensor&timerel=after", 400),
        (
            "/temporal/entities?type=Sensor&timerel=after&timeAt=yesterday",
            400,
        ),
        (
            "/temporal/entities?type=Sensor&timerel=after&timeAt=2026-01-01T00:00:00Z&lastN=0",
            400,
        ),
        (
            "/temporal/entities?type=Sensor&timerel=after&timeAt=2026-01-01T00:00:00Z&q=a==1",
            501,
        ),
        (
            "/temporal/entities?type=Sensor&timerel=after&timeAt=2026-01-01T00:00:00Z&aggrMethods=avg",
            501,
        ),
        ("/temporal/entities/urn:s:none", 404),
    ] {
        assert_eq!(get(&broker, path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn history_can_be_handed_over_without_touching_the_present() {
    let (broker, client) = broker().await;
    let upload = json!({"id": "urn:m:1", "type": "Meter", "flow": [
        {"type": "Property", "value": 1, "observedAt": "2026-01-01T01:00:00Z"},
        {"type": "Property", "value": 0, "observedAt": "2026-01-01T00:00:00Z"}]});
    let path = "/temporal/entities";
    assert_eq!(
        raw(&broker, "POST", path, &[], Some(upload.clone()))
            .await
            .status,
        201
    );
    assert_eq!(
        raw(&broker, "POST", path, &[], Some(upload)).await.status,
        204
    );
    assert_eq!(get(&broker, "/entities/urn:m:1").await.status, 404);
    let window = TimeWindow::Before("2027-01-01T00:00:00Z".parse().unwrap());
    let query = TemporalQuery::new(EntityQuery::of_type("Meter"), window);
    let read = client.temporal(&query).await.unwrap().entities.remove(0);
    let values: Vec<f64> = read
        .numeric_series("flow")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, [0.0, 1.0], "in order and once");

    let mut moved = read.clone();
    moved.id = "urn:m:2".to_owned();
    client.upload_history(&moved).await.unwrap();
    assert_eq!(client.temporal(&query).await.unwrap().entities.len(), 2);
    assert_eq!(
        raw(&broker, "DELETE", "/temporal/entities/urn:m:1", &[], None)
            .await
            .status,
        204
    );
    assert_eq!(client.temporal(&query).await.unwrap().entities.len(), 1);
}

#[tokio::test]
async fn more_entities_than_a_page_holds_all_have_their_history() {
    let (_broker, client) = broker().await;
    let sensors: Vec<_> = (0..230).map(|n| sensor(n, 1.0, 0)).collect();
    client
        .upsert_batch(&sensors, UpsertMode::Update)
        .await
        .unwrap();
    let query = TemporalQuery::new(EntityQuery::of_type("Sensor"), TimeWindow::After(at(-1)));
    assert_eq!(client.temporal(&query).await.unwrap().entities.len(), 230);
}
