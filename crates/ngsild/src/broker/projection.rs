//! Which parts of entities are answered, and how they are written (ETSI GS CIM 009, 4.21, 6.3.7, 6.3.11).

use serde_json::Value;

use super::problem::Problem;
use super::request::Head;
use crate::model::{Entity, Representation};

/// How entities are answered.
#[derive(Debug, Clone, Default)]
pub(super) struct Projection {
    /// Attributes answered; empty means all.
    attributes: Vec<String>,
    /// Members answered, `id`, `type` and `scope` among them; empty means all.
    picked: Vec<String>,
    /// Members left out.
    omitted: Vec<String>,
    representation: Representation,
    with_system_times: bool,
}

impl Projection {
    /// Parameters that ask for parts and forms.
    pub const PARAMETERS: [&'static str; 5] = ["attrs", "pick", "omit", "options", "format"];

    /// Reads them.
    pub fn read(head: &Head) -> Result<Self, Problem> {
        let mut representation = Representation::Normalized;
        let mut with_system_times = false;
        let words = head.list("options").into_iter().chain(head.list("format"));
        for word in words {
            match word.as_str() {
                "sysAttrs" => with_system_times = true,
                "count" => {}
                other => representation = representation_of(other)?,
            }
        }
        let (picked, omitted) = (head.list("pick"), head.list("omit"));
        if !picked.is_empty() && !omitted.is_empty() {
            return Err(Problem::bad_data("'pick' and 'omit' exclude each other"));
        }
        let attributes = head.list("attrs");
        Ok(Self {
            attributes,
            picked,
            omitted,
            representation,
            with_system_times,
        })
    }

    /// For notifications: some attributes in some form.
    pub fn for_notification(
        attributes: Vec<String>,
        format: Option<&str>,
        with_system_times: bool,
    ) -> Result<Self, Problem> {
        let representation = format.map_or(Ok(Representation::Normalized), representation_of)?;
        Ok(Self {
            attributes,
            representation,
            with_system_times,
            ..Self::default()
        })
    }

    /// The form.
    pub fn representation(&self) -> Representation {
        self.representation
    }

    /// Whether an entity has anything of what is asked for (6.4.3.2: entities without any of `attrs` are left out).
    pub fn selects(&self, entity: &Entity) -> bool {
        self.attributes.is_empty()
            || self
                .attributes
                .iter()
                .any(|name| entity.attributes.contains_key(name))
    }

    /// Writes the parts asked for.
    pub fn write(&self, entity: &Entity) -> Value {
        let mut value = entity.to_value(self.representation, self.with_system_times);
        let Some(members) = value.as_object_mut() else {
            return value;
        };
        let is_attribute = |name: &str| entity.attributes.contains_key(name);
        members.retain(|name, _| {
            let is_named = |list: &[String]| list.iter().any(|item| item == name);
            (self.attributes.is_empty() || !is_attribute(name) || is_named(&self.attributes))
                && (self.picked.is_empty() || is_named(&self.picked))
                && !is_named(&self.omitted)
        });
        value
    }
}

fn representation_of(word: &str) -> Result<Representation, Problem> {
    match word {
        "normalized" => Ok(Representation::Normalized),
        "concise" => Ok(Representation::Concise),
        "simplified" | "keyValues" => Ok(Representation::Simplified),
        other => Err(Problem::bad_data(format!(
            "'{other}' is no representation of entities"
        ))),
    }
}
