//! Reading a stream from its start to its end in the calling thread.

use std::fs::File;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use zip::ZipArchive;

use super::held_back::{MAX_HELD_BACK, complete_all, waits_for_others};
use super::packing::{CountingReader, first_character, may_hold_objects};
use super::shared::{ArchiveMember, Rereadable, close_knowledge, gather_knowledge};
use super::{limit_named, unpacked};
use crate::citygml::{FileKnowledge, report_open_references};
use crate::code_lists::CodeLists;
use crate::codes;
use crate::findings::Findings;
use crate::{
    CityGmlReader, CityJsonReader, CityObject, Diagnostic, Diagnostics, FileSummary, Format,
    Header, ReadError, ReadOptions,
};

/// The arguments of [`super::read_path_mapped`] on their way down.
pub(super) struct Session<'a, T> {
    pub(super) options: &'a ReadOptions,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) map: &'a (dyn Fn(CityObject) -> T + Sync),
    pub(super) on_item: &'a mut dyn FnMut(T) -> ControlFlow<()>,
    pub(super) progress: &'a mut dyn FnMut(),
    /// Objects at the start that were handed out before.
    pub(super) already_given: u64,
    /// Reference system of the first object that has one, for files that do not name it at their head.
    pub(super) first_srs_name: Option<String>,
    /// What the objects of the city model that is read next share.
    pub(super) known: Option<Arc<FileKnowledge>>,
    /// Code lists beside the file, if it is not in an archive.
    pub(super) code_lists: Option<CodeLists>,
    /// Objects that wait for others.
    pub(super) held_back: Vec<CityObject>,
}

impl<T> Session<'_, T> {
    pub(super) fn read_zip(
        &mut self,
        file: CountingReader<File>,
    ) -> Result<FileSummary, ReadError> {
        let mut archive =
            ZipArchive::new(file).map_err(|error| ReadError::Zip(error.to_string()))?;
        let members = archive.len();
        let mut whole: Option<FileSummary> = None;
        for index in 0..members {
            let name = match archive.by_index(index) {
                Ok(member) if member.is_file() && may_hold_objects(member.name()) => {
                    member.name().to_owned()
                }
                Ok(_) => continue,
                Err(error) => {
                    self.report_member(&format!("number {index}"), &error.to_string());
                    continue;
                }
            };
            let limit = self.options.max_decompressed_bytes;
            let member = &mut ArchiveMember {
                archive: &mut archive,
                index,
                limit,
            };
            self.known = gather_knowledge(member, self.options);
            let member = match archive.by_index(index) {
                Ok(member) => member,
                Err(error) => {
                    self.report_member(&name, &error.to_string());
                    continue;
                }
            };
            let first_diagnostic = self.diagnostics.items.len();
            let outcome = self
                .read_stream(unpacked(member, limit))
                .map_err(|error| limit_named(error, limit));
            let member = &mut ArchiveMember {
                archive: &mut archive,
                index,
                limit,
            };
            // Also where the member broke off: what was read of it is not to be lost, nor completed from the next one.
            let wants_more = !matches!(outcome, Ok((_, ControlFlow::Break(()))));
            let rest = match wants_more {
                true => self.hand_out_held_back(member, None),
                false => ControlFlow::Break(()),
            };
            for diagnostic in &mut self.diagnostics.items[first_diagnostic..] {
                diagnostic.message.insert_str(0, &format!("{name}: "));
            }
            match outcome {
                Ok((summary, _)) => match &mut whole {
                    Some(whole) => whole.add_member(summary),
                    None => whole = Some(summary),
                },
                // Code lists, schemas and manifests travel in the same archive.
                Err(
                    ReadError::NotCityGml { .. }
                    | ReadError::NotCityJson { .. }
                    | ReadError::UnknownFormat { .. },
                ) => {}
                Err(error) => self.report_member(&name, &error.to_string()),
            }
            if rest.is_break() {
                break;
            }
        }
        whole.ok_or(ReadError::EmptyArchive { members })
    }

    fn report_member(&mut self, name: &str, error: &str) {
        self.diagnostics.push(Diagnostic {
            code: codes::MEMBER_FAILED.code,
            severity: codes::MEMBER_FAILED.severity,
            message: format!("{name}: {error}"),
            line: None,
            object_id: None,
        });
    }

    pub(super) fn read_stream(
        &mut self,
        mut source: impl BufRead,
    ) -> Result<(FileSummary, ControlFlow<()>), ReadError> {
        let options = self.options.clone();
        let (flow, mut summary) = if first_character(&mut source)? == b'<' {
            let known = self.known.clone();
            let mut reader = CityGmlReader::new(source, options)?;
            reader.defer_references();
            if let Some(known) = &known {
                reader.set_known(Arc::clone(known));
            }
            let flow = self.hand_out(|diagnostics| reader.next_object(diagnostics))?;
            let mut summary =
                summarize(Format::CityGml, reader.header().clone(), reader.findings());
            summary.objects = reader.objects_read();
            summary.filtered = reader.objects_filtered();
            if let (Some(known), ControlFlow::Continue(())) = (&known, flow) {
                close_knowledge(known, self.options, self.diagnostics);
            }
            (flow, summary)
        } else {
            let mut reader = CityJsonReader::new(source, options)?;
            let flow = self.hand_out(|diagnostics| reader.next_object(diagnostics))?;
            let mut summary =
                summarize(reader.format(), reader.header().clone(), reader.findings());
            summary.objects = reader.objects_read();
            summary.filtered = reader.objects_filtered();
            (flow, summary)
        };
        let first_srs_name = self.first_srs_name.take();
        summary.srs_name = summary.srs_name.or(first_srs_name);
        Ok((summary, flow))
    }

    fn hand_out(
        &mut self,
        mut next: impl FnMut(&mut Diagnostics) -> Result<Option<CityObject>, ReadError>,
    ) -> Result<ControlFlow<()>, ReadError> {
        while let Some(mut object) = next(self.diagnostics)? {
            if let Some(code_lists) = &self.code_lists {
                code_lists.resolve(&mut object);
            }
            if self.first_srs_name.is_none() {
                self.first_srs_name.clone_from(&object.srs_name);
            }
            if waits_for_others(&object) {
                if self.held_back.len() < MAX_HELD_BACK {
                    self.held_back.push(object);
                    continue;
                }
                let mut findings = Findings::new(self.options.max_diagnostics_per_code);
                report_open_references(&object, &mut findings, self.diagnostics);
            }
            if self.already_given > 0 {
                self.already_given -= 1;
                continue;
            }
            let flow = (self.on_item)((self.map)(object));
            (self.progress)();
            if flow.is_break() {
                return Ok(flow);
            }
        }
        (self.progress)();
        Ok(ControlFlow::Continue(()))
    }

    /// Completes and hands out the objects that waited for others. `folder` is where other files are.
    pub(super) fn hand_out_held_back(
        &mut self,
        text: &mut impl Rereadable,
        folder: Option<&Path>,
    ) -> ControlFlow<()> {
        let mut objects = std::mem::take(&mut self.held_back);
        let known = self.known.take();
        complete_all(
            &mut objects,
            text,
            folder,
            self.options,
            known.as_ref(),
            self.diagnostics,
        );
        for object in objects {
            (self.on_item)((self.map)(object))?;
            (self.progress)();
        }
        ControlFlow::Continue(())
    }
}

impl FileSummary {
    /// Takes in another member of the same archive. Format, version, reference system and extent stay those of the
    /// first one, since they cannot be added.
    fn add_member(&mut self, other: FileSummary) {
        self.objects += other.objects;
        self.filtered += other.filtered;
        self.members += other.members;
        self.themes.extend(other.themes);
        self.themes.sort();
        self.themes.dedup();
        for (what, count) in other.left_out {
            *self.left_out.entry(what).or_insert(0) += count;
        }
    }
}

/// A summary without objects.
pub(super) fn summarize(format: Format, header: Header, findings: &Findings) -> FileSummary {
    FileSummary {
        format,
        version: header.version,
        srs_name: header.srs_name,
        envelope: header.envelope,
        themes: findings.themes().iter().cloned().collect(),
        objects: 0,
        filtered: 0,
        members: 1,
        left_out: findings.left_out().clone(),
    }
}
