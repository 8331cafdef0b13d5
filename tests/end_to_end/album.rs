//! Pictures of the district, taken once with the program's own studio on whatever Vulkan driver there is.

use std::{path::Path, sync::OnceLock};

use bevy::math::UVec2;
use veduta::{
    camera::CameraRig,
    city::{Selection, Sun, VERTICAL_FOV_DEG},
    clock::SceneClock,
    compare::ShownScenarios,
    overlay::Projection,
    report::Studio,
    scenes,
};

use crate::{
    district::HOUSE,
    pixels::Photograph,
    scene_folder::{ABOVE, GARDEN, STREET, SceneFolder},
};

/// Size of the pictures, pixels.
pub const SIZE: UVec2 = UVec2::new(480, 300);
/// The sun stands in the south, 65° high.
const NOON: &str = "2026-06-21T11:26:00Z";
/// The sun is far below the horizon.
const NIGHT: &str = "2026-06-21T23:00:00Z";

/// What the tests look at.
pub struct Album {
    /// From the south at noon.
    pub street: Photograph,
    /// The same at night.
    pub night: Photograph,
    /// Straight down at noon.
    pub above: Photograph,
    /// The same with shadows switched off.
    pub unshadowed: Photograph,
    /// The same with the house selected.
    pub selected: Photograph,
    /// The same in the scenario.
    pub garden: Photograph,
}

/// The pictures; `None`, said aloud, where nothing can draw.
pub fn album() -> Option<&'static Album> {
    static ALBUM: OnceLock<Album> = OnceLock::new();
    can_draw().then(|| ALBUM.get_or_init(take_pictures))
}

/// Whether there is a Vulkan driver; says so where there is none.
pub fn can_draw() -> bool {
    // Other systems bring their driver with them.
    if !cfg!(target_os = "linux") {
        return true;
    }
    let named = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"];
    let is_named = named
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|files| !files.is_empty()));
    let folders = [
        "/usr/share/vulkan/icd.d",
        "/etc/vulkan/icd.d",
        "/usr/local/share/vulkan/icd.d",
    ];
    let is_installed = folders.iter().any(|folder| {
        let entries = Path::new(folder).read_dir();
        entries.is_ok_and(|mut entries| entries.next().is_some())
    });
    if !is_named && !is_installed {
        eprintln!("skipped: there is no Vulkan driver; `make setup-test` installs one");
    }
    is_named || is_installed
}

fn take_pictures() -> Album {
    let folder = SceneFolder::new();
    let mut request =
        scenes::request_for(&[folder.scene().display().to_string()]).expect("a scene");
    request.live = false;
    request.time = NOON.parse().ok();
    let mut studio = Studio::open(request, SIZE, &mut |_, _| {}).expect("the district opens");

    let street = photograph(&mut studio, STREET);
    let above = photograph(&mut studio, ABOVE);
    studio.app_mut().world_mut().resource_mut::<Sun>().shadows = false;
    let unshadowed = photograph(&mut studio, ABOVE);
    studio.app_mut().world_mut().resource_mut::<Sun>().shadows = true;

    *studio.app_mut().world_mut().resource_mut::<Selection>() = Selection::Object(HOUSE.to_owned());
    let selected = photograph(&mut studio, ABOVE);
    *studio.app_mut().world_mut().resource_mut::<Selection>() = Selection::Nothing;

    studio
        .app_mut()
        .world_mut()
        .resource_mut::<ShownScenarios>()
        .left = Some(GARDEN.to_owned());
    let garden = photograph(&mut studio, ABOVE);
    studio
        .app_mut()
        .world_mut()
        .resource_mut::<ShownScenarios>()
        .left = None;

    let night = NIGHT.parse().expect("a moment");
    studio
        .app_mut()
        .world_mut()
        .resource_mut::<SceneClock>()
        .pin(night);
    let night = photograph(&mut studio, STREET);
    Album {
        street,
        night,
        above,
        unshadowed,
        selected,
        garden,
    }
}

fn photograph(studio: &mut Studio, view: &str) -> Photograph {
    let picture = studio
        .picture(Some(view), &mut |_, _| {})
        .expect("a picture");
    if let Some(folder) = std::env::var_os("VEDUTA_TEST_PICTURES") {
        keep(&picture, Path::new(&folder), view);
    }
    let rig = *studio.app_mut().world().resource::<CameraRig>();
    let area =
        egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(SIZE.x as f32, SIZE.y as f32));
    Photograph {
        picture,
        projection: Projection::new(&rig, f64::from(VERTICAL_FOV_DEG), area),
    }
}

/// For looking at what a test saw.
fn keep(picture: &image::RgbImage, folder: &Path, view: &str) {
    for number in 1.. {
        let path = folder.join(format!("{view}-{number}.png"));
        if !path.exists() {
            veduta::report::write_png(picture, &path).expect("the folder can be written to");
            return;
        }
    }
}
