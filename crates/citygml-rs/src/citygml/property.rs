//! Properties of a city object: which are attributes, which lead to geometry, which are left out.

use std::io::BufRead;

use super::assembly::Reference;
use super::cursor::{Stop, Token};
use super::envelope::read_envelope;
use super::generic_attribute::generic_attribute_type;
use super::namespaces::Namespace;
use super::object::{ObjectParser, Scope};
use crate::codes;
use crate::vocabulary::{ValueType, value_type};
use crate::{Attribute, AttributeValue};

/// Geometry that is no surface, or is the extent of something else. Left out, and counted.
const PASSED_OVER: &[&str] = &[
    "extent",
    "ridgeOrValleyLines",
    "breaklines",
    "reliefPoints",
    "grid",
    "pointCloud",
];

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads one property. Inside a data type, `path` is what its attributes are called by.
    pub(super) fn read_property(&mut self, scope: Scope, path: Option<&str>) -> Result<(), Stop> {
        let namespace = self.cursor.namespace();
        let local = self.cursor.local_name().to_owned();
        let is_own = path.is_none();
        match (namespace, local.as_str()) {
            (Namespace::Gml, "name") if is_own => self.read_name(scope),
            (Namespace::Gml, "boundedBy") => self.read_bounds(scope),
            (Namespace::Gml, "metaDataProperty" | "location") => self.leave_out(&local),
            (Namespace::CityGml, "address") => self.read_address(scope),
            (Namespace::CityGml, "appearance" | "appearanceMember" | "appearanceProperty") => {
                self.read_appearance()
            }
            (Namespace::CityGml, "tin") => {
                let lod = self.relief_lod(scope);
                self.read_geometry_property(scope, lod)
            }
            (Namespace::CityGml, "lod") if is_own => self.read_relief_lod(scope),
            (Namespace::CityGml, "geometry") => self.leave_out(&local),
            (Namespace::CityGml, passed) if PASSED_OVER.contains(&passed) => self.leave_out(passed),
            (Namespace::CityGml, _) if generic_attribute_type(&local).is_some() => {
                self.read_generic_attribute(scope, path)
            }
            _ => match level_of_detail(&local) {
                Some(_) if is_line_or_point(&local) => self.leave_out(&local),
                Some(lod) if !self.options.filter.accepts_level(lod) => {
                    self.geometry_met += 1;
                    self.cursor.skip_element()
                }
                Some(lod) => self.read_geometry_property(scope, lod),
                None => {
                    let name = match path {
                        Some(path) => format!("{path}/{local}"),
                        None => local,
                    };
                    self.read_plain_property(scope, &name)
                }
            },
        }
    }

    /// A property that holds text, a reference, or values to look into.
    fn read_plain_property(&mut self, scope: Scope, name: &str) -> Result<(), Stop> {
        let line = self.cursor.line();
        let uom = self.cursor.attribute("uom");
        let href = self.cursor.attribute("href");
        let mut is_leaf = true;
        while let Token::Start = self.cursor.advance()? {
            is_leaf = false;
            self.read_value(scope, name)?;
        }
        if !is_leaf {
            return Ok(());
        }
        match href {
            Some(href) if leads_to_surfaces(name) => self.assembly.add_reference(Reference {
                href,
                owner: scope.owner,
                lod: None,
                kind: scope.kind,
                flipped: false,
                line,
            }),
            Some(href) => self.add_attribute(scope, name, AttributeValue::Text(href), None),
            None => self.add_text_attribute(scope, name, uom),
        }
        Ok(())
    }

    fn read_name(&mut self, scope: Scope) -> Result<(), Stop> {
        self.cursor.skip_element()?;
        let text = self.text();
        if text.is_empty() {
            return Ok(());
        }
        let object = self.assembly.object_mut(scope.owner);
        if !scope.in_boundary && object.name.is_none() {
            object.name = Some(text);
        } else {
            self.add_attribute(scope, "name", AttributeValue::Text(text), None);
        }
        Ok(())
    }

    /// The bounds themselves follow from the geometry; they tell the reference system, and whether to go on.
    fn read_bounds(&mut self, scope: Scope) -> Result<(), Stop> {
        let envelope = read_envelope(self.cursor)?;
        if scope.in_boundary {
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

    fn read_appearance(&mut self) -> Result<(), Stop> {
        read_themes(self.cursor, self.findings)
    }

    /// `dem:lod` stands beside the geometry it belongs to, usually before it, not in the name of its property.
    fn read_relief_lod(&mut self, scope: Scope) -> Result<(), Stop> {
        self.cursor.skip_element()?;
        let text = self.text();
        match text.parse::<u8>() {
            Ok(lod) if lod <= 4 => {
                self.assembly.set_lod_of(scope.owner, lod);
                self.add_attribute(scope, "lod", AttributeValue::Integer(i64::from(lod)), None);
            }
            _ => self.add_attribute(scope, "lod", AttributeValue::Text(text), None),
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
    pub(super) fn add_text_attribute(&mut self, scope: Scope, name: &str, uom: Option<String>) {
        let text = self.text();
        if text.is_empty() {
            return;
        }
        // Only numbers have units, but a list of them is no number.
        let is_list = text.contains(char::is_whitespace);
        let expected = match uom {
            Some(_) if !is_list => ValueType::Number,
            Some(_) => ValueType::Text,
            None => value_type(name),
        };
        let value = self.typed_value(scope, name, text, expected);
        self.add_attribute(scope, name, value, uom);
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
        uom: Option<String>,
    ) {
        if scope.in_boundary {
            // The model has attributes for objects, not for their boundary surfaces.
            self.findings.leave_out("attribute of a boundary surface");
            return;
        }
        self.assembly
            .object_mut(scope.owner)
            .attributes
            .push(Attribute {
                uom,
                ..Attribute::new(name, value)
            });
    }
}

/// Passes over an appearance (or a property with one) and notes its themes. An appearance without theme counts as the
/// theme with the empty name (CityGML 2.0, 9).
pub(super) fn read_themes<R: BufRead>(
    cursor: &mut super::cursor::XmlCursor<R>,
    findings: &mut crate::findings::Findings,
) -> Result<(), Stop> {
    let outer = cursor.depth();
    let mut is_appearance = cursor.local_name() == "Appearance";
    let mut in_theme = false;
    let mut has_theme = false;
    while cursor.depth() >= outer {
        match cursor.advance()? {
            Token::Start => {
                is_appearance |= cursor.local_name() == "Appearance";
                in_theme = cursor.local_name() == "theme";
            }
            Token::End => {
                if std::mem::take(&mut in_theme) {
                    findings.add_theme(cursor.text().trim());
                    has_theme = true;
                }
            }
            Token::EndOfDocument => return Err(Stop::Truncated),
        }
    }
    if is_appearance {
        findings.leave_out("Appearance");
        if !has_theme {
            findings.add_theme("");
        }
    }
    Ok(())
}

/// Level of detail in the name of a property: 2 for `lod2Solid`.
fn level_of_detail(property: &str) -> Option<u8> {
    let mut characters = property.strip_prefix("lod")?.chars();
    let lod = characters.next()?.to_digit(10)?;
    // `lod2Solid`, `lod0FootPrint`: an upper-case letter follows in all versions.
    characters.next()?.is_ascii_uppercase().then_some(lod as u8)
}

/// Terrain intersection curves, centre lines, points: nothing that has an area.
fn is_line_or_point(property: &str) -> bool {
    [
        "TerrainIntersection",
        "TerrainIntersectionCurve",
        "MultiCurve",
        "Network",
        "Point",
        "MultiPoint",
        "PointCloud",
    ]
    .iter()
    .any(|suffix| property.ends_with(suffix))
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
    }
}
