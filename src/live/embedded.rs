//! Embedded brokers of bundled scenes, and the simulated sensors that feed them over HTTP.

use std::{net::Ipv4Addr, ops::RangeInclusive, time::Duration};

use bevy::prelude::Resource;
use jiff::{SignedDuration, Timestamp};
use ngsild::{
    Broker, BrokerClient, BrokerOptions, ClientConfig, Context, Diagnostics, RunningBroker,
    UpsertMode,
};
use tokio::{runtime::Runtime, sync::oneshot, task::JoinHandle};
use veduta_demo::{CityOptions, SensorSpec, generate_city, history, observe, sensors};
use veduta_scene::BrokerSettings;

/// Scenes whose sensors can be simulated.
pub const SIMULATED_SCENES: [&str; 1] = ["demo"];

/// How much past the simulated sensors have when they start.
const PAST: SignedDuration = SignedDuration::from_hours(24);
/// Distance between values of that past.
const PAST_STEP: SignedDuration = SignedDuration::from_mins(15);
/// How often is looked whose turn it is.
const TICK: Duration = Duration::from_secs(1);

/// Seconds after which a turn that was missed is not made up for; longer than any sensor's interval.
const LOOKS_BACK_SECS: i64 = 600;

/// Tells once that simulated sensors have their past in the broker.
pub type Ready = oneshot::Receiver<()>;

/// Brokers that run inside the program.
#[derive(Resource, Default)]
pub struct EmbeddedBrokers {
    running: Vec<Running>,
}

struct Running {
    broker: RunningBroker,
    simulation: Option<JoinHandle<()>>,
}

impl EmbeddedBrokers {
    /// Starts a broker on a free loopback port, with its simulated sensors, and returns its address
    /// and what tells that the sensors' past is in it.
    ///
    /// # Errors
    /// A sentence for the user: no port could be had, or there is nothing of that name to simulate.
    pub fn start(
        &mut self,
        runtime: &Runtime,
        settings: &BrokerSettings,
    ) -> Result<(String, Option<Ready>), String> {
        let address = (Ipv4Addr::LOCALHOST, 0).into();
        let broker = runtime
            .block_on(Broker::bind(address, BrokerOptions::default()))
            .map_err(|error| error.explain())?;
        let url = format!("http://{}", broker.address());
        let (simulation, ready) = match &settings.simulate {
            Some(scene) => {
                let (simulation, ready) = start_simulation(runtime, scene, &url)?;
                (Some(simulation), Some(ready))
            }
            None => (None, None),
        };
        self.running.push(Running { broker, simulation });
        Ok((url, ready))
    }

    /// Ends all of them.
    pub fn stop(&mut self, runtime: &Runtime) {
        for running in self.running.drain(..) {
            if let Some(simulation) = running.simulation {
                simulation.abort();
            }
            runtime.block_on(running.broker.shutdown());
        }
    }
}

/// Feeds a broker with the simulated sensors of a bundled scene until the task is aborted.
///
/// # Errors
/// A sentence for the user when nothing of that name can be simulated.
pub fn start_simulation(
    runtime: &Runtime,
    scene: &str,
    url: &str,
) -> Result<(JoinHandle<()>, Ready), String> {
    if !SIMULATED_SCENES.contains(&scene) {
        return Err(format!(
            "nothing called '{scene}' can be simulated; there is: {}",
            SIMULATED_SCENES.join(", ")
        ));
    }
    let client = BrokerClient::new(ClientConfig::new(url)).map_err(|error| error.explain())?;
    let (is_ready, ready) = oneshot::channel();
    Ok((runtime.spawn(simulate(client, is_ready)), ready))
}

/// First a day of past, then each sensor in its own rhythm.
async fn simulate(client: BrokerClient, is_ready: oneshot::Sender<()>) {
    // Where the sensors stand follows from the city; drawing it up takes a moment of computing.
    let specs = tokio::task::spawn_blocking(|| sensors(&generate_city(&CityOptions::default())));
    let specs = match specs.await {
        Ok(specs) => specs,
        Err(error) => {
            tracing::error!("the simulated sensors could not be placed: {error}");
            return;
        }
    };
    let started_at = Timestamp::now();
    for past in past_batches(&specs, started_at) {
        send(&client, &past).await;
    }
    // Nobody may be waiting: the broker command does not.
    let _unheard = is_ready.send(());
    let mut ticks = tokio::time::interval(TICK);
    // After a sleep of the machine one round is enough; its seconds are all looked at.
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut done_secs = -1;
    loop {
        ticks.tick().await;
        let now = Timestamp::now();
        let running_secs = now.duration_since(started_at).as_secs();
        let seconds = (done_secs + 1).max(running_secs - LOOKS_BACK_SECS)..=running_secs;
        done_secs = done_secs.max(running_secs);
        let due: Vec<ngsild::Entity> = specs
            .iter()
            .enumerate()
            .filter(|(number, spec)| is_due(*number, spec, &seconds))
            .filter_map(|(_, spec)| entity(observe(spec, now)))
            .collect();
        send(&client, &due).await;
    }
}

/// Whether a sensor has its turn in one of the seconds since the last look. Ticks come late now and
/// then, and a second that was passed over must not cost a value.
fn is_due(number: usize, spec: &SensorSpec, seconds: &RangeInclusive<i64>) -> bool {
    let Some(interval_secs) = spec.kind.interval_secs() else {
        return false;
    };
    turns(number, interval_secs, seconds.clone()).any(|second| spec.reports_at(second))
}

/// Turns of a sensor. Those of one kind take them one after the other, so that values trickle in
/// instead of falling in heaps.
fn turns(
    number: usize,
    interval_secs: i64,
    seconds: RangeInclusive<i64>,
) -> impl Iterator<Item = i64> {
    let number = number as i64;
    seconds.filter(move |second| (second + number) % interval_secs == 0)
}

/// The past of all sensors, one batch per moment, oldest first: a broker learns it as it would have.
fn past_batches(specs: &[SensorSpec], until: Timestamp) -> Vec<Vec<ngsild::Entity>> {
    let from = until.checked_sub(PAST).unwrap_or(until);
    let mut batches: Vec<Vec<ngsild::Entity>> = Vec::new();
    for spec in specs {
        for (moment, value) in history(spec, from, until, PAST_STEP)
            .into_iter()
            .enumerate()
        {
            if batches.len() <= moment {
                batches.push(Vec::new());
            }
            batches[moment].extend(entity(value));
        }
    }
    batches
}

fn entity(value: serde_json::Value) -> Option<ngsild::Entity> {
    let mut diagnostics = Diagnostics::new();
    match ngsild::Entity::from_value(value, &Context::core(), &mut diagnostics) {
        Ok(entity) => Some(entity),
        Err(error) => {
            tracing::error!("a simulated sensor is no entity: {error}");
            None
        }
    }
}

async fn send(client: &BrokerClient, entities: &[ngsild::Entity]) {
    if entities.is_empty() {
        return;
    }
    if let Err(error) = client.upsert_batch(entities, UpsertMode::Update).await {
        tracing::warn!("the embedded broker refused simulated values: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_tick_loses_no_turn() {
        let one_by_one = (0..=120).flat_map(|second| turns(3, 10, second..=second));
        let in_leaps = [0..=6, 7..=8, 9..=31, 32..=120];
        let in_leaps = in_leaps
            .into_iter()
            .flat_map(|seconds| turns(3, 10, seconds));
        let expected: Vec<i64> = (0..12).map(|turn| turn * 10 + 7).collect();
        assert_eq!(one_by_one.collect::<Vec<_>>(), expected);
        assert_eq!(in_leaps.collect::<Vec<_>>(), expected);
    }
}
