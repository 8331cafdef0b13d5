//! An NGSI-LD broker on loopback, spoken to over HTTP like any other.

use jiff::Timestamp;
use ngsild::{
    AttributeInstance, Broker, BrokerClient, BrokerOptions, ClientConfig, Entity, RunningBroker,
};
use tokio::runtime::Runtime;

/// A broker with a client of its own, beside the one of the program.
pub struct TestBroker {
    running: RunningBroker,
    client: BrokerClient,
    runtime: Runtime,
}

impl TestBroker {
    /// On any free port, empty.
    pub fn start() -> Self {
        let runtime = Runtime::new().expect("threads");
        let address = ([127, 0, 0, 1], 0).into();
        let running = runtime
            .block_on(Broker::bind(address, BrokerOptions::default()))
            .expect("a free port");
        let client = BrokerClient::new(ClientConfig::new(running.base_url())).expect("a client");
        Self {
            running,
            client,
            runtime,
        }
    }

    /// What a scene file says to connect to it.
    pub fn in_scene(&self, name: &str) -> String {
        format!(
            "[[brokers]]\nname = \"{name}\"\nurl = \"{}\"\n",
            self.running.base_url()
        )
    }

    /// Adds an entity.
    pub fn create(&self, entity: &Entity) {
        self.runtime
            .block_on(self.client.create_entity(entity))
            .expect("the broker takes the entity");
    }

    /// Changes attributes of an entity.
    pub fn patch(&self, id: &str, attribute: &str, value: AttributeInstance) {
        let change = Entity::new(id, "").with(attribute, value);
        self.runtime
            .block_on(self.client.patch_attributes(&change))
            .expect("the broker takes the change");
    }

    /// Deletes an entity.
    pub fn delete(&self, id: &str) {
        self.runtime
            .block_on(self.client.delete_entity(id))
            .expect("the broker deletes it");
    }

    /// How many subscriptions it has.
    pub fn subscriptions(&self) -> usize {
        let listed = self.runtime.block_on(self.client.subscriptions());
        listed.expect("the broker lists them").len()
    }
}

/// A moment some seconds ago, in whole seconds.
pub fn seconds_ago(seconds: i64) -> Timestamp {
    let now = Timestamp::now().as_second();
    Timestamp::from_second(now - seconds).expect("a moment of this century")
}
