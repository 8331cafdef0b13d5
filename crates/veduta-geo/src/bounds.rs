//! Boxes in longitude, latitude and height.

use serde::{Deserialize, Serialize};

use crate::Geodetic;

/// The smallest box around places: WGS 84 degrees and metres.
///
/// A box that crosses the antimeridian is not recognised as such and spans the globe.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GeodeticBounds {
    /// Lowest longitude, degrees.
    pub west_deg: f64,
    /// Lowest latitude, degrees.
    pub south_deg: f64,
    /// Highest longitude, degrees.
    pub east_deg: f64,
    /// Highest latitude, degrees.
    pub north_deg: f64,
    /// Lowest height, metres.
    pub min_height_m: f64,
    /// Highest height, metres.
    pub max_height_m: f64,
}

impl GeodeticBounds {
    /// The box around one place.
    pub fn around(place: Geodetic) -> Self {
        Self {
            west_deg: place.longitude_deg,
            south_deg: place.latitude_deg,
            east_deg: place.longitude_deg,
            north_deg: place.latitude_deg,
            min_height_m: place.height_m,
            max_height_m: place.height_m,
        }
    }

    /// The box around all places; `None` if there is none.
    pub fn from_places(places: impl IntoIterator<Item = Geodetic>) -> Option<Self> {
        let mut places = places.into_iter();
        let mut bounds = Self::around(places.next()?);
        for place in places {
            bounds.extend(place);
        }
        Some(bounds)
    }

    /// Grows the box to hold `place`.
    pub fn extend(&mut self, place: Geodetic) {
        *self = self.union(Self::around(place));
    }

    /// The box around both.
    pub fn union(self, other: Self) -> Self {
        Self {
            west_deg: self.west_deg.min(other.west_deg),
            south_deg: self.south_deg.min(other.south_deg),
            east_deg: self.east_deg.max(other.east_deg),
            north_deg: self.north_deg.max(other.north_deg),
            min_height_m: self.min_height_m.min(other.min_height_m),
            max_height_m: self.max_height_m.max(other.max_height_m),
        }
    }

    /// The middle of the box.
    pub fn center(self) -> Geodetic {
        Geodetic {
            longitude_deg: 0.5 * (self.west_deg + self.east_deg),
            latitude_deg: 0.5 * (self.south_deg + self.north_deg),
            height_m: 0.5 * (self.min_height_m + self.max_height_m),
        }
    }

    /// West, south, east, north, lowest, highest: the order of GeoJSON-like boxes with heights last.
    pub fn to_array(self) -> [f64; 6] {
        [
            self.west_deg,
            self.south_deg,
            self.east_deg,
            self.north_deg,
            self.min_height_m,
            self.max_height_m,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_place_it_was_made_of() {
        let bounds = GeodeticBounds::from_places([
            Geodetic::new(4.9, 52.4, 3.0),
            Geodetic::new(4.8, 52.3, 20.0),
            Geodetic::new(5.0, 52.35, -1.0),
        ]);
        assert_eq!(
            bounds.map(GeodeticBounds::to_array),
            Some([4.8, 52.3, 5.0, 52.4, -1.0, 20.0])
        );
        assert_eq!(GeodeticBounds::from_places([]), None);
    }
}
