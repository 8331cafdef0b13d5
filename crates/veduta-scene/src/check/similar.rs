//! "Did you mean …?"

/// The candidate most like `word`, if one is like enough to be what was meant.
pub(crate) fn most_similar<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| {
            (
                distance(&word.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(edits, candidate)| *edits <= limit || is_beginning(word, candidate))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// `longitude` for `longitude_deg`: the unit forgotten is the most likely slip of all.
fn is_beginning(word: &str, candidate: &str) -> bool {
    word.chars().count() >= 3 && candidate.starts_with(word)
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let substitution = last[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut edits = substitution.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                let swap: usize = before_last[j - 2];
                edits = edits.min(swap + 1);
            }
            row.push(edits);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_of_textbook_pairs() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("ca", "ac"), 1);
        assert_eq!(distance("ca", "abc"), 3);
        assert_eq!(distance("straße", "strasse"), 2);
    }

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let keys = ["path", "url", "crs", "height_offset_m", "longitude_deg"];
        assert_eq!(most_similar("pth", keys), Some("path"));
        assert_eq!(most_similar("URL", keys), Some("url"));
        assert_eq!(
            most_similar("hieght_offset_m", keys),
            Some("height_offset_m")
        );
        assert_eq!(most_similar("longitude", keys), Some("longitude_deg"));
        assert_eq!(most_similar("colour", keys), None);
    }
}
