//! How long files are: short enough to be read at one go.

use crate::workspace::rust_files;

/// Nine of ten files are shorter, in lines.
const MOST_BELOW: usize = 600;
/// The middle one is shorter, in lines.
const MIDDLE_BELOW: usize = 300;
/// Every file is shorter, in lines.
const ALL_BELOW: usize = 900;

#[test]
fn files_can_be_read_at_one_go() {
    let mut lengths: Vec<(usize, String)> = rust_files()
        .into_iter()
        .map(|file| (file.text.lines().count(), file.path))
        .collect();
    lengths.sort();
    let at = |percent: usize| lengths[(lengths.len() - 1) * percent / 100].0;
    let longest: Vec<String> = lengths
        .iter()
        .rev()
        .take(5)
        .map(|(lines, path)| format!("{lines:5} {path}"))
        .collect();
    let report = format!(
        "{} files; median {}, 90 % below {} lines; longest:\n{}",
        lengths.len(),
        at(50),
        at(90) + 1,
        longest.join("\n")
    );
    println!("{report}");
    assert!(at(50) < MIDDLE_BELOW, "the median is too long: {report}");
    assert!(at(90) < MOST_BELOW, "too many long files: {report}");
    assert!(at(100) < ALL_BELOW, "a file wants to be several: {report}");
}
