//! Any bytes through the reader: objects that keep their promises, diagnostics, or an error.

#![no_main]

use citygml_rs::{CityJsonReader, Diagnostics};
use citygml_rs_fuzz::{check_object, tight_options};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut diagnostics = Diagnostics::new();
    let Ok(mut reader) = CityJsonReader::new(bytes, tight_options()) else {
        return;
    };
    while let Ok(Some(object)) = reader.next_object(&mut diagnostics) {
        check_object(&object);
    }
});
