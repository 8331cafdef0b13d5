//! How tiles look and what they draw.

use egui::{Color32, Frame, Margin, Rect, Stroke, Ui, Visuals, WidgetText};
use egui_tiles::{
    Behavior, ResizeState, SimplificationOptions, TabState, TileId, Tiles, UiResponse,
};

use super::{Pane, SceneModel, WindowState};
use crate::{
    Command, DiagnosticsState, InspectorState, LayersState, diagnostics_ui, inspector_ui,
    language::Language,
    layers_ui,
    theme::{Tokens, metrics},
};

/// Draws the panes of one frame and gathers what they answer.
pub(super) struct PaneView<'a> {
    model: &'a SceneModel,
    layers: &'a mut LayersState,
    inspector: &'a mut InspectorState,
    diagnostics: &'a mut DiagnosticsState,
    language: &'a Language,
    tokens: &'static Tokens,
    commands: Vec<Command>,
    scene: Option<Rect>,
}

/// Draws the tiles into all the room there is; answers the wishes and where the scene lies.
pub(super) fn tiles_ui(
    ui: &mut Ui,
    state: &mut WindowState,
    model: &SceneModel,
) -> (Vec<Command>, Option<Rect>) {
    let language = Language::of(ui);
    state.dock.mend();
    state.dock.fit_columns(ui.available_width());
    let before = state.dock.tree.clone();
    let mut view = PaneView {
        model,
        layers: &mut state.layers,
        inspector: &mut state.inspector,
        diagnostics: &mut state.diagnostics,
        language: &language,
        tokens: Tokens::of(ui),
        commands: Vec::new(),
        scene: None,
    };
    state.dock.tree.ui(&mut view, ui);
    let answer = (view.commands, view.scene);
    if state.dock.scene_is_covered() {
        state.dock.tree = before;
    }
    state.dock.hide_empty_tabs();
    answer
}

impl Behavior<Pane> for PaneView<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, pane: &mut Pane) -> UiResponse {
        if *pane == Pane::Scene {
            self.scene = Some(ui.max_rect());
            return UiResponse::None;
        }
        let frame = Frame::new()
            .fill(ui.visuals().panel_fill)
            .inner_margin(Margin {
                top: metrics::GAP as i8,
                ..Margin::same(metrics::PANEL_MARGIN as i8)
            });
        let commands = frame.show(ui, |ui| {
            ui.expand_to_include_rect(ui.max_rect());
            match pane {
                Pane::Layers => layers_ui(ui, self.layers, &self.model.layers),
                Pane::Inspector => inspector_ui(ui, self.inspector, &self.model.inspector),
                Pane::Diagnostics => diagnostics_ui(ui, self.diagnostics, &self.model.diagnostics),
                // These have no tile.
                Pane::Scene | Pane::Legend | Pane::Timeline => Vec::new(),
            }
        });
        self.commands.extend(commands.inner);
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        let title = self.language.tr(pane.message_key());
        let problems = self.model.diagnostics.rows.len();
        if *pane == Pane::Diagnostics && problems > 0 {
            return format!("{title} {}", self.language.count(problems as u64)).into();
        }
        title.into()
    }

    fn is_tab_closable(&self, _: &Tiles<Pane>, _: TileId) -> bool {
        true
    }

    /// A closed tab is hidden, not removed: it comes back where it was.
    fn on_tab_close(&mut self, tiles: &mut Tiles<Pane>, tile: TileId) -> bool {
        if let Some(pane) = tiles.get_pane(&tile) {
            self.commands.push(Command::SetPaneOpen {
                pane: *pane,
                open: false,
            });
        }
        false
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        32.0
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        metrics::RULE
    }

    fn min_size(&self) -> f32 {
        140.0
    }

    fn close_button_outer_size(&self) -> f32 {
        16.0
    }

    fn close_button_inner_margin(&self) -> f32 {
        4.0
    }

    fn tab_title_spacing(&self, _: &Visuals) -> f32 {
        metrics::PANEL_MARGIN
    }

    fn tab_bar_color(&self, visuals: &Visuals) -> Color32 {
        visuals.panel_fill
    }

    fn tab_bg_color(&self, visuals: &Visuals, _: &Tiles<Pane>, _: TileId, _: &TabState) -> Color32 {
        visuals.panel_fill
    }

    fn tab_outline_stroke(&self, _: &Visuals, _: &Tiles<Pane>, _: TileId, _: &TabState) -> Stroke {
        Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, visuals: &Visuals) -> Stroke {
        visuals.widgets.noninteractive.bg_stroke
    }

    fn tab_text_color(&self, _: &Visuals, _: &Tiles<Pane>, _: TileId, state: &TabState) -> Color32 {
        let palette = &self.tokens.palette;
        if state.active {
            palette.ink.colour()
        } else {
            palette.ink_weak.colour()
        }
    }

    fn resize_stroke(&self, style: &egui::Style, state: ResizeState) -> Stroke {
        let rule = style.visuals.widgets.noninteractive.bg_stroke;
        match state {
            ResizeState::Idle => rule,
            ResizeState::Hovering | ResizeState::Dragging => {
                Stroke::new(2.0, self.tokens.palette.accent.colour())
            }
        }
    }

    fn drag_preview_stroke(&self, _: &Visuals) -> Stroke {
        Stroke::new(1.5, self.tokens.palette.accent.colour())
    }

    fn drag_preview_color(&self, _: &Visuals) -> Color32 {
        self.tokens.palette.accent.with_opacity(0.15)
    }

    fn simplification_options(&self) -> SimplificationOptions {
        // A pane keeps its tab also when it is alone: by the tab it is named, dragged and closed.
        SimplificationOptions {
            prune_single_child_tabs: false,
            ..SimplificationOptions::default()
        }
    }
}
