//! Writes `scene.schema.json` next to the crate's manifest: `cargo run -p veduta-scene --example write_schema`.

use std::path::Path;

fn main() -> std::io::Result<()> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scene.schema.json");
    std::fs::write(file, veduta_scene::scene_schema_text())
}
