//! Solids: which surfaces make their shells (GML 3.1.1, 9.4 and 10.5; GML 3.2.1, 10.5 and 11.4).

use std::io::BufRead;

use super::assembly::Span;
use super::cursor::{Stop, Token};
use super::geometry::GeometryContext;
use super::object::ObjectParser;

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the content of the solid whose start tag was just read: the exterior shell, then the interior ones.
    pub(super) fn read_shells(&mut self, context: GeometryContext) -> Result<Vec<Span>, Stop> {
        let mut exterior = Vec::new();
        let mut interiors = Vec::new();
        while let Token::Start = self.cursor.advance()? {
            let mark = self.assembly.mark();
            let is_exterior = self.cursor.local_name() == "exterior";
            let is_interior = self.cursor.local_name() == "interior";
            self.read_geometry(context)?;
            let shell = self.assembly.since(mark);
            if is_exterior {
                exterior.push(shell);
            } else if is_interior {
                interiors.push(shell);
            }
        }
        exterior.append(&mut interiors);
        Ok(exterior)
    }
}
