//! Streaming, tolerant reader for CityGML and CityJSON
