//! What lies in the checkout: manifests and text files, with paths relative to its root.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Folders that hold Rust code.
const CODE_FOLDERS: [&str; 5] = ["src", "crates", "tests", "benches", "examples"];

/// The root of the checkout.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the checkout.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Path from the root, with `/` on every system.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

impl TextFile {
    /// Reads a file by its path from the root.
    pub fn read(path: &str) -> Self {
        let text = fs::read_to_string(root().join(path))
            .unwrap_or_else(|error| panic!("{path} cannot be read: {error}"));
        Self {
            path: path.to_owned(),
            text,
        }
    }

    /// Whether it is code of the program or of a library, not of a test, a bench or an example.
    pub fn is_product(&self) -> bool {
        let of_package = match self.path.strip_prefix("crates/") {
            Some(rest) => rest.split_once('/').map_or("", |(_, rest)| rest),
            None => &self.path,
        };
        of_package.starts_with("src/") && !of_package.ends_with("/tests.rs")
    }

    /// The lines that are compiled into the product, with their numbers: no comments, and nothing from the first
    /// module of tests on, which stands at the end of a file.
    pub fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim()))
            .take_while(|(_, line)| *line != "#[cfg(test)]")
            .filter(|(_, line)| !line.starts_with("//"))
    }
}

/// All Rust files, sorted by path.
pub fn rust_files() -> Vec<TextFile> {
    let mut paths = BTreeSet::new();
    for folder in CODE_FOLDERS {
        collect(&root().join(folder), "rs", &mut paths);
    }
    assert!(
        paths.len() > 100,
        "the sources were not found from {}",
        root().display()
    );
    paths.iter().map(|path| TextFile::read(path)).collect()
}

fn collect(folder: &Path, extension: &str, paths: &mut BTreeSet<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a folder can be listed").path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            collect(&path, extension, paths);
        } else if path.extension().is_some_and(|found| found == extension) {
            paths.insert(relative(&path));
        }
    }
}

/// Names of the folders directly in `folder` that are not empty, sorted.
pub fn folders_in(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder))
        .unwrap_or_else(|error| panic!("{folder} cannot be listed: {error}"));
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("a folder can be listed"))
        .filter(|entry| fs::read_dir(entry.path()).is_ok_and(|mut inside| inside.next().is_some()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn relative(path: &Path) -> String {
    let relative: PathBuf = path
        .strip_prefix(root())
        .expect("only the checkout is walked")
        .into();
    relative.to_string_lossy().replace('\\', "/")
}

/// One package of the workspace and what it is built from.
#[derive(Debug)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// What its code may name: normal dependencies of all targets, without those of tests and build scripts.
    pub dependencies: BTreeSet<String>,
}

/// All packages: the program and every crate.
pub fn packages() -> Vec<Package> {
    let crates = folders_in("crates")
        .into_iter()
        .map(|folder| format!("crates/{folder}/Cargo.toml"));
    std::iter::once("Cargo.toml".to_owned())
        .chain(crates)
        .map(|path| package(&path))
        .collect()
}

fn package(manifest_path: &str) -> Package {
    let manifest: toml::Table = TextFile::read(manifest_path)
        .text
        .parse()
        .unwrap_or_else(|error| panic!("{manifest_path}: {error}"));
    let name = manifest["package"]["name"]
        .as_str()
        .unwrap_or_else(|| panic!("{manifest_path} has no name"));
    let mut dependencies = BTreeSet::new();
    add_dependencies(&manifest, &mut dependencies);
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    for target in targets.into_iter().flat_map(toml::Table::values) {
        if let Some(target) = target.as_table() {
            add_dependencies(target, &mut dependencies);
        }
    }
    Package {
        name: name.to_owned(),
        dependencies,
    }
}

fn add_dependencies(table: &toml::Table, dependencies: &mut BTreeSet<String>) {
    let Some(entries) = table.get("dependencies").and_then(toml::Value::as_table) else {
        return;
    };
    for (key, entry) in entries {
        // A dependency may go by another name here; what counts is which it is.
        let package = entry.get("package").and_then(toml::Value::as_str);
        dependencies.insert(package.unwrap_or(key).to_owned());
    }
}
