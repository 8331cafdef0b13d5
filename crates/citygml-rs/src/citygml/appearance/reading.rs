//! `Appearance` elements into an index.

use std::io::BufRead;
use std::sync::Arc;

use super::index::{AppearanceIndex, TargetedLooks};
use super::parameterization::target_id;
use super::surface_data::{Sort, read_surface_data};
use crate::citygml::cursor::{Stop, Token, XmlCursor};

/// Members of one appearance, until its theme is known: it should come first, but need not.
enum Member {
    Inline(Option<String>, TargetedLooks),
    Reference(String),
}

/// Reads the `Appearance`, or the property that holds some, whose start tag was just read.
pub(crate) fn read_appearance_property<R: BufRead>(
    cursor: &mut XmlCursor<R>,
    index: &mut AppearanceIndex,
) -> Result<(), Stop> {
    if cursor.local_name() == "Appearance" {
        return read_appearance(cursor, index);
    }
    while let Token::Start = cursor.advance()? {
        match cursor.local_name() {
            "Appearance" => read_appearance(cursor, index)?,
            // `appearanceProperty` of drafts may hold surface data itself.
            local => match Sort::of(local) {
                Some(sort) => {
                    let theme: Arc<str> = "".into();
                    let draft = read_surface_data(cursor, sort, index)?;
                    let id = draft.id.clone();
                    let looks = draft.into_looks(index);
                    index.note_theme(&theme);
                    index.add(&theme, id, looks);
                }
                None => cursor.skip_element()?,
            },
        }
    }
    Ok(())
}

fn read_appearance<R: BufRead>(
    cursor: &mut XmlCursor<R>,
    index: &mut AppearanceIndex,
) -> Result<(), Stop> {
    let mut theme: Arc<str> = "".into();
    let mut members = Vec::new();
    while let Token::Start = cursor.advance()? {
        match cursor.local_name() {
            "theme" => {
                cursor.skip_element()?;
                theme = cursor.text().trim().into();
            }
            "surfaceDataMember" | "surfaceData" => {
                if let Some(href) = cursor.attribute("href") {
                    members.push(Member::Reference(target_id(&href)));
                }
                while let Token::Start = cursor.advance()? {
                    let Some(sort) = Sort::of(cursor.local_name()) else {
                        index.note_broken(cursor.line());
                        cursor.skip_element()?;
                        continue;
                    };
                    let draft = read_surface_data(cursor, sort, index)?;
                    let id = draft.id.clone();
                    members.push(Member::Inline(id, draft.into_looks(index)));
                }
            }
            _ => cursor.skip_element()?,
        }
    }
    index.note_theme(&theme);
    for member in members {
        match member {
            Member::Inline(id, looks) => index.add(&theme, id, looks),
            Member::Reference(id) => index.add_reference(&theme, id),
        }
    }
    Ok(())
}
