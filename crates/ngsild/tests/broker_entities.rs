//! The embedded broker over real HTTP: entities, attributes, batches, queries and pages.

mod fixture;

use fixture::{at, broker, get, raw, sensor};
use ngsild::{AttributeInstance, Entity, EntityQuery, Error, GeoQuery, Position, UpsertMode};
use serde_json::json;

#[tokio::test]
async fn an_entity_is_created_read_changed_and_deleted() {
    let (broker, client) = broker().await;
    let entity = sensor(1, 20.5, 0);
    client.create_entity(&entity).await.unwrap();
    let error = client.create_entity(&entity).await.unwrap_err();
    assert_eq!(error.status(), Some(409), "{error}");

    let read = client.entity(&entity.id).await.unwrap();
    assert_eq!(read, entity);

    let patch = Entity::new(entity.id.clone(), "Sensor").with(
        "temperature",
        AttributeInstance::property(21.0).observed_at(at(60)),
    );
    client.patch_attributes(&patch).await.unwrap();
    let more =
        Entity::new(entity.id.clone(), "Sensor").with("name", AttributeInstance::property("roof"));
    client.append_attributes(&more).await.unwrap();
    let read = client.entity(&entity.id).await.unwrap();
    assert_eq!(read.numeric_value("temperature"), Some(21.0));
    assert_eq!(read.text_value("name"), Some("roof"));

    client.delete_entity(&entity.id).await.unwrap();
    let error = client.entity(&entity.id).await.unwrap_err();
    let Error::Answer {
        status: 404,
        problem_type,
        ..
    } = &error
    else {
        panic!("{error}")
    };
    assert!(problem_type.ends_with("/ResourceNotFound"));
    broker.shutdown().await;
}

#[tokio::test]
async fn updates_of_attributes_follow_the_standard() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let path = "/entities/urn:ngsi-ld:Sensor:0001";

    let unknown = json!({"temperature": {"value": 22}, "nope": {"value": 1}});
    let answer = raw(
        &broker,
        "PATCH",
        &format!("{path}/attrs"),
        &[],
        Some(unknown),
    )
    .await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.body["updated"], json!(["temperature"]));
    assert_eq!(answer.body["notUpdated"][0]["attributeName"], "nope");

    let partial = json!({"value": 23});
    let answer = raw(
        &broker,
        "PATCH",
        &format!("{path}/attrs/temperature"),
        &[],
        Some(partial),
    )
    .await;
    assert_eq!(answer.status, 204);
    let nope = format!("{path}/attrs/nope");
    let answer = raw(&broker, "PATCH", &nope, &[], Some(json!({"value": 1}))).await;
    assert_eq!(answer.status, 404);

    let merge = json!({"location": "urn:ngsi-ld:null", "name": {"value": "roof"}});
    assert_eq!(
        raw(&broker, "PATCH", path, &[], Some(merge)).await.status,
        204
    );
    let dataset =
        json!({"temperature": {"type": "Property", "value": 9, "datasetId": "urn:d:cellar"}});
    let answer = raw(
        &broker,
        "POST",
        &format!("{path}/attrs"),
        &[],
        Some(dataset),
    )
    .await;
    assert_eq!(answer.status, 204);

    let read = client.entity("urn:ngsi-ld:Sensor:0001").await.unwrap();
    assert_eq!(read.numeric_value("temperature"), Some(23.0));
    assert_eq!(
        read.attributes["temperature"].len(),
        2,
        "default and cellar"
    );
    assert!(!read.attributes.contains_key("location"));

    let one = format!("{path}/attrs/temperature?datasetId=urn:d:cellar");
    assert_eq!(raw(&broker, "DELETE", &one, &[], None).await.status, 204);
    assert_eq!(raw(&broker, "DELETE", &one, &[], None).await.status, 404);
    let read = client.entity("urn:ngsi-ld:Sensor:0001").await.unwrap();
    assert_eq!(read.attributes["temperature"].len(), 1);
}

#[tokio::test]
async fn batches_tell_which_entities_failed() {
    let (broker, client) = broker().await;
    let sensors: Vec<Entity> = (0..1200).map(|n| sensor(n, 20.0, 0)).collect();
    let outcome = client
        .upsert_batch(&sensors, UpsertMode::Update)
        .await
        .unwrap();
    assert_eq!(outcome.failures, []);
    let update = Entity::new("urn:ngsi-ld:Sensor:0007", "Sensor")
        .with("name", AttributeInstance::property("seven"));
    client
        .upsert_batch(std::slice::from_ref(&update), UpsertMode::Update)
        .await
        .unwrap();
    let read = client.entity(&update.id).await.unwrap();
    assert_eq!(
        (read.attributes.len(), read.text_value("name")),
        (3, Some("seven"))
    );
    client
        .upsert_batch(std::slice::from_ref(&update), UpsertMode::Replace)
        .await
        .unwrap();
    assert_eq!(client.entity(&update.id).await.unwrap().attributes.len(), 1);

    let batch = json!([{"id": "urn:s:ok", "type": "T"}, {"id": "not a uri", "type": "T"}]);
    let answer = raw(
        &broker,
        "POST",
        "/entityOperations/upsert",
        &[],
        Some(batch),
    )
    .await;
    assert_eq!(answer.status, 207);
    assert_eq!(answer.body["success"], json!(["urn:s:ok"]));
    assert_eq!(answer.body["errors"][0]["entityId"], "not a uri");

    let ids = vec![update.id.clone(), "urn:s:never".to_owned()];
    let outcome = client.delete_batch(&ids).await.unwrap();
    assert_eq!(outcome.failures.len(), 1);
    assert_eq!(outcome.failures[0].entity_id, "urn:s:never");
}

#[tokio::test]
async fn two_hundred_and_fifty_entities_come_page_by_page() {
    let (broker, client) = broker().await;
    let sensors: Vec<Entity> = (0..250).map(|n| sensor(n, f64::from(n), 0)).collect();
    client
        .upsert_batch(&sensors, UpsertMode::Update)
        .await
        .unwrap();

    let mut pages = client.entities(&EntityQuery::of_type("Sensor")).unwrap();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next_page().await.unwrap() {
        assert_eq!(page.total, Some(250));
        sizes.push(page.entities.len());
    }
    assert_eq!(sizes, [100, 100, 50]);

    let answer = get(
        &broker,
        "/entities?type=Sensor&limit=100&offset=100&count=true",
    )
    .await;
    assert_eq!(answer.header("NGSILD-Results-Count"), "250");
    let links = answer.links();
    assert!(
        links
            .iter()
            .any(|l| l.contains("offset=200") && l.contains("rel=\"next\"")),
        "{links:?}"
    );
    assert!(
        links
            .iter()
            .any(|l| l.contains("offset=0") && l.contains("rel=\"prev\"")),
        "{links:?}"
    );
    let last = get(&broker, "/entities?type=Sensor&limit=100&offset=200").await;
    assert!(
        last.links()
            .iter()
            .all(|link| !link.contains("rel=\"next\""))
    );
    assert!(
        last.header("NGSILD-Results-Count").is_empty(),
        "not asked for"
    );
}

#[tokio::test]
async fn queries_find_what_they_say() {
    let (broker, client) = broker().await;
    let sensors: Vec<Entity> = (0..10)
        .map(|n| sensor(n, f64::from(n), i64::from(n)))
        .collect();
    client
        .upsert_batch(&sensors, UpsertMode::Update)
        .await
        .unwrap();
    let device = Entity::new("urn:ngsi-ld:Device:1", "Device")
        .with("status", AttributeInstance::property("ok"));
    client.create_entity(&device).await.unwrap();

    let warm = EntityQuery {
        q: Some("temperature>=7".into()),
        ..EntityQuery::of_type("Sensor")
    };
    assert_eq!(client.all_entities(&warm).await.unwrap().len(), 3);
    let near = EntityQuery {
        geo: Some(GeoQuery::near(Position::new(7.0, 50.7), 1500.0)),
        ..EntityQuery::of_type("Sensor")
    };
    // 0.01° of longitude are 706 m at this latitude: numbers 0, 1 and 2.
    assert_eq!(client.all_entities(&near).await.unwrap().len(), 3);
    let corner = |x: f64, y: f64| Position::new(x, y);
    let ring = vec![
        corner(7.015, 50.0),
        corner(7.045, 50.0),
        corner(7.045, 51.0),
        corner(7.015, 51.0),
        corner(7.015, 50.0),
    ];
    let within = EntityQuery {
        geo: Some(GeoQuery::within(vec![ring])),
        ..EntityQuery::of_type("Sensor")
    };
    let found: Vec<String> = client
        .all_entities(&within)
        .await
        .unwrap()
        .into_iter()
        .map(|e| e.id)
        .collect();
    assert_eq!(
        found,
        [
            "urn:ngsi-ld:Sensor:0002",
            "urn:ngsi-ld:Sensor:0003",
            "urn:ngsi-ld:Sensor:0004"
        ]
    );

    let both = get(&broker, "/entities?type=Sensor,Device&limit=100").await;
    assert_eq!(both.ids().len(), 11);
    let by_pattern = get(&broker, "/entities?type=Sensor&idPattern=000%5B12%5D$").await;
    assert_eq!(
        by_pattern.ids(),
        ["urn:ngsi-ld:Sensor:0001", "urn:ngsi-ld:Sensor:0002"]
    );
    let by_id = get(&broker, "/entities?type=Sensor&id=urn:ngsi-ld:Sensor:0003").await;
    assert_eq!(by_id.ids(), ["urn:ngsi-ld:Sensor:0003"]);
    let by_attribute = get(&broker, "/entities?attrs=status").await;
    assert_eq!(by_attribute.ids(), ["urn:ngsi-ld:Device:1"]);
    assert_eq!(client.types().await.unwrap(), ["Device", "Sensor"]);
}

#[tokio::test]
async fn answers_come_in_the_form_asked_for() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let simplified = get(&broker, "/entities?type=Sensor&options=keyValues").await;
    assert_eq!(simplified.body[0]["temperature"], json!(20.0));
    assert_eq!(simplified.body[0]["location"]["type"], "Point");
    let concise = get(&broker, "/entities?type=Sensor&format=concise").await;
    assert_eq!(concise.body[0]["temperature"]["value"], json!(20.0));
    assert!(concise.body[0]["temperature"].get("type").is_none());
    let with_times = get(&broker, "/entities?type=Sensor&options=sysAttrs").await;
    assert!(with_times.body[0]["createdAt"].is_string());
    let part = get(&broker, "/entities?type=Sensor&attrs=temperature").await;
    assert!(part.body[0].get("location").is_none() && part.body[0]["type"] == "Sensor");
    let picked = get(&broker, "/entities?type=Sensor&pick=id,temperature").await;
    assert!(picked.body[0].get("type").is_none() && picked.body[0]["temperature"].is_object());
    let omitted = get(&broker, "/entities?type=Sensor&omit=temperature").await;
    assert!(omitted.body[0].get("temperature").is_none() && omitted.body[0]["type"] == "Sensor");
    assert!(
        simplified
            .links()
            .iter()
            .any(|link| link.contains("json-ld#context"))
    );

    let accept = [("Accept", "application/ld+json")];
    let linked = raw(&broker, "GET", "/entities?type=Sensor", &accept, None).await;
    assert!(linked.body[0]["@context"].is_string() && linked.links().is_empty());
    assert_eq!(linked.header("content-type"), "application/ld+json");
}

#[tokio::test]
async fn what_is_wrong_or_not_supported_is_said_with_the_right_status() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    for (path, status, problem) in [
        ("/entities", 400, "BadRequestData"),
        (
            "/entities?type=Sensor&q=temperature%3E%3E",
            400,
            "BadRequestData",
        ),
        (
            "/entities?type=Sensor&georel=near&geometry=Point&coordinates=[7,50]",
            400,
            "BadRequestData",
        ),
        ("/entities?type=Sensor&georel=within", 400, "BadRequestData"),
        ("/entities?type=Sensor&idPattern=(", 400, "BadRequestData"),
        ("/entities?type=Sensor&foo=1", 400, "InvalidRequest"),
        ("/entities?type=Sensor&limit=-1", 400, "BadRequestData"),
        ("/entities?type=Sensor&limit=0", 400, "BadRequestData"),
        ("/entities?type=Sensor&limit=5000", 403, "TooManyResults"),
        (
            "/entities?type=Sensor&lang=de",
            501,
            "OperationNotSupported",
        ),
        ("/entities/urn:s:none", 404, "ResourceNotFound"),
        ("/nothing", 404, "ResourceNotFound"),
        ("/csourceRegistrations", 501, "OperationNotSupported"),
        ("/temporal/entities?type=Sensor", 400, "BadRequestData"),
    ] {
        let answer = get(&broker, path).await;
        assert_eq!(
            (answer.status, answer.problem()),
            (status, problem),
            "{path}: {}",
            answer.body
        );
        assert!(
            answer
                .header("content-type")
                .starts_with("application/problem+json"),
            "{path}"
        );
    }
    let entity = json!({"id": "urn:s:2", "type": "S"});
    let with_context = json!({"id": "urn:s:2", "type": "S", "@context": "https://x.example/c"});
    let broken =
        json!({"id": "urn:s:2", "type": "S", "location": {"type": "GeoProperty", "value": 7}});
    let linked = [("Content-Type", "application/ld+json")];
    let plain = [("Content-Type", "text/plain")];
    for (headers, body, status) in [
        (&[][..], with_context.clone(), 400),
        (&linked, entity.clone(), 400),
        (&plain, entity.clone(), 415),
        (&[], broken, 400),
        (&[], json!({"id": "urn:s:2"}), 400),
        (&[], json!({"id": "no uri", "type": "S"}), 400),
        (&[], json!([]), 400),
        (&linked, with_context, 201),
    ] {
        let answer = raw(&broker, "POST", "/entities", headers, Some(body.clone())).await;
        assert_eq!(answer.status, status, "{headers:?} {body}: {}", answer.body);
    }
    assert_eq!(
        raw(&broker, "PUT", "/subscriptions", &[], Some(json!({})))
            .await
            .status,
        405
    );
    let html = [("Accept", "text/html")];
    assert_eq!(raw(&broker, "GET", "/types", &html, None).await.status, 406);
}

#[tokio::test]
async fn tenants_know_nothing_of_each_other() {
    let (broker, client) = broker().await;
    client.create_entity(&sensor(1, 20.0, 0)).await.unwrap();
    let tenant = [("NGSILD-Tenant", "east")];
    let unknown = raw(&broker, "GET", "/entities?type=Sensor", &tenant, None).await;
    assert_eq!(
        (unknown.status, unknown.problem()),
        (404, "NonexistentTenant")
    );
    let body = json!({"id": "urn:s:east", "type": "Sensor"});
    assert_eq!(
        raw(&broker, "POST", "/entities", &tenant, Some(body))
            .await
            .status,
        201
    );
    let east = raw(&broker, "GET", "/entities?type=Sensor", &tenant, None).await;
    assert_eq!(east.ids(), ["urn:s:east"]);
    assert_eq!(get(&broker, "/entities?type=Sensor").await.ids().len(), 1);
}
