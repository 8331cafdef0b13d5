//! `veduta broker`: the embedded broker alone.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;
use ngsild::{Broker, BrokerOptions};

use super::Failure;
use crate::live::{SIMULATED_SCENES, start_simulation};

/// Where to listen, and what to simulate.
#[derive(Debug, Args)]
pub struct BrokerArguments {
    /// Port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 1026)]
    port: u16,
    /// Address to listen on; anything but loopback also needs --allow-public
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Listen where other machines reach it; the broker has no access control
    #[arg(long)]
    allow_public: bool,
    /// Feed it with the simulated sensors of a bundled scene
    #[arg(long, value_name = "SCENE")]
    simulate: Option<String>,
}

/// Runs until interrupted.
///
/// # Errors
/// When the port cannot be had, or nothing of that name can be simulated.
pub fn run(arguments: &BrokerArguments) -> Result<(), Failure> {
    if let Some(scene) = &arguments.simulate
        && !SIMULATED_SCENES.contains(&scene.as_str())
    {
        return Err(Failure::Usage(format!(
            "nothing called '{scene}' can be simulated; there is: {}",
            SIMULATED_SCENES.join(", ")
        )));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Failure::failed)?;
    let options = BrokerOptions {
        allow_public: arguments.allow_public,
        ..BrokerOptions::default()
    };
    let address = SocketAddr::new(arguments.address, arguments.port);
    let broker = runtime
        .block_on(Broker::bind(address, options))
        .map_err(|error| Failure::Failed(error.explain()))?;
    let url = format!("http://{}", broker.address());
    println!(
        "NGSI-LD broker at {url}/ngsi-ld/v1, for demos and tests: it keeps everything in memory"
    );
    println!("and has no access control. Real brokers: Orion-LD, Scorpio, Stellio.");
    let simulation = match &arguments.simulate {
        Some(scene) => {
            println!("Sensors of '{scene}' are simulated.");
            let (simulation, _ready) =
                start_simulation(&runtime, scene, &url).map_err(Failure::Failed)?;
            Some(simulation)
        }
        None => None,
    };
    println!("Ctrl+C ends it.");
    runtime.block_on(async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            eprintln!("veduta: interrupts are not received: {error}");
        }
    });
    if let Some(simulation) = simulation {
        simulation.abort();
    }
    runtime.block_on(broker.shutdown());
    Ok(())
}
