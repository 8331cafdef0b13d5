//! What a reader learns about a file while it reads, beside the objects.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use crate::codes::{self, DiagnosticCode};
use crate::{Diagnostic, Diagnostics};

/// Per-file book-keeping shared by all readers: bounded reporting, what was left out, themes.
#[derive(Debug)]
pub(crate) struct Findings {
    diagnostics_per_code: u64,
    reported: BTreeMap<&'static str, u64>,
    left_out: BTreeMap<String, u64>,
    themes: BTreeSet<String>,
    /// Occurrences that are reported once for the file: count, first line, first object.
    gathered: HashMap<&'static str, Gathered>,
}

#[derive(Debug)]
struct Gathered {
    code: DiagnosticCode,
    what: &'static str,
    count: u64,
    line: Option<u64>,
    object_id: Option<String>,
}

impl Findings {
    pub(crate) fn new(diagnostics_per_code: u64) -> Self {
        Self {
            diagnostics_per_code,
            reported: BTreeMap::new(),
            left_out: BTreeMap::new(),
            themes: BTreeSet::new(),
            gathered: HashMap::new(),
        }
    }

    /// Reports one finding, unless there were too many of its code already.
    pub(crate) fn report(
        &mut self,
        diagnostics: &mut Diagnostics,
        code: DiagnosticCode,
        line: Option<u64>,
        object_id: Option<&str>,
        message: fmt::Arguments<'_>,
    ) {
        let count = self.reported.entry(code.code).or_insert(0);
        *count += 1;
        if *count <= self.diagnostics_per_code {
            diagnostics.push(Diagnostic {
                code: code.code,
                severity: code.severity,
                message: message.to_string(),
                line,
                object_id: object_id.map(str::to_owned),
            });
        }
    }

    /// Takes in what was found in the next piece of the same file, and the diagnostics that were made of it.
    pub(crate) fn absorb(
        &mut self,
        piece: Self,
        piece_diagnostics: Diagnostics,
        diagnostics: &mut Diagnostics,
    ) {
        let mut room: HashMap<&'static str, u64> = HashMap::new();
        for diagnostic in piece_diagnostics.items {
            let room = room.entry(diagnostic.code).or_insert_with(|| {
                let listed = self.reported.get(diagnostic.code).copied().unwrap_or(0);
                self.diagnostics_per_code.saturating_sub(listed)
            });
            if *room > 0 {
                *room -= 1;
                diagnostics.push(diagnostic);
            }
        }
        for (code, count) in piece.reported {
            *self.reported.entry(code).or_insert(0) += count;
        }
        for (what, count) in piece.left_out {
            *self.left_out.entry(what).or_insert(0) += count;
        }
        self.themes.extend(piece.themes);
        for (code, gathered) in piece.gathered {
            match self.gathered.get_mut(code) {
                Some(known) => known.count += gathered.count,
                None => {
                    self.gathered.insert(code, gathered);
                }
            }
        }
    }

    /// Counts an occurrence that is worth one diagnostic for the whole file.
    pub(crate) fn gather(
        &mut self,
        code: DiagnosticCode,
        what: &'static str,
        line: Option<u64>,
        object_id: Option<&str>,
    ) {
        self.gather_many(code, what, 1, line, object_id);
    }

    /// Counts several occurrences at once.
    pub(crate) fn gather_many(
        &mut self,
        code: DiagnosticCode,
        what: &'static str,
        count: u64,
        line: Option<u64>,
        object_id: Option<&str>,
    ) {
        self.gathered
            .entry(code.code)
            .or_insert_with(|| Gathered {
                code,
                what,
                count: 0,
                line,
                object_id: object_id.map(str::to_owned),
            })
            .count += count;
    }

    /// Counts content that is known and left out by design.
    pub(crate) fn leave_out(&mut self, what: &str) {
        match self.left_out.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.left_out.insert(what.to_owned(), 1);
            }
        }
    }

    pub(crate) fn left_out(&self) -> &BTreeMap<String, u64> {
        &self.left_out
    }

    pub(crate) fn add_theme(&mut self, theme: &str) {
        if !self.themes.contains(theme) {
            self.themes.insert(theme.to_owned());
        }
    }

    pub(crate) fn themes(&self) -> &BTreeSet<String> {
        &self.themes
    }

    /// Reports what was gathered and what was only counted. To be called once, when the file has ended.
    pub(crate) fn close(&mut self, diagnostics: &mut Diagnostics) {
        let mut gathered: Vec<Gathered> = self
            .gathered
            .drain()
            .map(|(_, gathered)| gathered)
            .collect();
        gathered.sort_by_key(|gathered| gathered.code.code);
        for Gathered {
            code,
            what,
            count,
            line,
            object_id,
        } in gathered
        {
            diagnostics.push(Diagnostic {
                code: code.code,
                severity: code.severity,
                message: format!("{count} × {what}; the first is named here"),
                line,
                object_id,
            });
        }
        for (code, count) in std::mem::take(&mut self.reported) {
            let further = count.saturating_sub(self.diagnostics_per_code);
            if further > 0 {
                diagnostics.push(Diagnostic {
                    code: codes::FURTHER_DIAGNOSTICS.code,
                    severity: codes::FURTHER_DIAGNOSTICS.severity,
                    message: format!("{further} more diagnostics {code} are not listed"),
                    line: None,
                    object_id: None,
                });
            }
        }
    }
}
