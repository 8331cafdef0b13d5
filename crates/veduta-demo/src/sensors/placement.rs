//! Where the sensors are: along streets, on squares, in and on buildings.

use std::collections::BTreeMap;

use super::spec::{SensorKind, SensorSpec, building_urn};
use crate::buildings::{Building, BuildingUse, RoofType};
use crate::city::{City, PLAN_ORIGIN_CRS};
use crate::plan::Quarter;
use crate::plan::polygon::{PlanPoint, along, at, left, line_length};
use crate::plan::streets::{Street, StreetClass};
use crate::random::{Random, mix};
use crate::utm::longitude_latitude_deg;

/// All sensors of the city and the buildings they refer to, in a fixed order.
pub fn sensors(city: &City) -> Vec<SensorSpec> {
    let mut placement = Placement {
        city,
        specs: Vec::new(),
        counts: BTreeMap::new(),
    };
    placement.air_quality();
    placement.along_streets();
    placement.parking_and_charging();
    placement.lamps();
    placement.indoors();
    placement.solar_power();
    placement.fall_silent();
    placement.buildings();
    placement.specs
}

struct Placement<'a> {
    city: &'a City,
    specs: Vec<SensorSpec>,
    counts: BTreeMap<&'static str, u32>,
}

impl Placement<'_> {
    fn add(
        &mut self,
        kind: SensorKind,
        name: String,
        point: PlanPoint,
        bustle: f64,
        street_address: &str,
    ) -> &mut SensorSpec {
        let entity_type = kind.entity_type();
        let count = self.counts.entry(entity_type).or_insert(0);
        *count += 1;
        let id = format!("urn:ngsi-ld:{entity_type}:vedutastadt:{count:03}");
        let (longitude, latitude) =
            longitude_latitude_deg(point.x + PLAN_ORIGIN_CRS[0], point.y + PLAN_ORIGIN_CRS[1]);
        // Nine digits are a tenth of a millimetre: equal on every machine.
        let nine_digits = |value: f64| (value * 1e9).round() / 1e9;
        let own_seed = mix(self.city.options.seed ^ mix(self.specs.len() as u64 + 1));
        self.specs.push(SensorSpec {
            id,
            kind,
            name,
            longitude_latitude_deg: [nine_digits(longitude), nine_digits(latitude)],
            height_m: None,
            street_address: street_address.to_owned(),
            building_id: None,
            silent_after_secs: None,
            bustle,
            seed: own_seed,
            weather_seed: self.city.options.seed,
        });
        let last = self.specs.len() - 1;
        &mut self.specs[last]
    }

    fn add_at_building(
        &mut self,
        kind: SensorKind,
        name: String,
        building: &Building,
        height_m: f64,
    ) {
        let (x, y) = building.centre();
        let address = format!(
            "{} {}",
            building.address.street, building.address.house_number
        );
        let spec = self.add(kind, name, at(x, y), 0.4, &address);
        spec.height_m = Some(height_m);
        spec.building_id = Some(building.id.clone());
    }

    fn air_quality(&mut self) {
        const STATIONS: [(&str, (f64, f64), f64); 10] = [
            ("Marktplatz", (468.0, 418.0), 0.35),
            ("Wallstraße West", (234.5, 436.0), 0.9),
            ("Wallstraße Ost", (617.0, 384.0), 0.95),
            ("Königsallee", (824.0, 456.5), 0.8),
            ("Stadtpark", (1092.0, 470.0), 0.1),
            ("Schillerschule", (171.0, 536.0), 0.3),
            ("Panoramastraße", (662.0, 811.0), 0.08),
            ("Werkstraße", (330.0, 121.5), 0.7),
            ("Uferpromenade", (540.0, 290.0), 0.4),
            ("Drosselweg", (222.0, 776.0), 0.12),
        ];
        for (place, (x, y), bustle) in STATIONS {
            self.add(
                SensorKind::AirQuality,
                format!("Air quality {place}"),
                at(x, y),
                bustle,
                place,
            );
        }
    }

    /// Traffic counters and microphones on the streets that have traffic.
    fn along_streets(&mut self) {
        let streets = &self.city.streets;
        let counted = |street: &&Street| {
            matches!(
                street.class,
                StreetClass::Avenue | StreetClass::Collector | StreetClass::Street
            )
        };
        for street in streets.iter().filter(counted) {
            let (peak_per_hour, free_speed_kmh, bustle) = match street.class {
                StreetClass::Avenue => (1_450.0, 47.0, 0.9),
                StreetClass::Collector => (920.0, 48.0, 0.65),
                _ => (380.0, 31.0, 0.4),
            };
            let length_m = line_length(&street.axis);
            let posts = if length_m > 900.0 { 2 } else { 1 };
            for post in 0..posts {
                let share = (f64::from(post) + 0.46) / f64::from(posts);
                let (point, forward) = along(&street.axis, length_m * share);
                let side = if posts == 1 {
                    String::new()
                } else {
                    format!(" {}", post + 1)
                };
                let kind = SensorKind::TrafficFlow {
                    peak_per_hour,
                    free_speed_kmh,
                };
                let lane = point - left(forward) * 2.0;
                self.add(
                    kind,
                    format!("Traffic {}{side}", street.name),
                    lane,
                    bustle,
                    street.name,
                );
            }
        }
        const MICROPHONES: [(&str, (f64, f64), f64); 14] = [
            ("Marktplatz", (404.0, 462.0), 0.3),
            ("Kirchplatz", (336.0, 470.0), 0.15),
            ("Wallstraße Nord", (400.0, 586.0), 0.9),
            ("Königsallee", (700.0, 466.0), 0.8),
            ("Parkallee", (1001.5, 400.0), 0.85),
            ("Alte Brücke", (428.0, 288.5), 0.6),
            ("Schillerstraße", (877.0, 420.0), 0.6),
            ("Werkstraße", (760.0, 121.0), 0.65),
            ("Amselweg", (140.0, 699.0), 0.08),
            ("Höhenweg", (760.0, 883.0), 0.04),
            ("Sonnenhalde", (940.0, 691.0), 0.1),
            ("Lindenstraße", (20.0, 402.0), 0.4),
            ("Schillerschule", (150.0, 546.0), 0.3),
            ("Südufer", (760.0, 218.0), 0.3),
        ];
        for (place, (x, y), bustle) in MICROPHONES {
            self.add(
                SensorKind::Noise,
                format!("Noise {place}"),
                at(x, y),
                bustle,
                place,
            );
        }
    }

    fn parking_and_charging(&mut self) {
        const CAR_PARKS: [(&str, (f64, f64), u32, f64); 6] = [
            ("Tiefgarage Marktplatz", (450.0, 440.0), 320, 0.95),
            ("Parkhaus Wall", (300.0, 606.0), 410, 0.8),
            ("Parkplatz Sportgelände", (176.0, 122.5), 86, 0.4),
            ("Tiefgarage Turm am Ufer", (476.0, 150.0), 240, 0.9),
            ("Parkplatz Stadtpark", (1034.0, 566.0), 64, 0.5),
            ("Tiefgarage Hotel", (700.0, 178.0), 130, 0.6),
        ];
        for (name, (x, y), places, bustle) in CAR_PARKS {
            self.add(
                SensorKind::CarPark { places },
                name.to_owned(),
                at(x, y),
                bustle,
                name,
            );
        }
        for k in 0..14 {
            // Kerbside places on the north side of Lindenstraße and the east side of Goethestraße.
            let (point, street) = if k < 8 {
                (at(112.0 + 6.2 * f64::from(k), 403.2), "Lindenstraße")
            } else {
                (
                    at(
                        755.6 + 0.6 * f64::from(k - 8),
                        404.0 + 6.2 * f64::from(k - 8),
                    ),
                    "Goethestraße",
                )
            };
            self.add(
                SensorKind::ParkingSpot,
                format!("{street}, place {}", k + 1),
                point,
                0.6,
                street,
            );
        }
        const CHARGERS: [(&str, (f64, f64), u32); 10] = [
            ("Marktplatz", (472.0, 428.0), 4),
            ("Königsallee", (800.0, 473.5), 4),
            ("Goethestraße", (765.5, 510.0), 2),
            ("Rosenstraße", (150.0, 497.0), 2),
            ("Südufer", (560.0, 226.0), 4),
            ("Hotel am Fluss", (722.0, 182.0), 6),
            ("Werkstraße", (960.0, 112.5), 2),
            ("Drosselweg", (120.0, 769.0), 2),
            ("Sonnenhalde", (700.0, 724.0), 2),
            ("Stadtpark", (1043.0, 560.0), 4),
        ];
        for (place, (x, y), sockets) in CHARGERS {
            self.add(
                SensorKind::Charger { sockets },
                format!("Charging {place}"),
                at(x, y),
                0.5,
                place,
            );
        }
    }

    /// Lamps along the Königsallee, round the market and on the old bridge.
    fn lamps(&mut self) {
        let mut feet: Vec<(PlanPoint, &str)> = Vec::new();
        if let Some(avenue) = self
            .city
            .streets
            .iter()
            .find(|street| street.name == "Königsallee")
        {
            for k in 0..12 {
                let (point, forward) = along(&avenue.axis, 20.0 + 31.0 * f64::from(k));
                let side = if k % 2 == 0 { 5.6 } else { -5.6 };
                feet.push((point + left(forward) * side, avenue.name));
            }
        }
        let market = [
            (396.0, 414.0),
            (434.0, 409.0),
            (472.0, 408.5),
            (478.0, 446.0),
            (480.0, 486.0),
            (400.0, 492.0),
            (394.5, 440.0),
        ];
        feet.extend(market.map(|(x, y)| (at(x, y), "Marktplatz")));
        for k in 0..5 {
            feet.push((
                at(
                    if k % 2 == 0 { 427.6 } else { 440.4 },
                    248.0 + 9.0 * f64::from(k),
                ),
                "Alte Brücke",
            ));
        }
        let mut count = BTreeMap::new();
        for (foot, street) in feet {
            let number = count.entry(street).and_modify(|n| *n += 1).or_insert(1);
            let name = format!("Lamp {street} {number}");
            self.add(SensorKind::Streetlight, name, foot, 0.3, street);
        }
    }

    fn indoors(&mut self) {
        let city = self.city;
        let of_use = |wanted: BuildingUse| {
            city.buildings
                .iter()
                .filter(move |building| building.building_use == wanted)
        };
        for school in of_use(BuildingUse::School) {
            let (low, _) = school.height_range();
            // Rooms lie along the two wings of the main building; the plan of the school knows where.
            for room in 0..10 {
                let floor = room / 4;
                let wing = if room % 2 == 0 { 143.0 } else { 199.0 };
                let place = at(wing, 546.0 + 11.0 * f64::from((room / 2) % 4));
                let name = format!("Schillerschule, room {}{:02}", floor + 1, room % 4 + 1);
                let address = format!("{} {}", school.address.street, school.address.house_number);
                let spec = self.add(
                    SensorKind::Indoor { classroom: true },
                    name,
                    place,
                    0.4,
                    &address,
                );
                spec.height_m = Some(low + 2.5 + 3.9 * f64::from(floor));
                spec.building_id = Some(school.id.clone());
            }
        }
        let offices = [
            BuildingUse::TownHall,
            BuildingUse::Office,
            BuildingUse::SportsHall,
            BuildingUse::Hotel,
            BuildingUse::Church,
        ];
        for building in offices.into_iter().flat_map(of_use) {
            let name = building.name.clone().unwrap_or_else(|| {
                format!(
                    "{} {}",
                    building.address.street, building.address.house_number
                )
            });
            let (low, _) = building.height_range();
            self.add_at_building(
                SensorKind::Indoor { classroom: false },
                format!("Indoor air {name}"),
                building,
                low + 5.0,
            );
        }
    }

    /// Panels on flat roofs first, then on roofs of the hillside and the slab rows.
    fn solar_power(&mut self) {
        const PLANTS: usize = 22;
        let mut random = Random::stream(self.city.options.seed, "solar", 0);
        let suits = |building: &&Building| match building.quarter {
            Quarter::Modern | Quarter::School => building.roof() == RoofType::Flat,
            Quarter::SlabRows | Quarter::Villas | Quarter::Terraces => {
                building.building_use == BuildingUse::Residential && building.footprint_m2() > 70.0
            }
            _ => false,
        };
        let candidates: Vec<&Building> = self.city.buildings.iter().filter(suits).collect();
        let step = (candidates.len() / PLANTS).max(1);
        for building in candidates.into_iter().step_by(step).take(PLANTS) {
            let share = random.between(0.25, 0.45);
            let peak_kw = (building.footprint_m2() * share * 0.2 * 10.0).round() / 10.0;
            let (_, top) = building.height_range();
            let address = format!(
                "{} {}",
                building.address.street, building.address.house_number
            );
            self.add_at_building(
                SensorKind::SolarPower { peak_kw },
                format!("Solar power {address}"),
                building,
                top,
            );
            self.add_at_building(
                SensorKind::SolarPanels { peak_kw },
                format!("Solar panels {address}"),
                building,
                top,
            );
        }
    }

    /// Some sensors fail, so that failing can be seen: two before the start, two soon after.
    fn fall_silent(&mut self) {
        const FAILURES: [(&str, i64); 5] = [
            ("Air quality Drosselweg", -5_400),
            ("Noise Südufer", -26_000),
            ("Charging Werkstraße", 60),
            ("Schillerschule, room 203", 120),
            ("Traffic Mozartstraße", 240),
        ];
        for spec in &mut self.specs {
            let failure = FAILURES.iter().find(|(name, _)| *name == spec.name);
            spec.silent_after_secs = failure.map(|(_, secs)| *secs);
        }
    }

    /// The entities that `refBuilding` points to.
    fn buildings(&mut self) {
        let city = self.city;
        let mut wanted: Vec<String> = self
            .specs
            .iter()
            .filter_map(|spec| spec.building_id.clone())
            .collect();
        wanted.sort();
        wanted.dedup();
        for building in city
            .buildings
            .iter()
            .filter(|building| wanted.binary_search(&building.id).is_ok())
        {
            let storeys = building
                .parts
                .iter()
                .map(|part| part.storeys)
                .max()
                .unwrap_or(0);
            let category = match building.building_use {
                BuildingUse::School => "school",
                BuildingUse::Church => "church",
                BuildingUse::TownHall => "civic",
                BuildingUse::Office => "office",
                BuildingUse::Hotel => "hotel",
                BuildingUse::SportsHall => "sports_hall",
                BuildingUse::Residential | BuildingUse::ResidentialAndTrade => "residential",
                _ => "commercial",
            };
            let address = format!(
                "{} {}",
                building.address.street, building.address.house_number
            );
            let (x, y) = building.centre();
            let name = building.name.clone().unwrap_or_else(|| address.clone());
            let spec = self.add(
                SensorKind::Building { storeys, category },
                name,
                at(x, y),
                0.0,
                &address,
            );
            spec.id = building_urn(&building.id);
        }
    }
}
