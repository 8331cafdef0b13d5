use veduta_demo::*;
#[test]
fn count() {
    let c = generate_city(&CityOptions::default());
    let mut m = std::collections::BTreeMap::new();
    for t in &c.trees {
        let e = m.entry((t.species, (t.height_m >= 17.0))).or_insert((0, 0));
        e.0 += 1;
        e.1 += t.facets().len();
    }
    println!(
        "{} {m:?} facets {} cover {}",
        c.trees.len(),
        m.values().map(|v| v.1).sum::<usize>(),
        c.ground_covers
            .iter()
            .map(|c| c.pieces.len())
            .sum::<usize>()
    );
}
