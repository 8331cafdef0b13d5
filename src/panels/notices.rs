//! Short messages over the scene.

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use veduta_panels::{Notice, Severity};

use crate::{
    clock::SceneClock,
    stream::{SOURCE_FAILED, StreamState},
};

/// Good news goes by itself; bad news stays until it is dismissed.
const SHOWN_FOR: SignedDuration = SignedDuration::from_secs(8);

/// The messages that are shown.
#[derive(Resource, Debug, Default)]
pub struct Notices {
    shown: Vec<(Notice, Timestamp)>,
    next: u64,
}

impl Notices {
    /// Adds a message; the same message twice is one.
    pub fn say(&mut self, severity: Severity, title: String, advice: String, now: Timestamp) {
        if self.shown.iter().any(|(notice, _)| notice.title == title) {
            return;
        }
        let notice = Notice {
            id: self.next,
            severity,
            title,
            advice,
        };
        self.next += 1;
        self.shown.push((notice, now));
    }

    /// Takes a message away.
    pub fn dismiss(&mut self, id: u64) {
        self.shown.retain(|(notice, _)| notice.id != id);
    }

    /// All messages, the latest last.
    pub fn list(&self) -> Vec<Notice> {
        self.shown
            .iter()
            .map(|(notice, _)| notice.clone())
            .collect()
    }
}

/// Says what could not be opened; the rest stands in the diagnostics.
pub(super) fn tell_failures(
    stream: Res<StreamState>,
    clock: Res<SceneClock>,
    mut notices: ResMut<Notices>,
    mut told: Local<usize>,
) {
    // A new scene starts with fewer findings.
    *told = (*told).min(stream.findings.len());
    for finding in &stream.findings[*told..] {
        if finding.code == SOURCE_FAILED {
            let now = clock.present();
            notices.say(
                finding.severity,
                finding.message.clone(),
                String::new(),
                now,
            );
        }
    }
    *told = stream.findings.len();
}

/// Takes good news away after a while.
pub(super) fn expire(clock: Res<SceneClock>, mut notices: ResMut<Notices>) {
    let now = clock.present();
    let old = |(notice, said): &(Notice, Timestamp)| {
        notice.severity == Severity::Information && now.duration_since(*said) > SHOWN_FOR
    };
    if notices.shown.iter().any(old) {
        notices.shown.retain(|entry| !old(entry));
    }
}
