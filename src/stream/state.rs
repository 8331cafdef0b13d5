//! What is open, what is still to come, and what was found on the way.

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use bevy::prelude::*;
use glam::DVec3;
use veduta_geo::Geodetic;
use veduta_scene::{Scene, Viewpoint};

use super::{
    arrival::Arrival,
    open::Job,
    session::{Finding, OpenSource, SourceStage},
};
use crate::{
    camera::CameraRig,
    city::{CityHeights, SceneFrame, TileEntities},
};

/// More findings than this are not kept: nobody reads them.
const MAX_FINDINGS: usize = 4_000;

/// The open scene and the state of its sources.
#[derive(Resource)]
pub struct StreamState {
    /// The scene, `None` on the start screen.
    pub scene: Option<Scene>,
    /// Its sources, additions of scenarios last.
    pub sources: Vec<OpenSource>,
    /// Everything worth telling, in the order found.
    pub findings: Vec<Finding>,
    /// The assumed ground, where sources bring none.
    pub ground: Option<TileEntities>,
    /// Grows with every scene; arrivals of earlier ones are dropped.
    pub(super) generation: u64,
    pub(super) sender: Sender<Arrival>,
    pub(super) receiver: Mutex<Receiver<Arrival>>,
    /// Tiles loaded so far, for progress.
    pub(super) finished: u64,
    /// Designs that wait for the ground they stand on.
    pub(super) waiting: Vec<(usize, Job)>,
    /// What of the opening is still to be done.
    pub(super) opening: Opening,
}

/// What is done once after a scene was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// The camera has been placed.
    pub camera_placed: bool,
    /// The ground question was settled, and designs stand on it.
    pub grounded: bool,
    /// Objects that the first view leaves out because they lie further away.
    pub farther: usize,
}

impl Default for StreamState {
    fn default() -> Self {
        // Unbounded on purpose: at most `MAX_LOADING` tiles per source are under way, findings are
        // shortened by the readers, and progress is sent by the percent.
        let (sender, receiver) = channel();
        Self {
            scene: None,
            sources: Vec::new(),
            findings: Vec::new(),
            ground: None,
            generation: 0,
            sender,
            receiver: Mutex::new(receiver),
            finished: 0,
            waiting: Vec::new(),
            opening: Opening::default(),
        }
    }
}

impl StreamState {
    /// True once every source is open or has failed.
    pub fn sources_are_read(&self) -> bool {
        self.scene.is_some()
            && !self
                .sources
                .iter()
                .any(|source| matches!(source.stage, SourceStage::Opening(_)))
    }

    /// True once the camera has its first place, or nothing could be opened.
    pub fn is_placed(&self) -> bool {
        self.sources_are_read() && (self.opening.camera_placed || self.nothing_opened())
    }

    /// Objects that the first view leaves out because they lie far from the others.
    pub fn farther_objects(&self) -> usize {
        self.opening.farther
    }

    /// Another number for every scene that is opened.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// True when nothing that the picture needs is still to come.
    pub fn is_settled(&self) -> bool {
        self.sources_are_read()
            && self.pending_tiles() == 0
            && (self.opening.grounded || self.nothing_opened())
    }

    /// True when every source has failed; such a scene gets no place on the earth.
    fn nothing_opened(&self) -> bool {
        self.sources_are_read()
            && !self
                .sources
                .iter()
                .any(|source| matches!(source.stage, SourceStage::Open(_)))
    }

    /// Takes a finding in. What was said before is not said again, and there is an end to it: a broker
    /// that is down for a night repeats itself.
    pub fn note(&mut self, finding: Finding) {
        if self.findings.len() >= MAX_FINDINGS || self.findings.contains(&finding) {
            return;
        }
        self.findings.push(finding);
    }

    /// True when a source promises tiles that are not there yet.
    pub fn has_tiles_to_come(&self) -> bool {
        self.sources
            .iter()
            .any(|source| matches!(&source.stage, SourceStage::Open(open) if !open.tree.is_empty()))
    }

    pub(super) fn pending_tiles(&self) -> usize {
        let pending = self.sources.iter().map(|source| match &source.stage {
            SourceStage::Open(open) => open.loading.max(open.wanted),
            SourceStage::Waiting | SourceStage::Opening(_) | SourceStage::Failed(_) => 0,
        });
        pending.sum()
    }

    /// Things still to come, and things done: sources and tiles.
    pub fn progress(&self) -> (u64, u64) {
        let opening = self
            .sources
            .iter()
            .filter(|source| matches!(source.stage, SourceStage::Opening(_)));
        let opening = opening.count();
        let read = self.sources.len() - opening;
        let ground =
            usize::from(self.scene.is_some() && !self.opening.grounded && !self.nothing_opened());
        (
            (opening + self.pending_tiles() + ground) as u64,
            read as u64 + self.finished,
        )
    }

    /// Part of the opening source that is done, 0 to 1, over all sources; `None` when unknown.
    pub fn opening_part(&self) -> Option<f32> {
        let parts: Vec<f32> = self
            .sources
            .iter()
            .map(|source| match source.stage {
                SourceStage::Waiting => Some(0.0),
                SourceStage::Opening(part) => part,
                SourceStage::Open(_) | SourceStage::Failed(_) => Some(1.0),
            })
            .collect::<Option<_>>()?;
        (!parts.is_empty()).then(|| parts.iter().sum::<f32>() / parts.len() as f32)
    }

    /// Number of errors and warnings.
    pub fn problems(&self) -> usize {
        let bad = self
            .findings
            .iter()
            .filter(|finding| finding.severity > veduta_panels::Severity::Information);
        bad.count()
    }

    /// Number of sources that could not be opened.
    pub fn failed_sources(&self) -> usize {
        let failed = self
            .sources
            .iter()
            .filter(|source| matches!(source.stage, SourceStage::Failed(_)));
        failed.count()
    }

    /// The reason to give when there is nothing to show.
    pub fn worst_problem(&self) -> String {
        self.findings
            .iter()
            .max_by_key(|finding| finding.severity)
            .map_or_else(
                || "the scene names no source".to_owned(),
                |finding| format!("{} ({})", finding.message, finding.code),
            )
    }

    /// Names of the scene's viewpoints.
    pub fn viewpoint_names(&self) -> Vec<String> {
        let viewpoints = self.scene.iter().flat_map(|scene| &scene.viewpoints);
        viewpoints.map(|viewpoint| viewpoint.name.clone()).collect()
    }

    /// The camera of a viewpoint, `None` when there is none of that name or no place yet.
    pub fn viewpoint_rig(&self, name: &str, world: &World) -> Option<CameraRig> {
        let viewpoint = self.scene.as_ref()?.viewpoint(name)?;
        let frame = world.get_resource::<SceneFrame>()?;
        Some(rig_of(viewpoint, frame, world.resource::<CityHeights>()))
    }
}

/// The camera of a viewpoint. Its target lies on the ground ahead, as far as that is known.
pub fn rig_of(viewpoint: &Viewpoint, frame: &SceneFrame, heights: &CityHeights) -> CameraRig {
    let place = Geodetic::new(
        viewpoint.longitude_deg,
        viewpoint.latitude_deg,
        viewpoint.height_m,
    );
    let eye_enu = frame.point_enu_from_geodetic(place);
    let mut rig = CameraRig::from_eye(eye_enu, viewpoint.heading_deg, viewpoint.pitch_deg, 100.0);
    let direction = rig.direction_enu();
    let ground_m = heights.ground_at(eye_enu).unwrap_or(0.0);
    let distance = if direction.z < -0.01 {
        ((ground_m - eye_enu.z) / direction.z).clamp(15.0, 4_000.0)
    } else {
        300.0
    };
    rig.distance_m = distance;
    rig.target_enu = eye_enu + direction * distance;
    rig
}

/// A box in scene metres.
pub type Bounds = (DVec3, DVec3);
