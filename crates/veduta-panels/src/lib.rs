//! Every panel of the window as a plain egui function: model in, commands out
