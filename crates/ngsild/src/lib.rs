//! NGSI-LD information model, client and (feature broker) an embedded context broker
