//! The routes that lead to an integration.

use gatewright_ir::{Id, Ir, Route};

use super::keys::{CONNECT, DISCONNECT, key};

/// Of each sort, the first route that leads to an integration.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Users<'i> {
    /// That of the request with which a client connects.
    pub(super) connect: Option<&'i Route>,
    /// That of the end of a connection.
    pub(super) disconnect: Option<&'i Route>,
    /// One of messages.
    pub(super) message: Option<&'i Route>,
    /// One of messages that are answered.
    pub(super) answered: Option<&'i Route>,
}

/// The users of each integration.
pub(super) fn users(ir: &Ir) -> Vec<Users<'_>> {
    let mut out = vec![Users::default(); ir.integrations.len()];
    for route in ir.routes.values() {
        let Some(id) = route.target.integration() else { continue };
        let users = &mut out[id.index()];
        match key(route) {
            CONNECT => users.connect = users.connect.or(Some(route)),
            DISCONNECT => users.disconnect = users.disconnect.or(Some(route)),
            _ => {
                users.message = users.message.or(Some(route));
                users.answered = users.answered.or(route.response.map(|_| route));
            }
        }
    }
    out
}
