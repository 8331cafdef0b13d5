//! Codes of authorities within a name: `EPSG:25832`, `urn:ogc:def:crs,crs:EPSG::25832,crs:EPSG::7837`.

/// Authorities whose codes PROJ's database holds, as names write them and as PROJ does.
const AUTHORITIES: &[(&str, &str)] = &[
    ("epsg", "EPSG"),
    ("epsg.xml", "EPSG"),
    ("epsg.io", "EPSG"),
    ("esri", "ESRI"),
    ("ignf", "IGNF"),
    ("nkg", "NKG"),
    ("iau_2015", "IAU_2015"),
];

/// Codes that were used under EPSG before or beside the official one, which is web Mercator for all.
const WEB_MERCATOR: [u32; 4] = [900_913, 3785, 102_100, 102_113];

/// The systems that a name lists, horizontal before vertical, in the form that PROJ takes.
pub(crate) fn identifiers(text: &str) -> Vec<String> {
    percent_decoded(text)
        .split([',', '+', '&', ';', '?'])
        .filter_map(identifier)
        .collect()
}

fn identifier(component: &str) -> Option<String> {
    let pieces: Vec<&str> = component
        .split([':', '/', '#', '='])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    let (code, before) = pieces.split_last()?;
    let authority = before.iter().rev().find_map(|piece| {
        AUTHORITIES
            .iter()
            .find(|(written, _)| piece.eq_ignore_ascii_case(written))
            .map(|(_, authority)| *authority)
    });
    match authority {
        Some("EPSG") => number(code).map(by_epsg),
        Some(authority) => {
            let is_code = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
            code.bytes()
                .all(is_code)
                .then(|| format!("{authority}:{}", code.to_ascii_uppercase()))
        }
        // `25832` and `EPSG25832`, but no number that stands at the end of something else.
        None if before.is_empty() => {
            let bare = match code.get(..4) {
                Some(start) if start.eq_ignore_ascii_case("epsg") => {
                    code[4..].trim_start_matches(['_', '-', ' '])
                }
                _ => code,
            };
            (bare.len() >= 4)
                .then(|| number(bare))
                .flatten()
                .map(by_epsg)
        }
        None => None,
    }
}

fn number(code: &str) -> Option<u32> {
    let is_number = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| code.parse().ok()).flatten()
}

fn by_epsg(code: u32) -> String {
    if WEB_MERCATOR.contains(&code) {
        return "EPSG:3857".to_owned();
    }
    // EPSG has no codes there; programs that know ESRI's write them under its name.
    let is_esri = (53_000..55_000).contains(&code) || (102_000..105_000).contains(&code);
    let authority = if is_esri { "ESRI" } else { "EPSG" };
    format!("{authority}:{code}")
}

/// Resolves `%3A` and its like; compound addresses hold addresses.
fn percent_decoded(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_code_only_where_an_authority_or_nothing_stands_before_it() {
        assert_eq!(identifiers("epsg_25832"), ["EPSG:25832"]);
        assert_eq!(identifiers("EPSG:102100"), ["EPSG:3857"]);
        assert_eq!(identifiers("EPSG:102003"), ["ESRI:102003"]);
        assert_eq!(identifiers("ignf:lamb93"), ["IGNF:LAMB93"]);
        for text in ["zone 3", "urn:foo:1234", "EPSG:", "3", "EPSG:-1", "%zz%4"] {
            assert!(identifiers(text).is_empty(), "{text}");
        }
    }
}
