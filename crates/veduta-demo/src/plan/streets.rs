//! The street network as it was drawn: names, classes and axes in plan metres.
//!
//! The axes are design, not chance: a seed changes the houses, never the streets.

use super::polygon::{PlanPoint, at};
use super::river;

/// What kind of street; decides widths and furnishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StreetClass {
    /// Wide street with a row of trees on each side.
    Avenue,
    /// Collector road.
    Collector,
    /// Street of closed blocks.
    Street,
    /// Narrow street of houses with gardens.
    Residential,
    /// Paved lane of the old town, one level from wall to wall.
    Lane,
    /// Country road without sidewalks.
    Country,
}

impl StreetClass {
    /// From wall to wall (or garden fence to garden fence), metres.
    pub(crate) fn corridor_width_m(self) -> f64 {
        match self {
            Self::Avenue => 21.0,
            Self::Collector => 15.0,
            Self::Street => 13.0,
            Self::Residential => 9.0,
            Self::Lane => 7.0,
            Self::Country => 8.0,
        }
    }

    /// Between the kerbs, metres; zero where there are none.
    pub(crate) fn carriageway_width_m(self) -> f64 {
        match self {
            Self::Avenue => 10.0,
            Self::Collector => 8.0,
            Self::Street => 7.0,
            Self::Residential => 5.5,
            Self::Lane => 0.0,
            Self::Country => 6.5,
        }
    }
}

/// A street: its name, class and axis.
#[derive(Debug, Clone)]
pub struct Street {
    /// As on the street sign.
    pub name: &'static str,
    /// What kind.
    pub class: StreetClass,
    /// Axis, plan metres.
    pub(crate) axis: Vec<PlanPoint>,
}

type Drawn = (&'static str, StreetClass, &'static [(f64, f64)]);

use StreetClass::{Avenue, Collector, Country, Lane, Residential, Street as Town};

// One street per line reads better than one coordinate per line.
#[rustfmt::skip]
const DRAWN: &[Drawn] = &[
    // The ring in place of the old wall, and the two other avenues.
    ("Wallstraße", Avenue, &[(237.0, 282.0), (222.0, 360.0), (228.0, 440.0), (258.0, 525.0), (338.0, 588.0), (462.0, 604.0), (568.0, 566.0), (624.0, 480.0), (628.0, 390.0), (614.0, 294.0)]),
    ("Königsallee", Avenue, &[(624.0, 480.0), (760.0, 470.0), (890.0, 458.0), (1012.0, 446.0)]),
    ("Parkallee", Avenue, &[(997.0, 260.0), (1005.0, 368.0), (1012.0, 446.0), (1016.0, 522.0), (1022.0, 587.0)]),
    // Collectors.
    ("Bergstraße", Collector, &[(-20.0, 610.0), (120.0, 616.0), (250.0, 630.0), (360.0, 646.0), (470.0, 654.0), (600.0, 642.0), (720.0, 624.0), (860.0, 602.0), (1022.0, 587.0), (1180.0, 576.0), (1256.0, 570.0)]),
    ("Obertor", Collector, &[(462.0, 604.0), (470.0, 654.0)]),
    ("Schillerstraße", Collector, &[(868.0, 276.0), (882.0, 376.0), (890.0, 458.0), (900.0, 532.0), (908.0, 595.0)]),
    ("Werkstraße", Collector, &[(-40.0, 110.0), (200.0, 112.0), (438.0, 118.0), (660.0, 122.0), (880.0, 108.0), (1100.0, 92.0), (1260.0, 84.0)]),
    ("Südbrückenstraße", Collector, &[(434.0, 297.0), (434.0, 236.0), (438.0, 118.0), (442.0, 0.0)]),
    ("Am Schillersteg", Collector, &[(868.0, 276.0), (866.0, 218.0), (880.0, 108.0), (884.0, 0.0)]),
    // The western quarter.
    ("Weststraße", Town, &[(-26.0, 255.0), (-40.0, 392.0), (-40.0, 500.0), (-20.0, 610.0)]),
    ("Gartenstraße", Town, &[(98.0, 262.0), (98.0, 400.0), (104.0, 505.0), (120.0, 616.0)]),
    ("Schulgasse", Town, &[(258.0, 525.0), (252.0, 630.0)]),
    ("Lindenstraße", Town, &[(-40.0, 392.0), (98.0, 400.0), (224.0, 400.0)]),
    ("Rosenstraße", Town, &[(-40.0, 500.0), (104.0, 505.0), (248.0, 496.0)]),
    // The eastern blocks.
    ("Mozartstraße", Town, &[(628.0, 392.0), (752.0, 386.0), (882.0, 376.0), (1005.0, 366.0)]),
    ("Beethovenstraße", Town, &[(574.0, 556.0), (770.0, 548.0), (900.0, 532.0), (1016.0, 522.0)]),
    ("Goethestraße", Town, &[(744.0, 282.0), (752.0, 386.0), (760.0, 470.0), (770.0, 548.0), (780.0, 614.0)]),
    ("Am Stadtpark", Town, &[(1250.0, 252.0), (1264.0, 400.0), (1256.0, 570.0)]),
    // Lanes of the old town.
    ("Brückstraße", Lane, &[(434.0, 288.0), (428.0, 350.0), (434.0, 414.0)]),
    ("Obertorstraße", Lane, &[(452.0, 488.0), (462.0, 545.0), (462.0, 604.0)]),
    ("Lange Gasse", Lane, &[(228.0, 436.0), (318.0, 442.0), (396.0, 450.0)]),
    ("Neue Gasse", Lane, &[(474.0, 462.0), (545.0, 464.0), (626.0, 472.0)]),
    ("Kirchgasse", Lane, &[(304.0, 290.0), (312.0, 372.0), (318.0, 442.0), (330.0, 512.0), (346.0, 590.0)]),
    ("Schmiedgasse", Lane, &[(532.0, 294.0), (538.0, 378.0), (545.0, 464.0), (538.0, 525.0), (524.0, 584.0)]),
    ("Fischergasse", Lane, &[(224.0, 364.0), (312.0, 372.0), (430.0, 362.0), (538.0, 378.0), (628.0, 398.0)]),
    ("Hirschgasse", Lane, &[(244.0, 480.0), (330.0, 512.0), (400.0, 532.0), (462.0, 545.0), (538.0, 525.0), (606.0, 510.0)]),
    // Terraces in the north-west.
    ("Vogelsangstraße", Residential, &[(-20.0, 610.0), (-12.0, 690.0), (-6.0, 762.0), (0.0, 836.0)]),
    ("Lerchenweg", Residential, &[(204.0, 624.0), (208.0, 700.0), (212.0, 770.0), (216.0, 842.0)]),
    ("Steige", Residential, &[(470.0, 654.0), (442.0, 722.0), (430.0, 787.0), (424.0, 856.0)]),
    ("Amselweg", Residential, &[(-12.0, 690.0), (130.0, 694.0), (300.0, 706.0), (442.0, 722.0)]),
    ("Drosselweg", Residential, &[(-6.0, 762.0), (140.0, 765.0), (300.0, 776.0), (430.0, 787.0)]),
    ("Finkenweg", Residential, &[(0.0, 836.0), (150.0, 838.0), (300.0, 846.0), (424.0, 856.0)]),
    // Villas on the hillside.
    ("Sonnenhalde", Residential, &[(442.0, 722.0), (540.0, 714.0), (646.0, 728.0), (760.0, 712.0), (882.0, 690.0), (1010.0, 682.0), (1120.0, 672.0), (1216.0, 642.0), (1256.0, 570.0)]),
    ("Panoramastraße", Residential, &[(430.0, 787.0), (540.0, 792.0), (662.0, 806.0), (790.0, 792.0), (912.0, 768.0), (1040.0, 762.0), (1160.0, 746.0), (1216.0, 642.0)]),
    ("Höhenweg", Residential, &[(424.0, 856.0), (540.0, 872.0), (680.0, 886.0), (820.0, 872.0), (950.0, 846.0), (1070.0, 838.0), (1160.0, 746.0)]),
    ("Himmelsleiter", Residential, &[(620.0, 640.0), (646.0, 728.0), (662.0, 806.0), (680.0, 886.0)]),
    ("Traubenweg", Residential, &[(862.0, 602.0), (882.0, 690.0), (912.0, 768.0), (950.0, 846.0)]),
    // South of the river.
    ("Fabrikstraße", Town, &[(205.0, 226.0), (200.0, 112.0), (196.0, 0.0)]),
    ("Neckarstraße", Town, &[(655.0, 236.0), (660.0, 122.0), (664.0, 0.0)]),
    ("Hafenstraße", Town, &[(1102.0, 208.0), (1100.0, 92.0), (1096.0, 0.0)]),
    ("Südring", Town, &[(-40.0, 196.0), (-40.0, 110.0), (-40.0, 0.0), (196.0, 0.0), (442.0, 0.0), (664.0, 0.0), (884.0, 0.0), (1096.0, 0.0), (1256.0, -4.0), (1260.0, 84.0), (1256.0, 191.0)]),
    // Out into the country.
    ("Rottweiler Landstraße", Country, &[(-28.0, 264.0), (-180.0, 288.0), (-390.0, 306.0), (-618.0, 338.0)]),
    ("Südlandstraße", Country, &[(442.0, 0.0), (462.0, -160.0), (452.0, -360.0), (486.0, -598.0)]),
    ("Werklandstraße", Country, &[(-40.0, 110.0), (-260.0, 86.0), (-618.0, 102.0)]),
    ("Talstraße", Country, &[(1260.0, 84.0), (1460.0, 96.0), (1818.0, 62.0)]),
    ("Schurwaldstraße", Country, &[(1256.0, 570.0), (1420.0, 560.0), (1600.0, 604.0), (1818.0, 590.0)]),
    ("Waldweg", Country, &[(-20.0, 610.0), (-180.0, 640.0), (-380.0, 600.0), (-618.0, 640.0)]),
];

/// Every street, the widest classes first, so that crossings belong to the more important one.
pub(crate) fn streets() -> Vec<Street> {
    let mut streets: Vec<Street> = DRAWN
        .iter()
        .map(|&(name, class, axis)| Street {
            name,
            class,
            axis: axis.iter().map(|&(x, y)| at(x, y)).collect(),
        })
        .collect();
    streets.push(quay("Uferstraße", 32.0, &NORTHERN_CROSSINGS_M));
    streets.push(quay("Südufer", -32.0, &SOUTHERN_CROSSINGS_M));
    streets.sort_by_key(|street| street.class);
    streets
}

/// Eastings at which streets meet the quays: between them a quay street runs straight.
const NORTHERN_CROSSINGS_M: [f64; 11] = [
    -26.0, 98.0, 236.0, 304.0, 434.0, 532.0, 614.0, 744.0, 868.0, 998.0, 1250.0,
];
const SOUTHERN_CROSSINGS_M: [f64; 7] = [-40.0, 205.0, 434.0, 655.0, 866.0, 1102.0, 1256.0];

fn quay(name: &'static str, north_of_axis_m: f64, eastings_m: &[f64]) -> Street {
    let axis = eastings_m
        .iter()
        .map(|&x| at(x, river::axis_northing(x) + north_of_axis_m))
        .collect();
    Street {
        name,
        class: Town,
        axis,
    }
}

/// The market square of the old town.
pub(crate) const MARKET_SQUARE: &[(f64, f64)] = &[
    (392.0, 410.0),
    (476.0, 404.0),
    (482.0, 490.0),
    (398.0, 496.0),
];
/// The square round the church.
pub(crate) const CHURCH_SQUARE: &[(f64, f64)] = &[
    (318.0, 442.0),
    (392.0, 446.0),
    (398.0, 496.0),
    (400.0, 532.0),
    (330.0, 512.0),
];

/// A constant outline as a ring.
pub(crate) fn ring_of(points: &[(f64, f64)]) -> Vec<PlanPoint> {
    points.iter().map(|&(x, y)| at(x, y)).collect()
}
