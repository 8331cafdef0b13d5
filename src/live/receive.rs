//! Opens and closes links with the scene, and takes in what they tell.

use std::collections::HashMap;

use bevy::prelude::*;
use jiff::Timestamp;
use ngsild::LinkEvent;
use tokio::sync::oneshot::error::TryRecvError;
use veduta_scene::BrokerSettings;
use veduta_time::Arrival;

use super::{
    EmbeddedBrokers, LiveEntity, LiveRuntime, Observations, SceneLinks,
    links::{LinkStage, SceneLink, end_links, start_link},
    series::{record_entity, record_history},
};
use crate::{
    clock::SceneClock,
    stream::{CloseScene, Finding, OpenScene, StreamState},
};

/// Messages taken in per frame and link.
const EVENTS_PER_FRAME: usize = 64;

/// ECS entities by NGSI-LD id.
#[derive(Resource, Debug, Default)]
pub struct LiveIndex {
    entities: HashMap<String, Entity>,
}

impl LiveIndex {
    /// The ECS entity of an NGSI-LD id.
    pub fn get(&self, id: &str) -> Option<Entity> {
        self.entities.get(id).copied()
    }

    /// Number of entities.
    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }
}

/// Ends the links of a scene that is being closed or replaced.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn close_links(
    mut closed: MessageReader<CloseScene>,
    mut opened: MessageReader<OpenScene>,
    mut commands: Commands,
    runtime: Res<LiveRuntime>,
    mut links: ResMut<SceneLinks>,
    mut brokers: ResMut<EmbeddedBrokers>,
    mut index: ResMut<LiveIndex>,
    mut observations: ResMut<Observations>,
) {
    if closed.read().count() == 0 && opened.read().count() == 0 {
        return;
    }
    end_links(&runtime.0, &mut links);
    brokers.stop(&runtime.0);
    for (_, entity) in index.entities.drain() {
        commands.entity(entity).despawn();
    }
    *observations = Observations::default();
}

/// Starts embedded brokers and all links of a new scene.
pub(super) fn open_links(
    mut opened: MessageReader<OpenScene>,
    runtime: Res<LiveRuntime>,
    mut links: ResMut<SceneLinks>,
    mut brokers: ResMut<EmbeddedBrokers>,
    mut stream: ResMut<StreamState>,
) {
    let Some(OpenScene(request)) = opened.read().last() else {
        return;
    };
    if !request.live {
        return;
    }
    for settings in &request.scene.brokers {
        let url = match &settings.url {
            Some(url) if !settings.embedded => Ok((url.clone(), None)),
            _ => brokers.start(&runtime.0, settings),
        };
        match url {
            Ok((url, None)) => links.links.push(start_link(&runtime.0, settings, url)),
            Ok((url, Some(ready))) => links.links.push(SceneLink {
                waiting: Some((ready, settings.clone())),
                ..unstarted(settings, url, LinkStage::Connecting)
            }),
            Err(reason) => {
                stream.note(broker_finding(&settings.name, "LD-100", &reason));
                let stage = LinkStage::Broken {
                    reason,
                    remedy: String::new(),
                };
                links.links.push(unstarted(settings, String::new(), stage));
            }
        }
    }
}

fn unstarted(settings: &BrokerSettings, url: String, stage: LinkStage) -> SceneLink {
    SceneLink {
        name: settings.name.clone(),
        url,
        stage,
        handle: None,
        events: None,
        waiting: None,
    }
}

/// Starts links whose brokers have become ready, so that they find the past in them.
pub(super) fn start_waiting_links(runtime: Res<LiveRuntime>, mut links: ResMut<SceneLinks>) {
    for link in &mut links.bypass_change_detection().links {
        let is_ready = link
            .waiting
            .as_mut()
            .is_some_and(|(ready, _)| !matches!(ready.try_recv(), Err(TryRecvError::Empty)));
        if is_ready && let Some((_, settings)) = link.waiting.take() {
            *link = start_link(&runtime.0, &settings, std::mem::take(&mut link.url));
        }
    }
}

/// Ends links when the program ends, so that no subscription stays behind at a broker.
pub(super) fn end_links_on_exit(
    mut exits: MessageReader<AppExit>,
    runtime: Res<LiveRuntime>,
    mut links: ResMut<SceneLinks>,
    mut brokers: ResMut<EmbeddedBrokers>,
) {
    if exits.read().next().is_some() {
        end_links(&runtime.0, &mut links);
        brokers.stop(&runtime.0);
    }
}

/// Takes in what links tell.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn receive_events(
    mut commands: Commands,
    mut links: ResMut<SceneLinks>,
    mut index: ResMut<LiveIndex>,
    mut entities: Query<&mut LiveEntity>,
    mut observations: ResMut<Observations>,
    mut stream: ResMut<StreamState>,
    mut clock: ResMut<SceneClock>,
) {
    let mut intake = Intake {
        present: clock.present(),
        commands: &mut commands,
        index: &mut index,
        entities: &mut entities,
        observations: &mut observations,
        new: HashMap::new(),
    };
    let before = intake.observations.revision();
    for (broker, link) in links.bypass_change_detection().links.iter_mut().enumerate() {
        for _ in 0..EVENTS_PER_FRAME {
            let Some(event) = link
                .events
                .as_mut()
                .and_then(|events| events.try_recv().ok())
            else {
                break;
            };
            take_event(&mut intake, link, broker, event, &mut stream);
        }
    }
    intake.spawn_new();
    if observations.revision() != before
        && let Some((earliest, _)) = observations.bounds()
    {
        clock.set_earliest(earliest);
    }
}

fn take_event(
    intake: &mut Intake,
    link: &mut SceneLink,
    broker: usize,
    event: LinkEvent,
    stream: &mut StreamState,
) {
    match event {
        LinkEvent::Connecting { .. } => {
            // A link that is down says why until it is up again.
            link.stage = match std::mem::take(&mut link.stage) {
                broken @ LinkStage::Broken { .. } => broken,
                LinkStage::Connecting | LinkStage::Connected => LinkStage::Connecting,
            };
        }
        LinkEvent::Connected { .. } | LinkEvent::Synchronized { .. } => {
            link.stage = LinkStage::Connected;
        }
        LinkEvent::Entities(all) => {
            let received_at = intake.present;
            for entity in all {
                intake.take(entity, broker, received_at, true);
            }
        }
        LinkEvent::Notification {
            entities,
            received_at,
            ..
        } => {
            for entity in entities {
                intake.take(entity, broker, received_at, false);
            }
        }
        LinkEvent::History(histories) => {
            for history in &histories {
                record_history(intake.observations, history);
            }
        }
        LinkEvent::Deleted(ids) => {
            for id in &ids {
                intake.delete(id);
            }
        }
        LinkEvent::Diagnostics(found) => {
            for diagnostic in found {
                stream.note(Finding {
                    object_id: diagnostic.entity_id,
                    ..broker_finding(&link.name, diagnostic.code, &diagnostic.message)
                });
            }
        }
        LinkEvent::Problem { message, remedy } => {
            let text = format!("{message}. {remedy}");
            stream.note(broker_finding(&link.name, "LD-101", &text));
            if link.stage != LinkStage::Connected {
                link.stage = LinkStage::Broken {
                    reason: message,
                    remedy,
                };
            }
        }
        LinkEvent::Disconnected { reason } => {
            stream.note(broker_finding(&link.name, "LD-102", &reason));
            link.stage = LinkStage::Broken {
                reason,
                remedy: String::new(),
            };
        }
        // The link may learn to tell more; what this version does not know it does not need.
        _ => {}
    }
}

fn broker_finding(broker: &str, code: &str, message: &str) -> Finding {
    Finding {
        severity: veduta_panels::Severity::Warning,
        code: code.to_owned(),
        message: message.to_owned(),
        source: broker.to_owned(),
        line: None,
        object_id: None,
    }
}

/// Where received entities go.
struct Intake<'a, 'w, 's, 'qw, 'qs, 'd> {
    present: Timestamp,
    commands: &'a mut Commands<'w, 's>,
    index: &'a mut LiveIndex,
    entities: &'a mut Query<'qw, 'qs, &'d mut LiveEntity>,
    observations: &'a mut Observations,
    /// Entities first heard of in this frame; they are spawned at its end.
    new: HashMap<String, LiveEntity>,
}

impl Intake<'_, '_, '_, '_, '_, '_> {
    fn take(&mut self, entity: ngsild::Entity, broker: usize, received_at: Timestamp, whole: bool) {
        let arrival = Arrival::Live { received_at };
        record_entity(self.observations, &entity, received_at, arrival);
        let known = self.index.get(&entity.id);
        let existing = known.and_then(|known| self.entities.get_mut(known).ok());
        if let Some(mut live) = existing {
            merge(&mut live.entity, entity, whole);
            return;
        }
        match self.new.entry(entity.id.clone()) {
            std::collections::hash_map::Entry::Occupied(mut entry) => {
                merge(&mut entry.get_mut().entity, entity, whole);
            }
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(LiveEntity {
                    entity,
                    broker,
                    place_enu: None,
                    object_id: None,
                });
            }
        }
    }

    fn delete(&mut self, id: &str) {
        self.new.remove(id);
        if let Some(entity) = self.index.entities.remove(id) {
            self.commands.entity(entity).despawn();
        }
    }

    fn spawn_new(self) {
        for (id, live) in self.new {
            let entity = self.commands.spawn(live).id();
            self.index.entities.insert(id, entity);
        }
    }
}

fn merge(known: &mut ngsild::Entity, later: ngsild::Entity, whole: bool) {
    if whole {
        *known = later;
    } else {
        known.merge(later);
    }
}
