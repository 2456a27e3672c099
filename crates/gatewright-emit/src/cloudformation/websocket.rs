//! What the template of a WebSocket API holds, in its order.

use super::Context;
use super::nested::Split;
use super::template::Template;

pub(super) fn emit(_cx: &Context<'_>, _template: &mut Template<'_>, _split: &mut Split) {}
