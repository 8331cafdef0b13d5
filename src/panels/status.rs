//! The line at the bottom.

use bevy::{
    diagnostic::{DiagnosticsStore, FrameTimeDiagnosticsPlugin},
    prelude::*,
};
use veduta_panels::{
    BrokerLink, CursorPosition, LinkState, Loading, StatusModel, language::Language,
};

use super::catalogue::Catalogue;
use crate::{
    app::PendingPipelines,
    camera::CameraRig,
    city::{Pointer, Quality, SceneFrame, VERTICAL_FOV_DEG},
    compare::SceneRectangles,
    live::{LinkStage, SceneLink, SceneLinks},
    stream::StreamState,
};

/// The status line.
pub fn status_model(world: &World, language: &Language) -> StatusModel {
    let stream = world.resource::<StreamState>();
    let catalogue = world.resource::<Catalogue>();
    let (pending, _) = stream.progress();
    let pipelines = world.resource::<PendingPipelines>().count() as u64;
    let scene = stream.scene.as_ref();
    StatusModel {
        loading: Loading {
            pending: pending + pipelines,
            failed: stream.failed_sources() as u64,
        },
        features: catalogue.features(),
        triangles: catalogue.triangles(),
        tiles: catalogue.tiles(),
        frames_per_second: world
            .get_resource::<DiagnosticsStore>()
            .and_then(|store| store.get(&FrameTimeDiagnosticsPlugin::FPS))
            .and_then(bevy::diagnostic::Diagnostic::smoothed),
        quality: world
            .get_resource::<Quality>()
            .map_or_else(String::new, |quality| {
                language.tr(match quality {
                    Quality::Software => "quality-software",
                    Quality::Full => "quality-full",
                    Quality::Still => "quality-still",
                })
            }),
        brokers: world
            .resource::<SceneLinks>()
            .links
            .iter()
            .map(broker)
            .collect(),
        cursor: cursor(world),
        metres_per_point: metres_per_point(world),
        synthetic: scene.is_some_and(|scene| scene.synthetic),
        attribution: scene
            .map(|scene| scene.attribution.clone())
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect(),
        problems: stream.problems(),
    }
}

fn broker(link: &SceneLink) -> BrokerLink {
    let (state, message) = match &link.stage {
        LinkStage::Connecting => (LinkState::Connecting, String::new()),
        LinkStage::Connected => (LinkState::Connected, String::new()),
        LinkStage::Broken { reason, remedy } => (
            LinkState::Broken,
            if remedy.is_empty() {
                reason.clone()
            } else {
                format!("{reason}. {remedy}")
            },
        ),
    };
    BrokerLink {
        name: link.name.clone(),
        state,
        message,
    }
}

fn cursor(world: &World) -> Option<CursorPosition> {
    let pointer = world.resource::<Pointer>();
    let frame = world.get_resource::<SceneFrame>()?;
    let place = frame.geodetic_from_enu(pointer.point_enu?);
    Some(CursorPosition {
        coordinates: [
            ("φ".to_owned(), place.latitude_deg),
            ("λ".to_owned(), place.longitude_deg),
        ],
        geographic: true,
        // Over the plane of the target, where nothing was hit, a height would be an invention.
        height_m: pointer.feature.map(|_| place.height_m),
        height_datum: String::new(),
        crs: "WGS 84".to_owned(),
    })
}

fn metres_per_point(world: &World) -> Option<f64> {
    let area = world.resource::<SceneRectangles>().points[0]?;
    let rig = world.resource::<CameraRig>();
    let tan = (f64::from(VERTICAL_FOV_DEG).to_radians() * 0.5).tan();
    Some(2.0 * rig.distance_m * tan / f64::from(area.height().max(1.0)))
}
