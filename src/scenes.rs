//! What can be opened: paths and addresses from the user, and the scenes that come with the program.

use std::path::{Path, PathBuf};

use veduta_scene::Scene;

use crate::stream::SceneRequest;

/// A scene that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct Bundled {
    /// What `veduta demo` calls it.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What there is to see.
    pub description: &'static str,
    /// A picture of it, JPEG.
    pub picture: &'static [u8],
    /// Made up.
    pub synthetic: bool,
}

/// All of them, in the order of the start screen.
pub const BUNDLED: [Bundled; 1] = [Bundled {
    id: "demo",
    title: "Demo city",
    description: "A made-up European district between river and hillside, with simulated sensors \
                  and two designs for the site of an old factory hall.",
    picture: include_bytes!("../assets/scenes/demo.jpg"),
    synthetic: true,
}];

/// The request for what a user named: one scene file, or any number of files, folders and addresses.
///
/// # Errors
/// A sentence for the user: what is wrong and what to do.
pub fn request_for(targets: &[String]) -> Result<SceneRequest, String> {
    let (first, only) = match targets {
        [] => return Err("nothing was named to open".to_owned()),
        [only] => (only, true),
        [first, ..] => (first, false),
    };
    let is_scene = |target: &String| {
        let path = Path::new(target);
        path.extension()
            .is_some_and(|end| end.eq_ignore_ascii_case("toml"))
            && !target.contains("://")
    };
    if only && is_scene(first) {
        let (scene, findings) = Scene::read(Path::new(first)).map_err(|error| error.to_string())?;
        return Ok(SceneRequest {
            scene,
            findings,
            remember_as: Some(absolute(first)),
            live: true,
            ..SceneRequest::default()
        });
    }
    if let Some(scene) = targets.iter().find(|target| is_scene(target)) {
        return Err(format!(
            "{scene} is a scene file; open it alone, or name its sources in one scene file"
        ));
    }
    for target in targets.iter().filter(|target| !target.contains("://")) {
        if !Path::new(target).exists() {
            return Err(format!("{target} does not exist; check the path"));
        }
    }
    let locations: Vec<String> = targets.iter().map(|target| absolute(target)).collect();
    let scene = Scene::from_sources(&locations).map_err(|error| error.to_string())?;
    Ok(SceneRequest {
        remember_as: (targets.len() == 1).then(|| locations[0].clone()),
        scene,
        live: true,
        ..SceneRequest::default()
    })
}

/// The same request with a reference system for the sources that the scene gives none.
#[must_use]
pub fn with_crs(mut request: SceneRequest, crs: Option<&str>) -> SceneRequest {
    if let Some(crs) = crs {
        for source in &mut request.scene.sources {
            source.crs.get_or_insert_with(|| crs.to_owned());
        }
    }
    request
}

/// Recent scenes must be found again from another folder.
fn absolute(target: &str) -> String {
    if target.contains("://") {
        return target.to_owned();
    }
    std::path::absolute(target).map_or_else(
        |_| target.to_owned(),
        |path| path.to_string_lossy().into_owned(),
    )
}

/// The request for a bundled scene, written to the user's cache if it is not there yet.
///
/// # Errors
/// A sentence for the user.
pub fn bundled_request(id: &str) -> Result<SceneRequest, String> {
    let file = bundled_file(id)?;
    let (scene, findings) = Scene::read(&file).map_err(|error| error.to_string())?;
    Ok(SceneRequest {
        scene,
        findings,
        remember_as: None,
        live: true,
        ..SceneRequest::default()
    })
}

/// The scene file of a bundled scene.
///
/// # Errors
/// A sentence for the user: there is none of that name, or it cannot be written.
pub fn bundled_file(id: &str) -> Result<PathBuf, String> {
    if !BUNDLED.iter().any(|bundled| bundled.id == id) {
        let known: Vec<&str> = BUNDLED.iter().map(|bundled| bundled.id).collect();
        return Err(format!(
            "there is no bundled scene '{id}'; there is: {}",
            known.join(", ")
        ));
    }
    let folder = cache_folder().join(format!("{id}-{}", env!("CARGO_PKG_VERSION")));
    let file = folder.join("scene.toml");
    if !is_current(&file) {
        write_bundled(&folder)?;
    }
    Ok(file)
}

/// Whether the file is there and no older than the program, whose generator may have changed.
fn is_current(file: &Path) -> bool {
    let age = |path: &Path| std::fs::metadata(path).and_then(|data| data.modified());
    let Ok(written) = age(file) else { return false };
    let program = std::env::current_exe().and_then(|path| age(&path));
    program.is_ok_and(|built| built <= written)
}

/// Writes into a neighbouring folder first, so that a broken run leaves nothing half-written.
fn write_bundled(folder: &Path) -> Result<(), String> {
    let unfinished = folder.with_extension(format!("part-{}", std::process::id()));
    let refuse = |error: &dyn std::fmt::Display| {
        format!(
            "the demo city cannot be written to {}: {error}",
            folder.display()
        )
    };
    std::fs::create_dir_all(&unfinished).map_err(|error| refuse(&error))?;
    let city = veduta_demo::generate_city(&veduta_demo::CityOptions::default());
    veduta_demo::write_demo(&city, &unfinished).map_err(|error| refuse(&error))?;
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| refuse(&error))?;
    }
    std::fs::rename(&unfinished, folder).map_err(|error| refuse(&error))
}

/// The folder for what can be made again.
pub fn cache_folder() -> PathBuf {
    // `VEDUTA_CACHE` is for tests and for installations without a home.
    std::env::var_os("VEDUTA_CACHE")
        .map(PathBuf::from)
        .or_else(|| {
            let project = directories::ProjectDirs::from("", "", "veduta")?;
            Some(project.cache_dir().to_owned())
        })
        .unwrap_or_else(|| std::env::temp_dir().join("veduta"))
}
