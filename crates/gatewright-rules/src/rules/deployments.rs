//! Rules about how templates deploy an API: deployments, stages and their settings, usage plans.

use gatewright_ir::Data;
use gatewright_source::{Edit, Written};

use crate::Rule;
use crate::rules::cloudformation::template::Resource;

mod access_log_without_destination;
mod canary_without_stage;
mod deployment_beside_auto_deploy;
mod deployment_without_routes;
mod duplicate_stage;
mod empty_method_setting;
mod log_group_outside_vendedlogs;
mod method_setting_without_method;
mod method_settings;
mod plan_throttle_without_method;
mod route_settings_without_route;
mod stage_before_account;
mod stage_before_route;
mod undefined_stage;

pub(super) const RULES: &[&Rule] = &[
    &deployment_without_routes::RULE,
    &canary_without_stage::RULE,
    &duplicate_stage::RULE,
    &undefined_stage::RULE,
    &stage_before_account::RULE,
    &stage_before_route::RULE,
    &route_settings_without_route::RULE,
    &method_setting_without_method::RULE,
    &empty_method_setting::RULE,
    &plan_throttle_without_method::RULE,
    &access_log_without_destination::RULE,
    &deployment_beside_auto_deploy::RULE,
    &log_group_outside_vendedlogs::RULE,
];

/// What makes a resource wait for others.
fn depend_on(it: &Resource<'_>, ids: &[&str]) -> Option<Vec<Edit>> {
    let texts = |ids: &[&str]| ids.iter().map(|it| Written::text(*it)).collect::<Vec<_>>();
    let one_or_list = |ids: &[&str]| match ids {
        [id] => Written::text(*id),
        ids => Written::List(texts(ids)),
    };
    match it.whole.get("DependsOn").map(|it| (&it.data, it.span)) {
        None => {
            let entry = it.whole.get("Type")?.span;
            Some(vec![Edit::AddBeside { entry, key: "DependsOn".to_owned(), value: one_or_list(ids) }])
        }
        Some((Data::String(known), at)) => {
            let all: Vec<&str> = std::iter::once(&**known).chain(ids.iter().copied()).collect();
            Some(vec![Edit::Set { at, value: Written::List(texts(&all)) }])
        }
        Some((Data::List(_), collection)) => {
            let add = |value| Edit::AddInto { collection, key: None, value };
            Some(texts(ids).into_iter().map(add).collect())
        }
        Some(_) => None,
    }
}
