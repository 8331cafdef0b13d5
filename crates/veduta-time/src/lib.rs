//! The twin clock and the series store; time is always an argument
