//! Observations as NGSI-LD entities in normalized representation (ETSI GS CIM 009, 4.5).

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::curves;
use super::moment::Moment;
use super::spec::{SensorKind, SensorSpec, building_urn};
use crate::buildings::register::LOCALITY;

/// `dataProvider` of every entity.
pub const DATA_PROVIDER: &str = "Veduta demo (synthetic)";

const CORE_CONTEXT: &str = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context.jsonld";

/// UN/CEFACT Recommendation 20 codes.
mod unit {
    pub(super) const MICROGRAM_PER_CUBIC_METRE: &str = "GQ";
    pub(super) const DEGREE_CELSIUS: &str = "CEL";
    pub(super) const DECIBEL: &str = "2N";
    pub(super) const KILOMETRE_PER_HOUR: &str = "KMH";
    pub(super) const PARTS_PER_MILLION: &str = "59";
    pub(super) const KILOWATT: &str = "KWT";
    pub(super) const WATT: &str = "WTT";
    pub(super) const ONE: &str = "C62";
}

/// What the sensor reports at a moment: a pure function of sensor and time.
///
/// Silence is not modelled here; ask [`SensorSpec::reports_at`] first.
pub fn observe(spec: &SensorSpec, at: Timestamp) -> Value {
    let [longitude, latitude] = spec.longitude_latitude_deg;
    let moment = Moment::new(at, longitude, latitude);
    let mut entity = Report::new(spec, at);
    match &spec.kind {
        SensorKind::AirQuality => air_quality(&mut entity, &moment),
        SensorKind::Noise => {
            let level = curves::sound_level_db(spec.seed, &moment, spec.bustle);
            entity.number("LAeq", level, 1, unit::DECIBEL);
            entity.observed_over_last_secs(10);
        }
        SensorKind::TrafficFlow {
            peak_per_hour,
            free_speed_kmh,
        } => {
            let (intensity, occupancy, speed) =
                curves::traffic_flow(spec.seed, &moment, *peak_per_hour, *free_speed_kmh);
            entity.number("intensity", intensity, 0, unit::ONE);
            entity.number("occupancy", occupancy, 2, unit::ONE);
            entity.number("averageVehicleSpeed", speed, 1, unit::KILOMETRE_PER_HOUR);
            // The intensity counts the vehicles of a whole hour.
            entity.observed_over_last_secs(3600);
        }
        SensorKind::CarPark { places } => {
            let share = curves::parking(spec.seed, &moment, spec.bustle);
            let taken = (f64::from(*places) * share).round();
            entity.number(
                "availableSpotNumber",
                f64::from(*places) - taken,
                0,
                unit::ONE,
            );
            entity.number("occupiedSpotNumber", taken, 0, unit::ONE);
            entity.fixed("totalSpotNumber", json!(places));
            entity.fixed("category", json!(["public", "feeCharged"]));
        }
        SensorKind::ParkingSpot => {
            let share = curves::parking(spec.seed, &moment, spec.bustle);
            let taken = curves::is_taken(spec.seed, &moment, share, 2_700.0);
            entity.text("status", if taken { "occupied" } else { "free" });
            entity.fixed("category", json!(["onStreet"]));
        }
        SensorKind::Streetlight => {
            let level = curves::lamp_level(spec.seed, &moment);
            let state = if level > 0.6 {
                "on"
            } else if level > 0.0 {
                "low"
            } else {
                "off"
            };
            entity.text("powerState", state);
            entity.number("illuminanceLevel", level, 2, unit::ONE);
            entity.number("powerConsumption", 1.5 + 46.0 * level, 1, unit::WATT);
            entity.fixed("status", json!("ok"));
            entity.fixed("lanternHeight", json!(6));
        }
        SensorKind::Indoor { classroom } => {
            let (co2, temperature, people) = curves::indoor(spec.seed, &moment, *classroom);
            entity.number("co2", co2, 0, unit::PARTS_PER_MILLION);
            entity.number("temperature", temperature, 1, unit::DEGREE_CELSIUS);
            entity.number(
                "relativeHumidity",
                0.42 + (co2 - 425.0) / 9_000.0,
                2,
                unit::ONE,
            );
            entity.number("peopleCount", f64::from(people), 0, unit::ONE);
        }
        SensorKind::SolarPower { peak_kw } => {
            let power = curves::solar_power_kw(spec.seed, spec.weather_seed, &moment, *peak_kw);
            let air_c = curves::temperature_c(spec.weather_seed, &moment);
            entity.number("activePower", power, 2, unit::KILOWATT);
            entity.number(
                "temperature",
                air_c + 28.0 * power / peak_kw,
                1,
                unit::DEGREE_CELSIUS,
            );
            entity.fixed_with_unit("nominalPeakPowerGeneration", *peak_kw, unit::KILOWATT);
            entity.fixed("dateEnergyMeteringStarted", json!("2024-04-01T00:00:00Z"));
            let device = spec
                .id
                .replace(":PhotovoltaicMeasurement:", ":PhotovoltaicDevice:");
            entity.relationship("refPhotovoltaicDevice", &device);
        }
        SensorKind::SolarPanels { peak_kw } => {
            entity.fixed_with_unit("NominalPower", *peak_kw * 1000.0, unit::WATT);
            entity.fixed("installationMode", json!(["roofing"]));
            entity.fixed("cellType", json!(["monocrystalline"]));
        }
        SensorKind::Charger { sockets } => {
            let share = 0.15 + 0.55 * curves::parking(spec.seed, &moment, spec.bustle);
            let busy = (0..*sockets).filter(|socket| {
                curves::is_taken(
                    spec.seed ^ (u64::from(*socket) << 32),
                    &moment,
                    share,
                    3_600.0,
                )
            });
            let busy = busy.count() as f64;
            entity.number(
                "availableCapacity",
                f64::from(*sockets) - busy,
                0,
                unit::ONE,
            );
            entity.number("powerConsumption", busy * 11.0, 1, unit::KILOWATT);
            entity.text("status", "working");
            entity.fixed("capacity", json!(sockets));
            entity.fixed("socketType", json!(["Type2"]));
        }
        SensorKind::Building { storeys, category } => {
            entity.fixed("category", json!([category]));
            entity.fixed("floorsAboveGround", json!(storeys));
        }
    }
    entity.finish()
}

/// Observations from `from` to `to`, both included, every `step`, for filling a broker's past before a
/// simulation that starts at `to`. A sensor that fell silent before `to` ends where it fell silent; what
/// does not change is observed once. A `step` that is not positive yields nothing.
pub fn history(
    spec: &SensorSpec,
    from: Timestamp,
    to: Timestamp,
    step: SignedDuration,
) -> Vec<Value> {
    if step <= SignedDuration::ZERO || from > to {
        return Vec::new();
    }
    if spec.kind.interval_secs().is_none() {
        return vec![observe(spec, from)];
    }
    std::iter::successors(Some(from), |at| at.checked_add(step).ok())
        .take_while(|at| *at <= to)
        .filter(|at| spec.reports_at(at.as_second() - to.as_second()))
        .map(|at| observe(spec, at))
        .collect()
}

fn air_quality(entity: &mut Report<'_>, moment: &Moment) {
    let spec = entity.spec;
    let air = curves::air(spec.seed, spec.weather_seed, moment, spec.bustle);
    entity.number("no2", air.no2, 1, unit::MICROGRAM_PER_CUBIC_METRE);
    entity.number("o3", air.o3, 1, unit::MICROGRAM_PER_CUBIC_METRE);
    entity.number("pm10", air.pm10, 1, unit::MICROGRAM_PER_CUBIC_METRE);
    entity.number("pm25", air.pm25, 1, unit::MICROGRAM_PER_CUBIC_METRE);
    entity.number("temperature", air.temperature_c, 1, unit::DEGREE_CELSIUS);
    entity.number("relativeHumidity", air.relative_humidity, 2, unit::ONE);
}

/// An entity being filled in.
struct Report<'a> {
    spec: &'a SensorSpec,
    at: Timestamp,
    observed_at: String,
    entity: Map<String, Value>,
}

impl<'a> Report<'a> {
    fn new(spec: &'a SensorSpec, at: Timestamp) -> Self {
        let mut entity = Map::new();
        entity.insert("id".to_owned(), json!(spec.id));
        entity.insert("type".to_owned(), json!(spec.kind.entity_type()));
        let mut report = Self {
            spec,
            at,
            observed_at: instant(at),
            entity,
        };
        report.fixed("name", json!(spec.name));
        report.fixed("dataProvider", json!(DATA_PROVIDER));
        let [longitude, latitude] = spec.longitude_latitude_deg;
        let position = match spec.height_m {
            Some(height_m) => json!([longitude, latitude, round(height_m, 2)]),
            None => json!([longitude, latitude]),
        };
        let location =
            json!({"type": "GeoProperty", "value": {"type": "Point", "coordinates": position}});
        report.entity.insert("location".to_owned(), location);
        let address = json!({"type": "PostalAddress", "streetAddress": spec.street_address, "addressLocality": LOCALITY, "addressCountry": "DE"});
        report.fixed("address", address);
        if let Some(building) = &spec.building_id {
            report.relationship("refBuilding", &building_urn(building));
        }
        if matches!(
            spec.kind,
            SensorKind::Indoor { .. } | SensorKind::AirQuality | SensorKind::SolarPower { .. }
        ) {
            report.fixed(
                "dateObserved",
                json!({"@type": "DateTime", "@value": report.observed_at}),
            );
        }
        report
    }

    /// A number that was observed, rounded to what such a sensor can tell.
    fn number(&mut self, name: &str, value: f64, digits: i32, unit_code: &str) {
        let value = round(value, digits);
        let value = if digits == 0 {
            json!(value as i64)
        } else {
            json!(value)
        };
        let property = json!({"type": "Property", "value": value, "unitCode": unit_code, "observedAt": self.observed_at});
        self.entity.insert(name.to_owned(), property);
    }

    /// A state that was observed.
    fn text(&mut self, name: &str, value: &str) {
        let property = json!({"type": "Property", "value": value, "observedAt": self.observed_at});
        self.entity.insert(name.to_owned(), property);
    }

    /// A property that does not change.
    fn fixed(&mut self, name: &str, value: Value) {
        self.entity
            .insert(name.to_owned(), json!({"type": "Property", "value": value}));
    }

    fn fixed_with_unit(&mut self, name: &str, value: f64, unit_code: &str) {
        self.entity.insert(
            name.to_owned(),
            json!({"type": "Property", "value": value, "unitCode": unit_code}),
        );
    }

    fn relationship(&mut self, name: &str, object: &str) {
        self.entity.insert(
            name.to_owned(),
            json!({"type": "Relationship", "object": object}),
        );
    }

    fn observed_over_last_secs(&mut self, secs: i64) {
        let from = self
            .at
            .checked_sub(SignedDuration::from_secs(secs))
            .unwrap_or(self.at);
        for (name, at) in [("dateObservedFrom", from), ("dateObservedTo", self.at)] {
            self.fixed(name, json!({"@type": "DateTime", "@value": instant(at)}));
        }
    }

    fn finish(mut self) -> Value {
        let model = self.spec.kind.data_model();
        let context = format!(
            "https://raw.githubusercontent.com/smart-data-models/dataModel.{model}/master/context.jsonld"
        );
        self.entity
            .insert("@context".to_owned(), json!([context, CORE_CONTEXT]));
        Value::Object(self.entity)
    }
}

/// RFC 3339 in UTC, milliseconds, as brokers expect it.
fn instant(at: Timestamp) -> String {
    format!("{at:.3}")
}

fn round(value: f64, digits: i32) -> f64 {
    let factor = 10_f64.powi(digits);
    (value * factor).round() / factor
}
