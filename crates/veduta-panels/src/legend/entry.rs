//! One overlay in the legend.

use egui::{Label, Sense, Stroke, StrokeKind, Ui, Vec2};
use egui_phosphor::regular as icon;

use super::{LegendEntry, LegendKey, Swatch, scale_bar::scale_bar_ui};
use crate::{
    Command,
    controls::{icon_button, paint_hatch, row, small},
    language::Language,
    theme::{Tokens, metrics},
};

/// A swatch of colour or pattern.
const SWATCH: Vec2 = Vec2::new(18.0, 12.0);

pub(super) fn entry_ui(ui: &mut Ui, entry: &LegendEntry) -> Option<Command> {
    let language = Language::of(ui);
    let title = if entry.unit.is_empty() {
        entry.title.clone()
    } else {
        format!("{}, {}", entry.title, entry.unit)
    };
    let (_, hide) = row(
        ui,
        |ui| ui.add(Label::new(title).truncate()),
        |ui| {
            icon_button(
                ui,
                icon::X,
                &language.tr_with("legend-hide", &[("name", (&entry.title).into())]),
            )
        },
    );
    match &entry.key {
        LegendKey::Scale { .. } => scale_bar_ui(ui, &entry.key, &entry.unit),
        LegendKey::Classes(classes) => swatches_ui(ui, classes),
    }
    if entry.with_value < entry.total {
        let missing = language.count((entry.total - entry.with_value) as u64);
        no_data_ui(
            ui,
            &language.tr_with("legend-no-data", &[("count", missing.into())]),
        );
    }
    let sensors = language.tr_with(
        "legend-sensors",
        &[
            ("count", entry.with_value.into()),
            ("shown", language.count(entry.with_value as u64).into()),
        ],
    );
    let caption: Vec<&str> = [sensors.as_str(), &entry.period, &entry.source]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    ui.add(Label::new(small(ui, caption.join("  ·  "))).wrap());
    hide.clicked().then(|| Command::SetOverlayVisible {
        overlay: entry.overlay.clone(),
        visible: false,
    })
}

/// Colours with their labels, one to a row.
fn swatches_ui(ui: &mut Ui, swatches: &[Swatch]) {
    for swatch in swatches {
        line(ui, |ui| swatch_ui(ui, swatch));
    }
}

/// A colour with its label.
pub(super) fn swatch_ui(ui: &mut Ui, swatch: &Swatch) {
    let border = Stroke::new(1.0, Tokens::of(ui).palette.border.colour());
    let (rect, _) = ui.allocate_exact_size(SWATCH, Sense::hover());
    ui.painter().rect(
        rect,
        2.0,
        swatch.colour.colour(),
        border,
        StrokeKind::Inside,
    );
    ui.add(Label::new(small(ui, &swatch.label)).truncate());
}

/// The pattern that stands for things without a value.
fn no_data_ui(ui: &mut Ui, label: &str) {
    line(ui, |ui| {
        let (rect, _) = ui.allocate_exact_size(SWATCH, Sense::hover());
        paint_hatch(ui.painter(), Tokens::of(ui), rect);
        ui.add(Label::new(small(ui, label)).truncate());
    });
}

fn line(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = super::LINE;
        ui.spacing_mut().item_spacing.x = metrics::GAP_SMALL;
        ui.horizontal(contents);
    });
}
