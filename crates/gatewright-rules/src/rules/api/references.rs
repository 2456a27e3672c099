//! What the CloudFormation functions of a specification refer to.

use gatewright_ir::{Ir, Raw, depends_on, references};

/// The names of parameters and resources that something refers to, with `!Ref`, `!GetAtt`, `!Sub` or `DependsOn`.
pub(in crate::rules) struct References<'i> {
    sorted: Vec<&'i str>,
}

impl<'i> References<'i> {
    pub(in crate::rules) fn of(ir: &'i Ir) -> Self {
        let mut sorted = Vec::new();
        visit(ir, &mut |it| {
            sorted.extend(references(it).iter().filter(|it| it.sort.is_resource()).map(|it| it.name));
        });
        for (_, it) in ir.template.resources.iter().chain(&ir.template.overrides) {
            sorted.extend(depends_on(it).map(|it| it.name));
        }
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }

    pub(in crate::rules) fn contains(&self, name: &str) -> bool {
        self.sorted.binary_search(&name).is_ok()
    }

    pub(in crate::rules) fn iter(&self) -> impl Iterator<Item = &'i str> + '_ {
        self.sorted.iter().copied()
    }
}

/// Calls `see` with every value of the specification that CloudFormation works out, and with all raw parts of the
/// template.
pub(in crate::rules) fn visit<'i>(ir: &'i Ir, see: &mut dyn FnMut(&'i Raw)) {
    ir.deferred.iter().for_each(|it| see(it));
    let template = &ir.template;
    for part in [&template.resources, &template.overrides, &template.conditions, &template.outputs] {
        part.iter().for_each(|it| see(&it.1));
    }
}
