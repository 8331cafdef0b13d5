//! Prints the light of sun and sky by the sun's elevation, to look at the model as numbers.

use veduta_analysis::{SunPosition, daylight};

fn main() {
    println!("elevation      sun lx      sky lx   EV  sun colour        zenith            horizon");
    for elevation_deg in [
        60.0, 40.0, 20.0, 10.0, 5.0, 2.0, 0.0, -2.0, -4.0, -6.0, -12.0, -20.0,
    ] {
        let light = daylight(SunPosition {
            azimuth_deg: 180.0,
            elevation_deg,
        });
        println!(
            "{elevation_deg:8.1}° {:11.3} {:11.3} {:4.1}  {:.2?}  {:.2?}  {:.2?}",
            light.sun.illuminance_lux,
            light.sky.illuminance_lux,
            light.exposure_ev100(),
            light.sun.colour,
            light.sky.zenith_colour,
            light.sky.horizon_colour,
        );
    }
}
