//! What happens when reading stops in the middle: a diagnostic, and the next place to go on from.

use std::fmt;
use std::io::BufRead;

use super::cursor::Stop;
use super::reader::{CityGmlReader, Place, is_member};
use crate::codes::{self, DiagnosticCode};
use crate::{Diagnostics, ReadError};

/// A top-level object that reading stopped in.
#[derive(Debug)]
pub(super) struct LostObject {
    pub(super) id: String,
    /// Line of its start tag.
    pub(super) line: u64,
    /// Depth of its start tag.
    pub(super) depth: usize,
}

impl fmt::Display for LostObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the object {:?} that begins in line {} is lost",
            self.id, self.line
        )
    }
}

impl<R: BufRead> CityGmlReader<R> {
    /// Turns what stopped the reader into a diagnostic and finds the place to go on from.
    pub(super) fn handle_stop(
        &mut self,
        stop: Stop,
        lost: Option<&LostObject>,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), ReadError> {
        let cost = lost.map_or_else(
            || "no object is lost by it".to_owned(),
            LostObject::to_string,
        );
        match stop {
            Stop::Truncated if self.is_between_members() => {
                self.ended_between_members = true;
                self.finish(diagnostics);
                Ok(())
            }
            // The one who reads an object passes over it.
            Stop::Unwanted => Ok(()),
            Stop::Fatal(error) => {
                self.place = Place::Ended;
                Err(error)
            }
            Stop::Limit(reason) => {
                self.report(
                    diagnostics,
                    codes::LIMIT_EXCEEDED,
                    lost,
                    format_args!("{reason}; {cost}"),
                );
                if lost.is_none() {
                    self.place = Place::InModel;
                }
                let depth = lost.map_or(1, |lost| lost.depth - 1);
                match self.cursor.skip_to_depth(depth) {
                    Ok(()) => {
                        // What was skipped must not count against what comes.
                        self.cursor.start_object();
                        Ok(())
                    }
                    Err(stop) => self.handle_stop(stop, None, diagnostics),
                }
            }
            Stop::IllFormed(reason) => {
                // Once tags are missing, the end tags of the elements around it cannot match either.
                if lost.is_some() || !self.damaged {
                    let message = format_args!("the XML is not well-formed: {reason}; {cost}");
                    self.report(diagnostics, codes::ILL_FORMED_XML, lost, message);
                }
                self.damaged = true;
                match self.cursor.recover_at(is_member) {
                    Ok(true) => self.place = Place::AtMember,
                    Ok(false) => self.finish(diagnostics),
                    Err(stop) => return self.handle_stop(stop, None, diagnostics),
                }
                Ok(())
            }
            Stop::Truncated => {
                if lost.is_some() || !self.damaged {
                    let message =
                        format_args!("the file ends before its last element is closed; {cost}");
                    self.report(diagnostics, codes::TRUNCATED, lost, message);
                }
                self.finish(diagnostics);
                Ok(())
            }
        }
    }

    /// Whether this piece of a model ends where it may.
    fn is_between_members(&self) -> bool {
        self.piece_ids.is_some() && self.place == Place::InModel && self.cursor.depth() == 1
    }

    /// Ends the file: what concerns it as a whole is reported now.
    pub(super) fn finish(&mut self, diagnostics: &mut Diagnostics) {
        self.place = Place::Ended;
        self.update_header();
        if self.piece_ids.is_some() {
            // What concerns the whole file is for the one who puts the pieces together.
            return;
        }
        if let Some(damage) = self.cursor.source().damage().map(str::to_owned) {
            let message =
                format_args!("the compressed data is damaged ({damage}); the rest is lost");
            self.report(diagnostics, codes::DAMAGED_STREAM, None, message);
        }
        if let Some(line) = self.cursor.replaced_line() {
            let message = format_args!(
                "bytes that do not fit the encoding of the file were replaced, first here"
            );
            self.findings.report(
                diagnostics,
                codes::REPLACED_CHARACTERS,
                Some(line),
                None,
                message,
            );
        }
        if self.objects == 0 {
            let message = format_args!("the file holds no city object that could be read");
            self.findings
                .report(diagnostics, codes::NO_OBJECTS, None, None, message);
        }
        self.context.close(&mut self.findings);
        self.findings.close(diagnostics);
    }

    /// Reports a finding at the line that was read to.
    fn report(
        &mut self,
        diagnostics: &mut Diagnostics,
        code: DiagnosticCode,
        lost: Option<&LostObject>,
        message: fmt::Arguments<'_>,
    ) {
        let line = self.cursor.current_line();
        let object_id = lost.map(|lost| lost.id.as_str());
        self.findings
            .report(diagnostics, code, Some(line), object_id, message);
    }
}
