//! An address from its parts.

use crate::Address;

/// Parts as they are found in a file; each may occur several times.
#[derive(Debug, Default)]
pub(crate) struct AddressParts {
    pub(crate) street: Vec<String>,
    pub(crate) number: Vec<String>,
    pub(crate) postal_code: Vec<String>,
    pub(crate) locality: Vec<String>,
    pub(crate) country: Vec<String>,
    /// Lines already written as a person would.
    pub(crate) lines: Vec<String>,
}

impl AddressParts {
    /// The parts, and `Street 12, 12345 City` as a line; free lines, or at least the country, where nothing better is
    /// known.
    pub(crate) fn into_address(self) -> Address {
        let part = |parts: Vec<String>, separator: &str| {
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            Some(join(&parts, separator)).filter(|part| !part.is_empty())
        };
        let mut address = Address {
            line: None,
            street: part(self.street, " "),
            number: part(self.number, " "),
            postal_code: part(self.postal_code, " "),
            locality: part(self.locality, ", "),
            country: part(self.country, ", "),
            points: Vec::new(),
        };
        let text = |part: &Option<String>| part.clone().unwrap_or_default();
        let street = join(&[&text(&address.street), &text(&address.number)], " ");
        let city = join(
            &[&text(&address.postal_code), &text(&address.locality)],
            " ",
        );
        let line = join(&[&street, &city], ", ");
        let lines = [Some(line), part(self.lines, ", "), address.country.clone()];
        address.line = lines.into_iter().flatten().find(|line| !line.is_empty());
        address
    }
}

fn join(parts: &[&str], separator: &str) -> String {
    let present: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    present.join(separator)
}

#[cfg(test)]
mod tests {
    use super::AddressParts;

    fn parts(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    #[test]
    fn written_as_a_person_would() {
        let address = AddressParts {
            street: parts(&["Spichernstr."]),
            number: parts(&["30"]),
            postal_code: parts(&["46397"]),
            locality: parts(&["Bocholt"]),
            country: parts(&["Germany"]),
            lines: vec![],
        };
        assert_eq!(
            address.into_address().line.as_deref(),
            Some("Spichernstr. 30, 46397 Bocholt")
        );
    }

    #[test]
    fn missing_parts_leave_no_gaps() {
        let city = AddressParts {
            locality: parts(&["Delft"]),
            ..AddressParts::default()
        };
        assert_eq!(city.into_address().line.as_deref(), Some("Delft"));
        let free = AddressParts {
            lines: parts(&["1 Main St", "Springfield"]),
            ..AddressParts::default()
        };
        assert_eq!(
            free.into_address().line.as_deref(),
            Some("1 Main St, Springfield")
        );
        assert_eq!(AddressParts::default().into_address().line, None);
    }
}
