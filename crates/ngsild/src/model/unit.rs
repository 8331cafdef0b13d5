//! UN/CEFACT Recommendation 20 unit codes, as `unitCode` carries them (ETSI GS CIM 009, 4.5.2), and the symbols
//! people read.
//!
//! Only the units that city data is full of; an unknown code is shown as it stands.

/// Codes and symbols, sorted by code.
const SYMBOLS: &[(&str, &str)] = &[
    ("2N", "dB"),
    ("4H", "µm"),
    ("4K", "mA"),
    ("59", "ppm"),
    ("61", "ppb"),
    ("A24", "cd/m²"),
    ("A94", "g/mol"),
    ("A97", "hPa"),
    ("AMH", "Ah"),
    ("AMP", "A"),
    ("ANN", "a"),
    ("BAR", "bar"),
    ("BQL", "Bq"),
    ("C26", "ms"),
    ("C62", ""),
    ("CDL", "cd"),
    ("CEL", "°C"),
    ("CMT", "cm"),
    ("D10", "S/m"),
    ("D13", "Sv"),
    ("D30", "TJ"),
    ("D46", "VA"),
    ("DAY", "d"),
    ("DBM", "dBm"),
    ("DD", "°"),
    ("E34", "GB"),
    ("FAH", "°F"),
    ("FNU", "FNU"),
    ("GL", "g/l"),
    ("GM", "g/m²"),
    ("GP", "mg/m³"),
    ("GQ", "µg/m³"),
    ("GRM", "g"),
    ("GV", "GJ"),
    ("GWH", "GWh"),
    ("HAR", "ha"),
    ("HTZ", "Hz"),
    ("HUR", "h"),
    ("JOU", "J"),
    ("K6", "kl"),
    ("KEL", "K"),
    ("KGM", "kg"),
    ("KHZ", "kHz"),
    ("KMH", "km/h"),
    ("KMQ", "kg/m³"),
    ("KMT", "km"),
    ("KPA", "kPa"),
    ("KVA", "kVA"),
    ("KVR", "kvar"),
    ("KVT", "kV"),
    ("KWH", "kWh"),
    ("KWT", "kW"),
    ("L2", "l/min"),
    ("LTR", "l"),
    ("LUM", "lm"),
    ("LUX", "lx"),
    ("M1", "mg/l"),
    ("MAW", "MW"),
    ("MGM", "mg"),
    ("MHZ", "MHz"),
    ("MIN", "min"),
    ("MMT", "mm"),
    ("MON", "mo"),
    ("MQH", "m³/h"),
    ("MQS", "m³/s"),
    ("MTK", "m²"),
    ("MTQ", "m³"),
    ("MTR", "m"),
    ("MTS", "m/s"),
    ("MWH", "MWh"),
    ("NEW", "N"),
    ("NTU", "NTU"),
    ("OHM", "Ω"),
    ("P1", "%"),
    ("PAL", "Pa"),
    ("Q30", "pH"),
    ("SEC", "s"),
    ("VLT", "V"),
    ("WHR", "Wh"),
    ("WTT", "W"),
];

/// The symbol for a UN/CEFACT common code: `CEL` gives `°C`. A count (`C62`) has an empty symbol; an unknown code has
/// none.
pub fn unit_symbol(unit_code: &str) -> Option<&'static str> {
    SYMBOLS
        .binary_search_by(|(code, _)| code.cmp(&unit_code))
        .ok()
        .and_then(|index| SYMBOLS.get(index))
        .map(|(_, symbol)| *symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_the_search_finds_everything() {
        assert!(SYMBOLS.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn city_units_have_symbols() {
        for (code, symbol) in [
            ("CEL", "°C"),
            ("P1", "%"),
            ("GQ", "µg/m³"),
            ("GP", "mg/m³"),
            ("2N", "dB"),
            ("59", "ppm"),
            ("KMH", "km/h"),
            ("C62", ""),
        ] {
            assert_eq!(unit_symbol(code), Some(symbol), "{code}");
        }
        assert_eq!(unit_symbol("cubits"), None);
    }
}
