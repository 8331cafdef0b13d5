//! The scene file: sources, brokers, layers, scenarios, viewpoints
