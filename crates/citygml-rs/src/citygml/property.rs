//! Properties of a city object: which are attributes, which lead to geometry, which are left out.

use std::io::BufRead;
use std::sync::Arc;

use super::appearance::read_appearance_property;
use super::assembly::Reference;
use super::cursor::{Stop, Token};
use super::envelope::read_envelope;
use super::generic_attribute::generic_attribute_type;
use super::namespaces::Namespace;
use super::object::{ObjectParser, Scope};
use crate::attribute_name::nested_name;
use crate::codes;
use crate::vocabulary::{ValueType, value_type};
use crate::{Attribute, AttributeValue, Relation};

/// What an attribute says beside its value.
#[derive(Debug, Default)]
pub(super) struct Annotations {
    pub(super) uom: Option<String>,
    pub(super) code_space: Option<Arc<str>>,
}

/// What is to be done with a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PropertyKind {
    Name,
    Bounds,
    Address,
    Appearance,
    /// Geometry of relief, whose level of detail stands beside it.
    ReliefGeometry,
    ReliefLod,
    GenericAttribute,
    /// Geometry at this level of detail.
    Geometry(u8),
    /// A raster of relief.
    Grid,
    LeftOut,
    /// An attribute, a relation, a nested object.
    Plain,
}

impl PropertyKind {
    fn of(namespace: Namespace, local: &str) -> Self {
        match (namespace, local) {
            (Namespace::Gml, "name") => Self::Name,
            (Namespace::Gml, "boundedBy") => Self::Bounds,
            (Namespace::Gml, "metaDataProperty" | "location") => Self::LeftOut,
            (Namespace::CityGml, "address") => Self::Address,
            (Namespace::CityGml, "appearance" | "appearanceMember" | "appearanceProperty") => {
                Self::Appearance
            }
            (
                Namespace::CityGml,
                "tin" | "extent" | "ridgeOrValleyLines" | "breaklines" | "reliefPoints",
            ) => Self::ReliefGeometry,
            (Namespace::CityGml, "lod") => Self::ReliefLod,
            (Namespace::CityGml, "geometry") => Self::Geometry(0),
            (Namespace::CityGml, "grid") => Self::Grid,
            (Namespace::CityGml, _) if generic_attribute_type(local).is_some() => {
                Self::GenericAttribute
            }
            _ => level_of_detail(local).map_or(Self::Plain, Self::Geometry),
        }
    }
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads one property. Inside a data type, `path` is what its attributes are called by.
    pub(super) fn read_property(&mut self, scope: Scope, path: Option<&str>) -> Result<(), Stop> {
        let local = self.cursor.local_name();
        let is_own = path.is_none();
        match PropertyKind::of(self.cursor.namespace(), local) {
            PropertyKind::Name if is_own => self.read_name(scope),
            PropertyKind::Bounds => self.read_bounds(scope),
            PropertyKind::LeftOut => {
                let local = local.to_owned();
                self.leave_out(&local)
            }
            PropertyKind::Grid => self.read_grid(scope),
            PropertyKind::Address => self.read_address(scope),
            PropertyKind::Appearance => {
                read_appearance_property(self.cursor, &mut self.assembly.appearances)
            }
            PropertyKind::ReliefGeometry => {
                let lod = self.relief_lod(scope);
                self.read_geometry_property(scope, lod)
            }
            PropertyKind::ReliefLod if is_own => self.read_relief_lod(scope),
            PropertyKind::GenericAttribute => self.read_generic_attribute(scope, path),
            PropertyKind::Geometry(lod) if self.options.filter.accepts_level(lod) => {
                self.read_geometry_property(scope, lod)
            }
            PropertyKind::Geometry(_) => {
                self.geometry_met += 1;
                self.cursor.skip_element()
            }
            PropertyKind::Name | PropertyKind::ReliefLod | PropertyKind::Plain => {
                let name = match path {
                    Some(path) => nested_name(path, local),
                    None => local.to_owned(),
                };
                self.read_plain_property(scope, &name)
            }
        }
    }

    /// A property that holds text, a reference, or values to look into.
    fn read_plain_property(&mut self, scope: Scope, name: &str) -> Result<(), Stop> {
        let place = self.cursor.place();
        let annotations = self.annotations();
        let href = self.cursor.attribute("href");
        let mut is_leaf = true;
        while let Token::Start = self.cursor.advance()? {
            is_leaf = false;
            self.read_value(scope, name)?;
        }
        match href {
            _ if !is_leaf => {}
            Some(href) if leads_to_surfaces(name) => self.assembly.add_reference(Reference {
                href,
                owner: scope.owner,
                lod: None,
                kind: scope.kind,
                boundary: scope.boundary,
                flipped: false,
                line: self.cursor.line_of(place),
            }),
            Some(href) if is_reference_to_object(&href) => {
                let role = self.role(name);
                let object = self.assembly.object_mut(scope.owner);
                object.relations.push(Relation { role, href });
            }
            Some(href) => {
                self.add_attribute(scope, name, AttributeValue::Text(href), annotations);
            }
            None => self.add_text_attribute(scope, name, annotations),
        }
        Ok(())
    }

    /// Unit and code list at the start tag that was just read.
    pub(super) fn annotations(&mut self) -> Annotations {
        let mut annotations = Annotations::default();
        let names = &mut self.context.names;
        self.cursor.for_each_attribute(|name, value| match name {
            "uom" => annotations.uom = Some(value.into_owned()),
            "codeSpace" => annotations.code_space = Some(names.shared(value.trim())),
            _ => {}
        });
        annotations
    }

    fn read_name(&mut self, scope: Scope) -> Result<(), Stop> {
        self.cursor.skip_element()?;
        let text = self.text();
        if text.is_empty() {
            return Ok(());
        }
        let object = self.assembly.object_mut(scope.owner);
        let name = match scope.boundary {
            None => Some(&mut object.name),
            Some(index) => object
                .boundaries
                .get_mut(index as usize)
                .map(|boundary| &mut boundary.name),
        };
        match name {
            Some(name) if name.is_none() => *name = Some(text),
            _ => self.add_attribute(
                scope,
                "name",
                AttributeValue::Text(text),
                Annotations::default(),
            ),
        }
        Ok(())
    }

    /// The bounds themselves follow from the geometry; they tell the reference system, and whether to go on.
    fn read_bounds(&mut self, scope: Scope) -> Result<(), Stop> {
        let envelope = read_envelope(self.cursor)?;
        if scope.boundary.is_some() {
            return Ok(());
        }
        if scope.owner == 0 && !self.options.filter.accepts_envelope(&envelope) {
            return Err(Stop::Unwanted);
        }
        if let Some(srs_name) = envelope.srs_name {
            self.assembly.set_bounds_srs_name(scope.owner, srs_name);
        }
        Ok(())
    }

    /// A raster is named, not read: by reference, or by the files of a grid coverage (GML 3.1.1, 17). Values written in
    /// the model itself are left out.
    fn read_grid(&mut self, scope: Scope) -> Result<(), Stop> {
        let outer = self.cursor.depth();
        let mut references: Vec<(&str, String)> = Vec::new();
        references.extend(self.cursor.attribute("href").map(|href| ("grid", href)));
        let mut in_file_name = false;
        while self.cursor.depth() >= outer {
            match self.cursor.advance()? {
                Token::Start => in_file_name = self.cursor.local_name() == "fileName",
                Token::End if std::mem::take(&mut in_file_name) => {
                    references.push(("grid/fileName", self.text()));
                }
                Token::End => {}
                Token::EndOfDocument => return Err(Stop::Truncated),
            }
        }
        self.geometry_met += 1;
        if references.is_empty() {
            self.findings.leave_out("grid");
        }
        for (name, reference) in references {
            let value = AttributeValue::Text(reference);
            self.add_attribute(scope, name, value, Annotations::default());
        }
        Ok(())
    }

    /// `dem:lod` stands beside the geometry it belongs to, usually before it, not in the name of its property.
    fn read_relief_lod(&mut self, scope: Scope) -> Result<(), Stop> {
        self.cursor.skip_element()?;
        let text = self.text();
        match text.parse::<u8>() {
            Ok(lod) if lod <= 4 => {
                self.assembly.set_lod_of(scope.owner, lod);
                self.add_attribute(
                    scope,
                    "lod",
                    AttributeValue::Integer(i64::from(lod)),
                    Annotations::default(),
                );
            }
            _ => self.add_attribute(
                scope,
                "lod",
                AttributeValue::Text(text),
                Annotations::default(),
            ),
        }
        Ok(())
    }

    fn relief_lod(&self, scope: Scope) -> u8 {
        let attributes = &self.assembly.object(scope.owner).attributes;
        let lod = attributes.iter().find_map(|attribute| {
            match (attribute.name.as_str(), &attribute.value) {
                ("lod", AttributeValue::Integer(lod)) => u8::try_from(*lod).ok(),
                _ => None,
            }
        });
        lod.unwrap_or(0)
    }

    pub(super) fn leave_out(&mut self, what: &str) -> Result<(), Stop> {
        self.geometry_met += 1;
        self.findings.leave_out(what);
        self.cursor.skip_element()
    }

    /// Text before the end tag just read, without indentation and line breaks.
    pub(super) fn text(&self) -> String {
        let text = self.cursor.text().trim();
        if text.contains(['\n', '\r', '\t']) {
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        } else {
            text.to_owned()
        }
    }

    /// Adds the text before the end tag just read as an attribute of its schema type; nothing if there is no text.
    pub(super) fn add_text_attribute(
        &mut self,
        scope: Scope,
        name: &str,
        annotations: Annotations,
    ) {
        let text = self.text();
        if text.is_empty() {
            return;
        }
        // Only numbers have units, but a list of them is no number.
        let is_list = text.contains(char::is_whitespace);
        let expected = match annotations.uom {
            Some(_) if !is_list => ValueType::Number,
            Some(_) => ValueType::Text,
            None => value_type(name),
        };
        let value = self.typed_value(scope, name, text, expected);
        self.add_attribute(scope, name, value, annotations);
    }

    pub(super) fn typed_value(
        &mut self,
        scope: Scope,
        name: &str,
        text: String,
        expected: ValueType,
    ) -> AttributeValue {
        let value = match expected {
            ValueType::Text => return AttributeValue::Text(text),
            ValueType::Integer => text.parse().ok().map(AttributeValue::Integer),
            ValueType::Number => text
                .parse()
                .ok()
                .filter(|value: &f64| value.is_finite())
                .map(AttributeValue::Number),
            ValueType::Boolean => match text.as_str() {
                "true" | "1" => Some(AttributeValue::Boolean(true)),
                "false" | "0" => Some(AttributeValue::Boolean(false)),
                _ => None,
            },
        };
        value.unwrap_or_else(|| {
            let line = self.cursor.line();
            self.report(
                codes::ATTRIBUTE_TYPE,
                line,
                scope.owner,
                format_args!(
                    "{name} is {text:?}, which is not of its declared type; it was kept as text"
                ),
            );
            AttributeValue::Text(text)
        })
    }

    pub(super) fn add_attribute(
        &mut self,
        scope: Scope,
        name: &str,
        value: AttributeValue,
        annotations: Annotations,
    ) {
        self.assembly
            .attributes_mut(scope.owner, scope.boundary)
            .push(Attribute {
                uom: annotations.uom,
                code_space: annotations.code_space,
                ..Attribute::new(name, value)
            });
    }
}

/// References to other objects have a fragment: `#id`, `file.gml#id`. Others lead to documents.
fn is_reference_to_object(href: &str) -> bool {
    href.contains('#')
}

/// Level of detail in the name of a property: 2 for `lod2Solid`.
fn level_of_detail(property: &str) -> Option<u8> {
    let mut characters = property.strip_prefix("lod")?.chars();
    // Extensions name `lod5…` what the standard does not know; that is geometry without a level.
    let lod = characters.next()?.to_digit(5)?;
    // `lod2Solid`, `lod0FootPrint`: an upper-case letter follows in all versions.
    characters.next()?.is_ascii_uppercase().then_some(lod as u8)
}

/// Properties whose reference means surfaces that are defined elsewhere, not a relation to remember.
pub(super) fn leads_to_surfaces(property: &str) -> bool {
    matches!(
        property,
        "boundedBy" | "boundary" | "opening" | "fillingSurface"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_of_detail_is_in_the_name() {
        assert_eq!(level_of_detail("lod2Solid"), Some(2));
        assert_eq!(level_of_detail("lod0RoofEdge"), Some(0));
        assert_eq!(level_of_detail("lod"), None);
        assert_eq!(level_of_detail("lodging"), None);
        assert_eq!(level_of_detail("lod2"), None);
        assert_eq!(level_of_detail("lod5Geometry"), None);
    }
}
