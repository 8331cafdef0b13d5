//! Generator of the synthetic demo city and its simulated sensors
