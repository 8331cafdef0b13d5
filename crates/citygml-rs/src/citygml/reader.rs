//! The members of a city model, one at a time.

use std::io::BufRead;
use std::sync::Arc;

use super::appearance::{AppearanceIndex, read_appearance_property};
use super::assembly::Assembly;
use super::cursor::{Stop, Token, XmlCursor};
use super::envelope::read_envelope;
use super::file_context::{FileContext, FileKnowledge};
use super::fragment::SeenId;
use super::namespaces::Namespace;
use super::object::ObjectParser;
use super::recovery::LostObject;
use super::ring::Numbers;
use crate::codes;
use crate::fast_hash::HashSet;
use crate::findings::Findings;
use crate::text_source::TextSource;
use crate::vocabulary::is_city_object;
use crate::{CityObject, Diagnostics, Header, ReadError, ReadOptions};

/// Reads CityGML of any version from a stream, one top-level city object at a time.
///
/// Memory is bounded by the largest top-level object, not by the file. Damage costs the object it is in and yields a
/// diagnostic; reading goes on at the next member.
///
/// ```
/// use citygml_rs::{CityGmlReader, Diagnostics, ReadOptions};
///
/// let xml = br#"<CityModel xmlns="http://www.opengis.net/citygml/2.0"
///     xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml">
///   <cityObjectMember><bldg:Building gml:id="town-hall"><gml:name>Town hall</gml:name></bldg:Building></cityObjectMember>
/// </CityModel>"#;
/// let mut diagnostics = Diagnostics::new();
/// let mut reader = CityGmlReader::new(&xml[..], ReadOptions::default())?;
/// while let Some(object) = reader.next_object(&mut diagnostics)? {
///     println!("{} {}", object.object_type, object.name.unwrap_or(object.id));
/// }
/// assert_eq!(reader.header().version.as_deref(), Some("2.0"));
/// # Ok::<(), citygml_rs::ReadError>(())
/// ```
pub struct CityGmlReader<R> {
    pub(super) cursor: XmlCursor<R>,
    pub(super) options: ReadOptions,
    pub(super) findings: Findings,
    pub(super) header: Header,
    pub(super) seen_ids: HashSet<u64>,
    pub(super) context: FileContext,
    pub(super) place: Place,
    pub(super) objects: u64,
    /// Objects that were passed over because the filter does not want them.
    pub(super) filtered: u64,
    /// Whether tags did not match somewhere, so that depths are not to be relied on.
    pub(super) damaged: bool,
    /// Room for lists of coordinates.
    pub(super) numbers: Numbers,
    /// Ids of city objects with their lines, if this is a piece of a model, see `fragment`.
    pub(super) piece_ids: Option<Vec<SeenId>>,
    /// Whether the text ended where one may cut a model.
    pub(super) ended_between_members: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    BeforeRoot,
    /// Between the children of the city model or feature collection.
    InModel,
    /// At the start tag of a member, after damage.
    AtMember,
    /// Between the objects of a member property.
    InMember,
    /// At the start tag of an object that is in a member, or directly in the model, or the root.
    AtObject {
        in_member: bool,
    },
    Ended,
}

impl<R: BufRead> CityGmlReader<R> {
    /// Prepares to read `source`; nothing but the first bytes is read yet.
    ///
    /// # Errors
    /// If the source cannot be read or declares an unknown character encoding.
    pub fn new(source: R, options: ReadOptions) -> Result<Self, ReadError> {
        Ok(Self::over(TextSource::new(source)?, 1, options))
    }

    pub(super) fn over(source: TextSource<R>, first_line: u64, options: ReadOptions) -> Self {
        Self {
            cursor: XmlCursor::new(source, first_line, &options),
            findings: Findings::new(options.max_diagnostics_per_code),
            header: Header::default(),
            seen_ids: HashSet::default(),
            context: FileContext::default(),
            place: Place::BeforeRoot,
            objects: 0,
            filtered: 0,
            damaged: false,
            numbers: Numbers::new(),
            piece_ids: None,
            ended_between_members: false,
            options,
        }
    }

    /// What the file has said about itself so far. Version, reference system and envelope are known once the first
    /// object was read, or after [`Self::read_header`]; themes grow up to the end.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Reads up to the first member, so that [`Self::header`] is filled.
    ///
    /// # Errors
    /// As [`Self::next_object`].
    pub fn read_header(&mut self, diagnostics: &mut Diagnostics) -> Result<&Header, ReadError> {
        if let Err(stop) = self.find_object() {
            self.handle_stop(stop, None, diagnostics)?;
        }
        self.update_header();
        Ok(&self.header)
    }

    /// Bytes read from the source, for showing progress.
    pub fn bytes_read(&self) -> u64 {
        self.cursor.source().bytes_read()
    }

    /// Top-level objects handed out so far.
    pub fn objects_read(&self) -> u64 {
        self.objects
    }

    /// Top-level objects that were passed over because [`ReadOptions::filter`] does not want them.
    pub fn objects_filtered(&self) -> u64 {
        self.filtered
    }

    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The next top-level object, `None` after the last one. After that, and after an error, it stays `None`.
    ///
    /// # Errors
    /// Only where nothing more can be read: input errors, content that is no city model, entity declarations, limits on
    /// the whole input. A broken object or a truncated file is a diagnostic.
    pub fn next_object(
        &mut self,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<CityObject>, ReadError> {
        while self.place != Place::Ended {
            let found = self.find_object();
            self.update_header();
            match found {
                Ok(true) if !self.is_wanted() => {
                    if let Err(stop) = self.pass_object() {
                        self.handle_stop(stop, None, diagnostics)?;
                    }
                }
                Ok(true) => {
                    if let Some(object) = self.read_found_object(diagnostics)? {
                        return Ok(Some(object));
                    }
                }
                Ok(false) => self.finish(diagnostics),
                Err(stop) => self.handle_stop(stop, None, diagnostics)?,
            }
        }
        Ok(None)
    }

    /// Whether the object at whose start tag the reader stands may be wanted.
    fn is_wanted(&self) -> bool {
        let filter = &self.options.filter;
        if filter.object_types.is_none() && filter.ids.is_none() {
            return true;
        }
        let id = self.cursor.attribute("id").unwrap_or_default();
        filter.accepts_start(self.cursor.local_name(), &id)
    }

    fn pass_object(&mut self) -> Result<(), Stop> {
        self.filtered += 1;
        let depth = self.cursor.depth();
        self.place = self.place_after_object(depth);
        self.cursor.leap_out_of(depth)
    }

    pub(super) fn place_after_object(&self, depth: usize) -> Place {
        match self.place {
            _ if depth == 1 => Place::Ended,
            Place::AtObject { in_member: true } => Place::InMember,
            _ => Place::InModel,
        }
    }

    fn read_found_object(
        &mut self,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<CityObject>, ReadError> {
        let line = self.cursor.line();
        let attempted = LostObject {
            id: self
                .cursor
                .attribute("id")
                .unwrap_or_else(|| format!("line-{line}")),
            line,
            depth: self.cursor.depth(),
        };
        let mut parser = ObjectParser {
            cursor: &mut self.cursor,
            findings: &mut self.findings,
            diagnostics,
            options: &self.options,
            seen_ids: &mut self.seen_ids,
            piece_ids: self.piece_ids.as_mut(),
            context: &mut self.context,
            assembly: Assembly::default(),
            geometry_met: 0,
            point_set: None,
            numbers: std::mem::take(&mut self.numbers),
            ring_id: String::new(),
            heights_missed_in: None,
        };
        let result = parser.read_top_level(self.header.srs_name.as_deref());
        self.numbers = parser.numbers;
        self.place = self.place_after_object(attempted.depth);
        match result {
            Err(Stop::Unwanted) => {
                self.filtered += 1;
                if let Err(stop) = self.cursor.leap_out_of(attempted.depth) {
                    self.handle_stop(stop, None, diagnostics)?;
                }
                Ok(None)
            }
            Ok(Some(object)) if !self.options.filter.accepts(&object) => {
                self.filtered += 1;
                Ok(None)
            }
            Ok(object) => {
                self.objects += 1;
                if self.place == Place::Ended {
                    self.finish(diagnostics);
                }
                Ok(object)
            }
            Err(stop) => {
                self.handle_stop(stop, Some(&attempted), diagnostics)?;
                Ok(None)
            }
        }
    }

    /// Goes to the start tag of the next top-level object. False at the end of the document.
    pub(super) fn find_object(&mut self) -> Result<bool, Stop> {
        loop {
            match self.place {
                Place::Ended => return Ok(false),
                Place::BeforeRoot => {
                    if self.cursor.advance()? != Token::Start {
                        return Err(Stop::Fatal(ReadError::NotCityGml {
                            root: String::new(),
                        }));
                    }
                    self.place = match self.cursor.local_name() {
                        "CityModel" | "FeatureCollection" => Place::InModel,
                        root if is_city_object(root) => Place::AtObject { in_member: false },
                        root => {
                            return Err(Stop::Fatal(ReadError::NotCityGml {
                                root: root.to_owned(),
                            }));
                        }
                    };
                }
                Place::InModel => match self.cursor.advance()? {
                    Token::Start => self.place = self.enter_model_property()?,
                    // A collection may itself be a member.
                    Token::End if self.cursor.depth() > 0 => self.place = Place::InMember,
                    _ => return Ok(false),
                },
                Place::AtMember => self.place = self.enter_model_property()?,
                Place::InMember => match self.cursor.advance()? {
                    Token::Start => match self.cursor.local_name() {
                        "Appearance" => self.read_appearance()?,
                        // A response to a query may hold a whole city model as its member.
                        "CityModel" | "FeatureCollection" => self.place = Place::InModel,
                        _ => self.place = Place::AtObject { in_member: true },
                    },
                    _ => self.place = Place::InModel,
                },
                Place::AtObject { .. } => return Ok(true),
            }
        }
    }

    /// Decides what to do with a child of the city model, at whose start tag the cursor stands.
    fn enter_model_property(&mut self) -> Result<Place, Stop> {
        self.cursor.start_object();
        let local = self.cursor.local_name();
        if is_member(local) {
            if let Some(href) = self.cursor.attribute("href") {
                self.findings.gather(
                    codes::MEMBER_BY_REFERENCE,
                    "member that is only a reference and was not followed",
                    Some(self.cursor.line()),
                    Some(&href),
                );
            }
            return Ok(Place::InMember);
        }
        if is_city_object(local) {
            return Ok(Place::AtObject { in_member: false });
        }
        match local {
            "boundedBy" if self.cursor.namespace() == Namespace::Gml => {
                let envelope = read_envelope(&mut self.cursor)?;
                self.header.srs_name.clone_from(&envelope.srs_name);
                self.header.envelope = Some(envelope);
            }
            "appearanceMember" | "appearance" => self.read_appearance()?,
            _ => {
                let what = format!("{local} of the city model");
                self.findings.leave_out(&what);
                self.cursor.skip_element()?;
            }
        }
        Ok(Place::InModel)
    }

    /// Reads an appearance of the city model, at whose start tag the cursor stands, unless it is known already.
    fn read_appearance(&mut self) -> Result<(), Stop> {
        if self.context.known.is_some() {
            return self.cursor.skip_element();
        }
        let index = &mut self.context.met_appearances;
        read_appearance_property(&mut self.cursor, index)?;
        for theme in index.themes() {
            self.findings.add_theme(theme);
        }
        Ok(())
    }

    /// The appearances of the city model that were met.
    pub(super) fn take_appearances(&mut self) -> AppearanceIndex {
        let mut index = std::mem::take(&mut self.context.met_appearances);
        index.complete();
        index
    }

    /// Takes what was gathered from the whole file beforehand, so that objects get what stands behind them, too. To be
    /// called before the first object is read.
    pub(crate) fn set_known(&mut self, known: Arc<FileKnowledge>) {
        for theme in known.appearances.themes() {
            self.findings.add_theme(theme);
        }
        self.context.known = Some(known);
    }

    /// Leaves references to geometry of other objects to the caller: they are not reported.
    pub(crate) fn defer_references(&mut self) {
        self.context.defers_references = true;
    }

    pub(super) fn update_header(&mut self) {
        self.header.version = self.cursor.citygml_version().map(str::to_owned);
        if self.header.themes.len() != self.findings.themes().len() {
            self.header.themes = self.findings.themes().iter().cloned().collect();
        }
    }
}

/// Properties of a city model (or feature collection) that hold its objects, in all versions.
pub(super) fn is_member(local: &str) -> bool {
    matches!(
        local,
        "cityObjectMember"
            | "featureMember"
            | "featureMembers"
            | "member"
            | "members"
            | "versionMember"
            | "versionTransitionMember"
    )
}
