//! Names of attributes that stand within others.

/// Bytes of the path that a name may begin with. A long name around many members would stand in each of their names, and
/// a file of a megabyte fill the memory.
const MAX_PATH_BYTES: usize = 256;

/// `path/member`, with the end of a path that is too long left out.
pub(crate) fn nested_name(path: &str, member: &str) -> String {
    let end = path.floor_char_boundary(MAX_PATH_BYTES);
    format!("{}/{member}", &path[..end])
}

#[cfg(test)]
mod tests {
    use super::nested_name;

    #[test]
    fn only_the_path_is_cut() {
        assert_eq!(nested_name("a/b", "c"), "a/b/c");
        let name = nested_name(&"ä".repeat(1000), "c");
        assert_eq!(name, format!("{}/c", "ä".repeat(128)));
    }
}
