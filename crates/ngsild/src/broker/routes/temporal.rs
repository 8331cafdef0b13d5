//! `/temporal/entities`: what was (ETSI GS CIM 009, 6.18, 6.19).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::parts::{created, read_evolution};
use crate::broker::history::InstanceSelection;
use crate::broker::paging::Paging;
use crate::broker::problem::Problem;
use crate::broker::query::EntityFilter;
use crate::broker::request::{Head, JsonBody};
use crate::broker::tenant::Shared;
use crate::client::{TimeProperty, TimeWindow};
use crate::model::{AttributeInstance, Representation, TemporalEntity, attribute_to_value};

type SharedState = State<Arc<Shared>>;

const PARAMETERS: [&str; 8] = [
    "timerel",
    "timeAt",
    "endTimeAt",
    "timeproperty",
    "lastN",
    "attrs",
    "options",
    "format",
];

/// How evolutions are written.
#[derive(Clone, Copy)]
struct Form {
    selection: InstanceSelection,
    is_values_only: bool,
    with_system_times: bool,
}

/// 5.7.4
pub(super) async fn query(State(shared): SharedState, head: Head) -> Result<Response, Problem> {
    let known = [
        &EntityFilter::PARAMETERS[..],
        &PARAMETERS,
        &Paging::PARAMETERS,
    ]
    .concat();
    head.allow(&known)?;
    if head.parameter("timerel").is_none() {
        return Err(Problem::bad_data("a temporal query needs timerel"));
    }
    if head.parameter("type").is_none() && head.parameter("attrs").is_none() {
        return Err(Problem::bad_data("a temporal query needs type or attrs"));
    }
    let filter = EntityFilter::read(&head)?;
    if filter.has_conditions() {
        return Err(Problem::not_supported("q and georel in a temporal query"));
    }
    let form = Form::read(&head)?;
    let attributes = head.list("attrs");
    let paging = Paging::read(&head, &shared.options)?;
    let found: Vec<TemporalEntity> = shared.read(&head.tenant, |tenant| {
        let history = &tenant.store.history;
        Ok(history
            .heads()
            .filter(|entity| filter.selects(entity))
            .filter_map(|entity| history.select(&entity.id, &attributes, form.selection))
            .filter(|evolution| !evolution.series.is_empty())
            .collect())
    })?;
    let total = found.len();
    let page: Value = paging
        .part(found)
        .iter()
        .map(|evolution| form.write(evolution))
        .collect();
    let mut response = head.media_type.answer(StatusCode::OK, page);
    paging.describe(&head, total, &mut response);
    Ok(response)
}

/// 5.7.3
pub(super) async fn retrieve(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&PARAMETERS)?;
    let form = Form::read(&head)?;
    let attributes = head.list("attrs");
    let evolution = shared.read(&head.tenant, |tenant| {
        let found = tenant
            .store
            .history
            .select(&id, &attributes, form.selection);
        found.ok_or_else(|| Problem::not_found(format!("the history of '{id}'")))
    })?;
    Ok(head
        .media_type
        .answer(StatusCode::OK, form.write(&evolution)))
}

/// 5.6.11: adds to the history; the current state stays as it is.
pub(super) async fn upload(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    let evolution = read_evolution(body)?;
    let id = evolution.id.clone();
    let was_known = shared.write(&head.tenant, |tenant, now| {
        let history = &mut tenant.store.history;
        let was_known = history.contains(&evolution.id);
        for (name, instances) in evolution.series {
            for mut instance in instances {
                instance.created_at = Some(now);
                instance.modified_at = Some(now);
                history.record(&evolution.id, &evolution.entity_types, &name, instance);
            }
        }
        Ok((was_known, Vec::new()))
    })?;
    if was_known {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(created("temporal/entities", &id))
}

/// 5.6.16
pub(super) async fn delete(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    shared.read(&head.tenant, |tenant| {
        if tenant.store.history.remove(&id) {
            Ok(())
        } else {
            Err(Problem::not_found(format!("the history of '{id}'")))
        }
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

impl Form {
    fn read(head: &Head) -> Result<Self, Problem> {
        let mut form = Self {
            selection: InstanceSelection {
                window: read_window(head)?,
                time_property: read_time_property(head)?,
                last_n: None,
            },
            is_values_only: false,
            with_system_times: false,
        };
        if let Some(last_n) = head.parameter("lastN") {
            let number = last_n.parse().ok().filter(|number| *number > 0);
            form.selection.last_n = Some(number.ok_or_else(|| {
                Problem::bad_data(format!(
                    "lastN is '{last_n}' and should be a number above 0"
                ))
            })?);
        }
        for word in head.list("options").into_iter().chain(head.list("format")) {
            match word.as_str() {
                "temporalValues" => form.is_values_only = true,
                "sysAttrs" => form.with_system_times = true,
                "normalized" | "count" => {}
                other => {
                    return Err(Problem::not_supported(format!(
                        "'{other}' in a temporal query"
                    )));
                }
            }
        }
        Ok(form)
    }

    fn write(self, evolution: &TemporalEntity) -> Value {
        let mut members = Map::new();
        members.insert("id".to_owned(), json!(evolution.id));
        members.insert(
            "type".to_owned(),
            match &evolution.entity_types[..] {
                [single] => json!(single),
                several => json!(several),
            },
        );
        for (name, instances) in &evolution.series {
            let series = if self.is_values_only {
                self.write_values(instances)
            } else {
                instances
                    .iter()
                    .map(|instance| self.write_instance(instance))
                    .collect()
            };
            members.insert(name.clone(), series);
        }
        Value::Object(members)
    }

    fn write_instance(self, instance: &AttributeInstance) -> Value {
        // Asked about by a time of the broker, the answer must hold that time.
        let with_system_times =
            self.with_system_times || self.selection.time_property != TimeProperty::ObservedAt;
        let one = std::slice::from_ref(instance);
        attribute_to_value(one, Representation::Normalized, with_system_times)
    }

    /// `{"type": …, "values": [[value, time], …]}`, one such object per `datasetId` (4.5.9).
    fn write_values(self, instances: &[AttributeInstance]) -> Value {
        let mut datasets: Vec<(Option<&String>, &'static str, Vec<Value>)> = Vec::new();
        for instance in instances {
            let Some(time) = self.selection.time_of(instance) else {
                continue;
            };
            let one = std::slice::from_ref(instance);
            let value = attribute_to_value(one, Representation::Simplified, false);
            let pair = json!([value, time.to_string()]);
            let id = instance.dataset_id.as_ref();
            match datasets.iter_mut().find(|(known, ..)| *known == id) {
                Some((.., pairs)) => pairs.push(pair),
                None => datasets.push((id, instance.kind.type_name(), vec![pair])),
            }
        }
        let mut written: Vec<Value> = datasets
            .into_iter()
            .map(|(dataset_id, kind, pairs)| {
                let key = if kind == "Relationship" {
                    "objects"
                } else {
                    "values"
                };
                let mut members = json!({"type": kind, key: pairs});
                if let Some(id) = dataset_id {
                    members["datasetId"] = json!(id);
                }
                members
            })
            .collect();
        if written.len() == 1 {
            written.swap_remove(0)
        } else {
            Value::Array(written)
        }
    }
}

fn read_window(head: &Head) -> Result<Option<TimeWindow>, Problem> {
    let Some(relation) = head.parameter("timerel") else {
        return Ok(None);
    };
    let time = |name: &str| -> Result<Timestamp, Problem> {
        let text = head
            .parameter(name)
            .ok_or_else(|| Problem::bad_data(format!("timerel={relation} needs {name}")))?;
        text.parse().map_err(|_| {
            Problem::bad_data(format!("{name} is '{text}', which is no RFC 3339 time"))
        })
    };
    match relation {
        "before" => Ok(Some(TimeWindow::Before(time("timeAt")?))),
        "after" => Ok(Some(TimeWindow::After(time("timeAt")?))),
        "between" => Ok(Some(TimeWindow::Between(
            time("timeAt")?,
            time("endTimeAt")?,
        ))),
        other => Err(Problem::bad_data(format!(
            "'{other}' is no temporal relation"
        ))),
    }
}

fn read_time_property(head: &Head) -> Result<TimeProperty, Problem> {
    match head.parameter("timeproperty") {
        None | Some("observedAt") => Ok(TimeProperty::ObservedAt),
        Some("modifiedAt") => Ok(TimeProperty::ModifiedAt),
        Some("createdAt") => Ok(TimeProperty::CreatedAt),
        Some(other) => Err(Problem::not_supported(format!("timeproperty={other}"))),
    }
}
