//! `data:` URIs (RFC 2397) with base 64 (RFC 4648, section 4).

/// The bytes of a `data:` URI; `None` if it is none or malformed.
pub(super) fn bytes_of_data_uri(uri: &str) -> Option<Vec<u8>> {
    let (media_type, data) = uri.strip_prefix("data:")?.split_once(',')?;
    if media_type.ends_with(";base64") {
        from_base64(data)
    } else {
        Some(from_percent(data))
    }
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut buffer = 0_u32;
    let mut bits = 0_u32;
    for character in text
        .trim_end_matches('=')
        .bytes()
        .filter(|byte| !byte.is_ascii_whitespace())
    {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        buffer = buffer << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits) as u8);
            buffer &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

fn from_percent(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |i: usize| after.get(i).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_4648() {
        for (text, expected) in [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYmFy", "foobar"),
        ] {
            let uri = format!("data:application/octet-stream;base64,{text}");
            assert_eq!(
                bytes_of_data_uri(&uri).as_deref(),
                Some(expected.as_bytes())
            );
        }
        assert_eq!(
            bytes_of_data_uri("data:text/plain,a%20b%2").as_deref(),
            Some(b"a b%2".as_slice())
        );
        assert_eq!(bytes_of_data_uri("data:;base64,!!!!"), None);
        assert_eq!(bytes_of_data_uri("buffer.bin"), None);
    }
}
