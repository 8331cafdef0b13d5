//! Analyses over scene, series and clock; results carry method, inputs and units
