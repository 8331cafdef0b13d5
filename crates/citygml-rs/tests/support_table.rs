//! The table of what is read, in `README.md`: each cell is the outcome of reading a small document.
//!
//! After a change, `UPDATE=1 cargo test --test support_table` writes the table anew.

mod support_table {
    pub mod document;
    pub mod features;
    pub mod geometries;
}

use std::path::Path;

use support_table::document::{Source, VERSIONS, read};
use support_table::features::FEATURES;
use support_table::geometries::GEOMETRIES;

const BEGIN: &str = "<!-- support table -->\n";
const END: &str = "<!-- end of support table -->\n";

#[test]
fn the_table_in_the_readme_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).expect("README.md can be read");
    let (before, rest) = readme.split_once(BEGIN).expect("README.md has the table");
    let (stated, after) = rest.split_once(END).expect("the table ends");
    let found = table();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{found}{END}{after}"))
            .expect("README.md can be written");
    } else {
        assert_eq!(
            stated, found,
            "run the test with UPDATE=1 and look at what changed"
        );
    }
}

fn table() -> String {
    let mut table = String::from("| module | what |");
    for version in VERSIONS {
        table.push_str(&format!(" {} |", version.name()));
    }
    table.push_str("\n| --- | --- | --- | --- | --- | --- |\n");
    for row in GEOMETRIES {
        table.push_str(&format!("| {} | {} |", row.module, row.what));
        for version in VERSIONS {
            let levels: Vec<u8> = row
                .levels(version)
                .iter()
                .copied()
                .filter(|&level| {
                    let read = read(version, &row.document(version, level));
                    (row.is_read)(&read, level)
                })
                .collect();
            let cell = if row.levels(version).is_empty() {
                "·".to_owned()
            } else {
                spans(&levels)
            };
            table.push_str(&format!(" {cell} |"));
        }
        table.push('\n');
    }
    for row in FEATURES {
        table.push_str(&format!("| {} | {} |", row.module, row.what));
        for version in VERSIONS {
            let cell = match (row.document)(version) {
                Source::None => "·",
                source => match (row.is_read)(&read(version, &source)) {
                    true => "yes",
                    false => "no",
                },
            };
            table.push_str(&format!(" {cell} |"));
        }
        table.push('\n');
    }
    table
}

/// `0, 2–4`; `no` for none.
fn spans(levels: &[u8]) -> String {
    let mut spans: Vec<(u8, u8)> = Vec::new();
    for &level in levels {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == level => *last = level,
            _ => spans.push((level, level)),
        }
    }
    if spans.is_empty() {
        return "no".to_owned();
    }
    let texts: Vec<String> = spans
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => format!("{first}"),
            _ => format!("{first}–{last}"),
        })
        .collect();
    format!("LoD {}", texts.join(", "))
}
