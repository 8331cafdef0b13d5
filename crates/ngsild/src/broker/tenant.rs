//! Everything the broker holds, by tenant (ETSI GS CIM 009, 4.14), behind one lock that is held only for moments.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::options::BrokerOptions;
use super::problem::Problem;
use super::store::{Change, EntityStore};
use super::subscriptions::Subscriptions;

/// What the handlers of requests share.
pub(super) struct Shared {
    pub options: BrokerOptions,
    /// Sends notifications.
    pub http: reqwest::Client,
    tenants: Mutex<HashMap<String, Tenant>>,
}

/// Entities and subscriptions that know nothing of those of other tenants.
pub(super) struct Tenant {
    pub store: EntityStore,
    pub subscriptions: Subscriptions,
}

impl Shared {
    pub fn new(options: BrokerOptions, http: reqwest::Client) -> Self {
        let default_tenant = Tenant::new(&options);
        let tenants = Mutex::new(HashMap::from([(String::new(), default_tenant)]));
        Self {
            options,
            http,
            tenants,
        }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        (self.options.clock)()
    }

    /// Reads from a tenant that must exist.
    pub fn read<R>(
        &self,
        tenant: &str,
        read: impl FnOnce(&mut Tenant) -> Result<R, Problem>,
    ) -> Result<R, Problem> {
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        match tenants.get_mut(tenant) {
            Some(tenant) => read(tenant),
            None => Err(Problem::unknown_tenant(tenant)),
        }
    }

    /// Writes to a tenant, which is created by that, and tells its subscribers what changed.
    pub fn write<R>(
        &self,
        tenant: &str,
        write: impl FnOnce(&mut Tenant, Timestamp) -> Result<(R, Vec<Change>), Problem>,
    ) -> Result<R, Problem> {
        let now = self.now();
        let mut tenants = self.tenants.lock().unwrap_or_else(PoisonError::into_inner);
        let tenant = tenants
            .entry(tenant.to_owned())
            .or_insert_with(|| Tenant::new(&self.options));
        let (result, changes) = write(tenant, now)?;
        tenant.subscriptions.publish(&changes, now);
        Ok(result)
    }

    /// Ends all that runs in the background.
    pub fn close(&self) {
        self.tenants
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

impl Tenant {
    fn new(options: &BrokerOptions) -> Self {
        Self {
            store: EntityStore::new(options),
            subscriptions: Subscriptions::default(),
        }
    }
}
