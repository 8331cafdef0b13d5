//! One line of text from the parts of an address.

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
    /// `Street 12, 12345 City`; free lines, or at least the country, where nothing better is known.
    pub(crate) fn into_line(self) -> Option<String> {
        let street = join(&[self.street.join(" "), self.number.join(" ")], " ");
        let city = join(&[self.postal_code.join(" "), self.locality.join(", ")], " ");
        let line = join(&[street, city], ", ");
        [line, self.lines.join(", "), self.country.join(", ")]
            .into_iter()
            .find(|line| !line.is_empty())
    }
}

fn join(parts: &[String], separator: &str) -> String {
    let present: Vec<&str> = parts
        .iter()
        .map(String::as_str)
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
            address.into_line().as_deref(),
            Some("Spichernstr. 30, 46397 Bocholt")
        );
    }

    #[test]
    fn missing_parts_leave_no_gaps() {
        let city = AddressParts {
            locality: parts(&["Delft"]),
            ..AddressParts::default()
        };
        assert_eq!(city.into_line().as_deref(), Some("Delft"));
        let free = AddressParts {
            lines: parts(&["1 Main St", "Springfield"]),
            ..AddressParts::default()
        };
        assert_eq!(free.into_line().as_deref(), Some("1 Main St, Springfield"));
        assert_eq!(AddressParts::default().into_line(), None);
    }
}
