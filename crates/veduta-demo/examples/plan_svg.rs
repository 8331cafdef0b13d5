//! Prints the plan of the demo city: `cargo run -p veduta-demo --example plan_svg > plan.svg`.

use std::io::{self, BufWriter};

use veduta_demo::{CityOptions, generate_city, write_plan_svg};

fn main() -> io::Result<()> {
    let city = generate_city(&CityOptions::default());
    write_plan_svg(&city, BufWriter::new(io::stdout().lock()))
}
