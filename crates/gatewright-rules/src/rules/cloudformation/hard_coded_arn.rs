use gatewright_ir::{Data, Raw};
use gatewright_source::{Edit, Fix, Safety, Severity, Span};

use crate::rules::words::list;
use crate::{Category, Check, Context, Findings, Formats, Kinds, Preset, Rule};

pub(super) static RULE: Rule = Rule {
    name: "hard-coded-arn",
    page: include_str!("hard_coded_arn.md"),
    severity: Severity::Warning,
    category: Category::Design,
    preset: Preset::All,
    fix: Some(Safety::Safe),
    kinds: Kinds::ALL,
    formats: Formats::TEMPLATES,
    check: Check::Api(check),
};

/// Properties that hold ARNs of the stack's own region and account.
const KEYS: [&str; 6] = ["Uri", "AuthorizerUri", "IntegrationUri", "SourceArn", "uri", "authorizerUri"];

/// The pseudo parameters for partition, region and account.
const PARAMETERS: [&str; 3] = ["AWS::Partition", "AWS::Region", "AWS::AccountId"];

fn check(cx: &Context<'_>, out: &mut Findings) {
    let Some(document) = cx.ir.provenance.document.as_deref().filter(|_| cx.is_first) else { return };
    let mut used = [false; 3];
    each_text(document, &mut |text| {
        for (used, parameter) in used.iter_mut().zip(PARAMETERS) {
            *used |= text.contains(parameter);
        }
    });
    let mut found: Vec<Found<'_>> = Vec::new();
    if let Some(resources) = document.get("Resources").filter(|_| used.contains(&true)) {
        visit(resources, used, &mut found);
    }
    // What is written out in many ARNs is one mistake.
    found.sort_by(|a, b| a.parts.cmp(&b.parts));
    for group in found.chunk_by(|a, b| a.parts == b.parts) {
        let first = &group[0];
        let parameters: Vec<&str> = first.parts.iter().map(|it| PARAMETERS[it.0]).collect();
        let literals: Vec<&str> = first.parts.iter().map(|it| it.1).collect();
        let verb = if literals.len() == 1 { "is" } else { "are" };
        let more = match group.len() {
            1 => String::new(),
            2 => " and in another ARN".to_owned(),
            many => format!(" and in {} more ARNs", many - 1),
        };
        let (literals, parameters) = (list(&literals), list(&parameters));
        let finding = out
            .report(
                first.span,
                format!("{literals} {verb} written out here{more}, and {parameters} used elsewhere"),
            )
            .help("let CloudFormation say where the stack is, in all places or in none");
        let edits: Vec<Edit> = group.iter().filter_map(|it| it.edit.clone()).collect();
        if edits.len() == group.len() {
            finding.fix(Fix::safe(format!("write {parameters}"), edits));
        }
    }
}

/// An ARN that writes something out.
struct Found<'t> {
    /// What, by the place of the pseudo parameter.
    parts: Vec<(usize, &'t str)>,
    span: Span,
    /// How the ARN is written with pseudo parameters, where it stands in a `!Sub` already.
    edit: Option<Edit>,
}

fn each_text(it: &Raw, see: &mut impl FnMut(&str)) {
    match &it.data {
        Data::String(text) => see(text),
        Data::List(items) => items.iter().for_each(|it| each_text(it, see)),
        Data::Map(entries) => entries.iter().for_each(|it| each_text(&it.1, see)),
        _ => {}
    }
}

fn visit<'t>(it: &'t Raw, used: [bool; 3], out: &mut Vec<Found<'t>>) {
    match &it.data {
        Data::List(items) => items.iter().for_each(|it| visit(it, used, out)),
        Data::Map(entries) => {
            for (key, value) in entries {
                if KEYS.contains(&&*key.value) {
                    arn(value, used, out);
                } else {
                    visit(value, used, out);
                }
            }
        }
        _ => {}
    }
}

/// Looks at an ARN that CloudFormation puts together.
fn arn<'t>(value: &'t Raw, used: [bool; 3], out: &mut Vec<Found<'t>>) {
    let Some((function, argument)) = value.function() else { return };
    let argument = match (&argument.data, function) {
        (Data::List(items), "Fn::Sub") => items.first(),
        (Data::List(items), "Fn::Join") => match items.get(1).map(|it| &it.data) {
            // Only where the first part says it all: others are joined by colons.
            Some(Data::List(parts)) if items[0].as_str() == Some("") => parts.first(),
            _ => None,
        },
        _ => Some(argument),
    };
    let Some((argument, text)) = argument.and_then(|it| Some((it, it.as_str()?))) else { return };
    let Some((parts, better)) = rewritten(text, used) else { return };
    let is_substituted = function == "Fn::Sub" && !text.contains('\n');
    let edit = is_substituted.then(|| Edit::reword(argument.span, text, better));
    out.push(Found { parts, span: argument.span, edit });
}

/// The parts of an ARN that are written out and could be a pseudo parameter, by the places of those, and the ARN with them.
fn rewritten(text: &str, used: [bool; 3]) -> Option<(Vec<(usize, &str)>, String)> {
    let mut rest = text.strip_prefix("arn:")?;
    let mut fields = [""; 4];
    for field in &mut fields {
        // A hole has colons of its own.
        let start = if rest.starts_with("${") { rest.find('}')? } else { 0 };
        let end = start + rest[start..].find(':')?;
        (*field, rest) = (&rest[..end], &rest[end + 1..]);
    }
    let [partition, service, region, account] = fields;
    // The function behind a URI may be elsewhere, and so may an API that calls; not one of the template.
    if service != "apigateway" && (service != "execute-api" || !rest.starts_with("${")) {
        return None;
    }
    let found = [
        (partition, partition == "aws"),
        (region, is_region(region)),
        (account, account.len() == 12 && account.bytes().all(|it| it.is_ascii_digit())),
    ];
    let mut parts = Vec::new();
    let mut write = |at: usize| {
        let (literal, is_literal) = found[at];
        if is_literal && used[at] {
            parts.push((at, literal));
            return format!("${{{}}}", PARAMETERS[at]);
        }
        literal.to_owned()
    };
    let (partition, region, account) = (write(0), write(1), write(2));
    let better = format!("arn:{partition}:{service}:{region}:{account}:{rest}");
    (!parts.is_empty()).then_some((parts, better))
}

/// Whether a text is the name of a region: `eu-west-1`, `us-gov-east-1`.
fn is_region(text: &str) -> bool {
    let mut parts = text.split('-').rev();
    let number = parts.next().is_some_and(|it| it.len() == 1 && it.bytes().all(|it| it.is_ascii_digit()));
    let words: Vec<&str> = parts.collect();
    let is_word = |it: &&str| it.len() >= 2 && it.bytes().all(|it| it.is_ascii_lowercase());
    number && matches!(words.len(), 2 | 3) && words.iter().all(is_word)
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn only_what_is_of_this_stack_is_rewritten() {
        let uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations";
        let better = rewritten(uri, [false, true, false]).map(|it| it.1);
        assert_eq!(better.as_deref(), Some(&*uri.replace("eu-west-1", "${AWS::Region}")));
        assert!(rewritten(uri, [false, false, true]).is_none());
        let lambda = "arn:aws:lambda:eu-west-1:123456789012:function:f";
        assert!(rewritten(lambda, [true, true, true]).is_none());
        let source = "arn:${AWS::Partition}:execute-api:${AWS::Region}:123456789012:${Api}/*";
        let better = rewritten(source, [true, true, true]).map(|it| it.1);
        assert_eq!(better.as_deref(), Some(&*source.replace("123456789012", "${AWS::AccountId}")));
        assert!(rewritten(&source.replace("${Api}", "*"), [true, true, true]).is_none());
    }
}
