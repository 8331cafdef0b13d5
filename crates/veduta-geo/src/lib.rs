//! Coordinate reference systems, vertical datums and local frames on PROJ
