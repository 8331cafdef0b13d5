//! Addresses: xAL 2.0 (CityGML 1.0, 2.0) and xAL 3 (CityGML 3.0).

use std::io::BufRead;

use super::cursor::{Stop, Token};
use super::geometry::GeometryContext;
use super::object::{ObjectParser, Scope};
use super::property::Annotations;
use crate::address::AddressParts;
use crate::{AttributeValue, LineKind};

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads an address property.
    pub(super) fn read_address(&mut self, scope: Scope) -> Result<(), Stop> {
        if let Some(href) = self.cursor.attribute("href") {
            self.add_attribute(
                scope,
                "address",
                AttributeValue::Text(href),
                Annotations::default(),
            );
            return self.cursor.skip_element();
        }
        let mut parts = AddressParts::default();
        let mut points = Vec::new();
        let mut open_elements: Vec<String> = vec![self.cursor.local_name().to_owned()];
        while !open_elements.is_empty() {
            match self.cursor.advance()? {
                Token::Start if self.cursor.local_name() == "multiPoint" => {
                    let context = GeometryContext::new(scope, 0, LineKind::Geometry);
                    let found = self.read_line_points(context, "the place is left out")?;
                    points.extend(found.into_iter().flatten());
                }
                Token::Start => open_elements.push(self.cursor.local_name().to_owned()),
                Token::End => {
                    let element = open_elements.pop().unwrap_or_default();
                    let parent = open_elements.last().map_or("", String::as_str);
                    let text = self.text();
                    if !text.is_empty() {
                        take_part(&mut parts, parent, &element, text);
                    }
                }
                Token::EndOfDocument => return Err(Stop::Truncated),
            }
        }
        let mut address = parts.into_address();
        address.points = points;
        if address.line.is_none() && address.points.is_empty() {
            return Ok(());
        }
        let object = self.assembly.object_mut(scope.owner);
        if object.address.is_none() {
            object.address.clone_from(&address.line);
        }
        object.addresses.push(address);
        Ok(())
    }
}

/// Sorts one text into the address, by the names of xAL 2.0, or of xAL 3, where the parent gives the meaning.
fn take_part(parts: &mut AddressParts, parent: &str, element: &str, text: String) {
    match (parent, element) {
        (_, "ThoroughfareName") | ("Thoroughfare", "NameElement") => parts.street.push(text),
        (_, "ThoroughfareNumber" | "ThoroughfareNumberSuffix")
        | ("Thoroughfare" | "Premises", "Number") => {
            parts.number.push(text);
        }
        (_, "PostalCodeNumber") | ("PostCode", "Identifier") => parts.postal_code.push(text),
        (_, "LocalityName") | ("Locality", "NameElement") => parts.locality.push(text),
        (_, "CountryName") | ("Country", "NameElement") => parts.country.push(text),
        (_, "AddressLine") => parts.lines.push(text),
        _ => {}
    }
}
