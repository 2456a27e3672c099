//! The pages of the rules: Markdown that explains, and that tests run.

/// The page of a rule, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<'p> {
    /// The heading: the rule's name.
    pub title: &'p str,
    /// The first paragraph: the rule in one sentence.
    pub summary: &'p str,
    /// Headings of the second level and what stands below each.
    pub sections: Vec<(&'p str, &'p str)>,
}

impl<'p> Page<'p> {
    /// Reads a page.
    pub fn parse(text: &'p str) -> Self {
        let mut parts = text.split("\n## ");
        let head = parts.next().unwrap_or_default();
        let (title, summary) = head.split_once('\n').unwrap_or((head, ""));
        let sections = parts
            .map(|it| it.split_once('\n').unwrap_or((it, "")))
            .map(|(name, it)| (name.trim(), it.trim()));
        Self {
            title: title.trim_start_matches('#').trim(),
            summary: summary.trim(),
            sections: sections.collect(),
        }
    }

    /// What stands below a heading.
    pub fn section(&self, heading: &str) -> Option<&'p str> {
        self.sections.iter().find(|it| it.0 == heading).map(|it| it.1)
    }

    /// What AWS answers, in its own words: the quotation in the page. Of several it is not known here which it will be.
    pub fn answer(&self) -> Option<String> {
        let mut quotations = Vec::new();
        let mut inside = false;
        for (_, text) in &self.sections {
            for line in text.lines() {
                match line.strip_prefix("> ") {
                    Some(line) if inside => {
                        let last: &mut String = quotations.last_mut()?;
                        last.push(' ');
                        last.push_str(line);
                    }
                    Some(line) => quotations.push(line.to_owned()),
                    None => {}
                }
                inside = line.starts_with("> ");
            }
        }
        if quotations.len() == 1 { quotations.pop() } else { None }
    }

    /// The contents of the code blocks of a language below a heading.
    pub fn code(&self, heading: &str, language: &str) -> Vec<&'p str> {
        self.blocks(heading).into_iter().filter(|it| it.0 == language).map(|it| it.1).collect()
    }

    /// The controls of other catalogues that the rule satisfies where it finds nothing: each standard and its ids. A list
    /// item below `## Controls` is one standard: `- Checkov: CKV_AWS_76, CKV_AWS_95`.
    pub fn controls(&self) -> Vec<(&'p str, Vec<&'p str>)> {
        let items =
            self.section("Controls").unwrap_or_default().lines().filter_map(|it| it.strip_prefix("- "));
        let parts = items.filter_map(|it| it.split_once(": "));
        parts.map(|(standard, ids)| (standard, ids.split(", ").collect())).collect()
    }

    /// The files that a heading shows as examples: name and text. A block that begins with ` ```yaml template.yaml ` is
    /// that file; one without a name is a specification of ours.
    pub fn examples(&self, heading: &str) -> Vec<(&'p str, &'p str)> {
        let file = |(info, text): (&'p str, &'p str)| match info.split_once(' ') {
            None if info == "yaml" => Some(("gatewright.yaml", text)),
            Some(("yaml" | "json", name)) => Some((name, text)),
            _ => None,
        };
        self.blocks(heading).into_iter().filter_map(file).collect()
    }

    /// The code blocks below a heading: what stands behind the fence, and the contents.
    fn blocks(&self, heading: &str) -> Vec<(&'p str, &'p str)> {
        let mut out = Vec::new();
        let mut rest = self.section(heading).unwrap_or_default();
        while let Some(at) = rest.find("```") {
            let Some((info, text)) = rest[at + 3..].split_once('\n') else { break };
            let end = text.find("```").unwrap_or(text.len());
            out.push((info.trim(), &text[..end]));
            rest = text.get(end + 3..).unwrap_or_default();
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    /// The catalogues that pages name, in the order in which they stand there.
    const STANDARDS: [&str; 8] =
        ["Security Hub", "AWS Config", "Checkov", "cdk-nag", "cfn_nag", "KICS", "Prowler", "Trivy"];

    #[test]
    fn controls_are_read() {
        let page =
            Page::parse("# a\n\nb\n\n## Controls\n\nTogether.\n\n- Checkov: CKV_1, CKV_2\n- Trivy: AWS-1\n");
        assert_eq!(page.controls(), [("Checkov", vec!["CKV_1", "CKV_2"]), ("Trivy", vec!["AWS-1"])]);
        assert_eq!(Page::parse("# a\n\nb\n").controls(), []);
    }

    #[test]
    fn every_section_of_controls_parses() {
        for rule in crate::all() {
            let page = Page::parse(rule.page);
            let Some(section) = page.section("Controls") else { continue };
            let controls = page.controls();
            let items = section.lines().filter(|it| it.starts_with(['-', '*', ' '])).count();
            assert_eq!(controls.len(), items, "{}: an item is no `- STANDARD: ID, ID`", rule.name);
            let places: Vec<_> =
                controls.iter().map(|it| STANDARDS.iter().position(|of| *of == it.0)).collect();
            let ordered = places.iter().all(Option::is_some) && places.is_sorted_by(|a, b| a < b);
            assert!(ordered && !places.is_empty(), "{}: {controls:?} are not in order", rule.name);
            let is_id = |it: &&str| {
                !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
            };
            assert!(controls.iter().flat_map(|it| &it.1).all(is_id), "{}: {controls:?}", rule.name);
        }
    }
}
