//! `TexturedSurface`: surfaces that bring their look along (CityGML 0.4 and 1.0, module TexturedSurface; deprecated).

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::Arc;

use super::application::{Turns, apply_look};
use super::index::{Look, LookData, Parameterization};
use super::parameterization::target_id;
use super::surface_data::{Sort, SurfaceDataDraft, read_surface_data};
use crate::citygml::cursor::{Stop, Token};
use crate::citygml::geometry::GeometryContext;
use crate::citygml::object::ObjectParser;

/// Looks of textured surfaces by id, for others of the same top-level object that refer to them.
pub(in crate::citygml) type NamedLooks = HashMap<String, Arc<SurfaceDataDraft>>;

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the content of the textured surface whose start tag was just read. `is_turned_here` tells that it turns its
    /// base surface over.
    pub(in crate::citygml) fn read_textured_surface(
        &mut self,
        context: GeometryContext,
        is_turned_here: bool,
    ) -> Result<(), Stop> {
        let first = self.assembly.surface_count();
        let mut looks: Vec<Arc<SurfaceDataDraft>> = Vec::new();
        let inner = GeometryContext {
            is_textured: true,
            ..context
        };
        while let Token::Start = self.cursor.advance()? {
            if matches!(
                self.cursor.local_name(),
                "appearance" | "appearanceProperty" | "_Appearance"
            ) {
                self.read_looks(&mut looks)?;
            } else {
                self.read_geometry(inner)?;
            }
        }
        for surface in first..self.assembly.surface_count() {
            for look in &looks {
                self.apply_simple_look(surface, look, context.flipped != is_turned_here);
            }
        }
        Ok(())
    }

    fn read_looks(&mut self, looks: &mut Vec<Arc<SurfaceDataDraft>>) -> Result<(), Stop> {
        if let Some(href) = self.cursor.attribute("href") {
            match self.assembly.named_looks.get(&target_id(&href)) {
                Some(look) => looks.push(Arc::clone(look)),
                None => self.assembly.appearances.note_broken(self.cursor.line()),
            }
        }
        while let Token::Start = self.cursor.advance()? {
            let Some(sort) = Sort::of(self.cursor.local_name()) else {
                self.assembly.appearances.note_broken(self.cursor.line());
                self.cursor.skip_element()?;
                continue;
            };
            let draft = read_surface_data(self.cursor, sort, &mut self.assembly.appearances)?;
            let draft = Arc::new(draft);
            self.assembly.appearances.note_theme(&"".into());
            if let Some(id) = draft.id.clone() {
                self.assembly.named_looks.insert(id, Arc::clone(&draft));
            }
            looks.push(draft);
        }
        Ok(())
    }

    fn apply_simple_look(&mut self, surface: usize, draft: &SurfaceDataDraft, is_turned: bool) {
        let is_stored_turned = self.assembly.is_stored_turned(surface);
        let (surface, rings) = self.assembly.surface_with_rings(surface);
        let data = match draft.sort {
            Sort::Material => LookData::Material(Arc::new(draft.material.clone())),
            Sort::Parameterized | Sort::Georeferenced => {
                // One list for all rings, which have no ids to tell them by.
                let mut left = draft.simple_coordinates.as_slice();
                let mut by_ring = Vec::new();
                for record in rings.records {
                    let (own, rest) = left.split_at(record.opening.written().min(left.len()));
                    by_ring.push((rings.id(record).into(), own.to_vec()));
                    left = rest;
                }
                by_ring.sort_by(|(one, _): &(Box<str>, _), (two, _)| one.cmp(two));
                LookData::Parameterized(
                    Arc::new(draft.texture.clone()),
                    Arc::new(Parameterization::Rings(by_ring)),
                )
            }
        };
        let look = Look {
            theme: "".into(),
            is_front: true,
            data,
        };
        let turns = Turns {
            target: is_turned,
            stored: is_stored_turned,
        };
        if !apply_look(surface, &look, rings, turns) {
            self.assembly.appearances.note_broken(draft.line);
        }
    }
}
