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
