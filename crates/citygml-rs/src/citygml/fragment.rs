//! Pieces of one city model, read apart from each other.
//!
//! A model can be cut between any two of its members; what a piece cannot see itself is told by [`ModelContext`]. A piece
//! that does not end where one member has ended and none has begun was cut in the wrong place, or is damaged: then
//! [`PieceEnd::is_whole`] is false, and the file is to be read in one go instead.

use std::io::{self, BufRead};

use super::cursor::XmlCursor;
use super::namespaces::Namespaces;
use super::reader::{CityGmlReader, Place};
use crate::findings::Findings;
use crate::text_source::TextSource;
use crate::{Header, ReadOptions};

/// What stands around the members of a city model.
#[derive(Debug, Clone)]
pub(crate) struct ModelContext {
    root_name: String,
    /// Name of the property that holds the first member, with its prefix.
    pub(crate) member_name: String,
    namespaces: Namespaces,
    srs_name: Option<String>,
}

/// A city object's id and where it stands, so that the same id in two pieces is noticed.
#[derive(Debug)]
pub(crate) struct SeenId {
    pub(crate) hash: u64,
    pub(crate) id: String,
    pub(crate) line: u64,
}

/// What a reader knows when its piece is read.
pub(crate) struct PieceEnd {
    pub(crate) is_whole: bool,
    pub(crate) header: Header,
    pub(crate) findings: Findings,
    pub(crate) seen_ids: Vec<SeenId>,
    pub(crate) objects: u64,
    pub(crate) filtered: u64,
}

impl<R: BufRead> CityGmlReader<R> {
    /// What pieces of this model need to know; `None` unless the reader stands at the first object of a member directly
    /// under the root, after [`Self::read_header`].
    pub(crate) fn context(&self) -> Option<ModelContext> {
        let at_member =
            self.place == Place::AtObject { in_member: true } && self.cursor.depth() == 3;
        at_member.then(|| ModelContext {
            root_name: self.cursor.open_name(0).to_owned(),
            member_name: self.cursor.open_name(1).to_owned(),
            namespaces: self.cursor.namespaces_of_root(),
            srs_name: self.header.srs_name.clone(),
        })
    }

    /// To be called when there are no more objects. The last piece of a model has its end tag.
    pub(crate) fn into_piece_end(self, is_last: bool) -> PieceEnd {
        let ended_well = match is_last {
            true => self.cursor.depth() == 0,
            false => self.ended_between_members,
        };
        PieceEnd {
            is_whole: ended_well && !self.damaged,
            header: self.header,
            findings: self.findings,
            seen_ids: self.piece_ids.unwrap_or_default(),
            objects: self.objects,
            filtered: self.filtered,
        }
    }
}

impl CityGmlReader<io::Empty> {
    /// Reads a piece of text that was cut out of a model; without context the one that the model begins with.
    pub(crate) fn of_piece(
        piece: String,
        first_line: u64,
        context: Option<&ModelContext>,
        options: ReadOptions,
    ) -> Self {
        let mut reader = Self::over(TextSource::utf8(io::empty()), first_line, options);
        reader.cursor = reader.cursor.with_text(piece);
        reader.piece_ids = Some(Vec::new());
        if let Some(context) = context {
            reader.cursor = XmlCursor::inside(
                reader.cursor,
                &context.root_name,
                context.namespaces.clone(),
            );
            reader.header.srs_name.clone_from(&context.srs_name);
            reader.place = Place::InModel;
        }
        reader
    }
}
