//! Reads conditions (ETSI GS CIM 009, 4.9). `;` binds closer than `|`, parentheses closest.

use std::cmp::Ordering;

use jiff::Timestamp;
use regex::RegexBuilder;

use super::condition::{AttributePath, Condition, Literal, Operand, Test};

/// Parentheses deeper than this are refused.
const MAX_DEPTH: usize = 32;
/// Longest condition read.
const MAX_CHARS: usize = 16_000;
/// Memory a regular expression may take when compiled, bytes.
pub(super) const MAX_PATTERN_BYTES: usize = 1 << 20;

/// Reads a whole condition; the error is one sentence.
pub(super) fn parse_condition(text: &str) -> Result<Condition, String> {
    if text.len() > MAX_CHARS {
        return Err("it is too long".to_owned());
    }
    let mut parser = Parser { rest: text.trim() };
    let condition = parser.any(0)?;
    if parser.rest.is_empty() {
        Ok(condition)
    } else {
        Err(format!("'{}' is left over", parser.rest))
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes everything up to the first of some characters.
    fn take_until(&mut self, ends: &[char]) -> &'a str {
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn any(&mut self, depth: usize) -> Result<Condition, String> {
        let mut conditions = vec![self.all(depth)?];
        while self.eat("|") {
            conditions.push(self.all(depth)?);
        }
        Ok(single_or(conditions, Condition::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Condition, String> {
        let mut conditions = vec![self.term(depth)?];
        while self.eat(";") {
            conditions.push(self.term(depth)?);
        }
        Ok(single_or(conditions, Condition::All))
    }

    fn term(&mut self, depth: usize) -> Result<Condition, String> {
        if depth > MAX_DEPTH {
            return Err("parentheses are nested too deep".to_owned());
        }
        if self.eat("(") {
            let condition = self.any(depth + 1)?;
            if !self.eat(")") {
                return Err("a parenthesis is not closed".to_owned());
            }
            return Ok(condition);
        }
        let path = self.path()?;
        let test = self.test()?;
        Ok(Condition::Term { path, test })
    }

    fn path(&mut self) -> Result<AttributePath, String> {
        let names = self
            .take_until(&['[', '=', '!', '<', '>', '~', ';', '|', '(', ')'])
            .trim();
        let mut path = AttributePath {
            names: names.split('.').map(str::to_owned).collect(),
            keys: Vec::new(),
        };
        if path
            .names
            .iter()
            .any(|name| name.is_empty() || name.contains(char::is_whitespace))
        {
            return Err(format!("'{names}' is no name of an attribute"));
        }
        while self.eat("[") {
            let keys = self.take_until(&[']']);
            if !self.eat("]") {
                return Err("a bracket is not closed".to_owned());
            }
            path.keys.extend(keys.split('.').map(str::to_owned));
        }
        Ok(path)
    }

    fn test(&mut self) -> Result<Test, String> {
        let compare = |direction, or_equal| {
            move |literal| Test::Compare {
                direction,
                or_equal,
                literal,
            }
        };
        // Longer operators first, or their beginnings would be taken for the shorter ones.
        if self.eat("!~=") {
            self.pattern(true)
        } else if self.eat("~=") {
            self.pattern(false)
        } else if self.eat("==") {
            Ok(Test::Equal {
                operands: self.operands()?,
                is_negated: false,
            })
        } else if self.eat("!=") {
            Ok(Test::Equal {
                operands: self.operands()?,
                is_negated: true,
            })
        } else if self.eat(">=") {
            self.literal().map(compare(Ordering::Greater, true))
        } else if self.eat("<=") {
            self.literal().map(compare(Ordering::Less, true))
        } else if self.eat(">") {
            self.literal().map(compare(Ordering::Greater, false))
        } else if self.eat("<") {
            self.literal().map(compare(Ordering::Less, false))
        } else {
            Ok(Test::Exists)
        }
    }

    fn pattern(&mut self, is_negated: bool) -> Result<Test, String> {
        let text = match self.quoted()? {
            Some(text) => text,
            // Bare, as most write it. A pattern with `|`, `;` or `)` must be quoted.
            None => self.take_until(&[';', '|', ')']).to_owned(),
        };
        let pattern = RegexBuilder::new(&text)
            .size_limit(MAX_PATTERN_BYTES)
            .build()
            .map_err(|error| format!("'{text}' is no regular expression ({error})"))?;
        Ok(Test::Match {
            pattern,
            is_negated,
        })
    }

    fn operands(&mut self) -> Result<Vec<Operand>, String> {
        let mut operands = Vec::new();
        loop {
            let from = self.literal()?;
            operands.push(if self.eat("..") {
                Operand::Range(from, self.literal()?)
            } else {
                Operand::Single(from)
            });
            if !self.eat(",") {
                return Ok(operands);
            }
        }
    }

    fn literal(&mut self) -> Result<Literal, String> {
        if let Some(text) = self.quoted()? {
            return Ok(Literal::Text(text));
        }
        let ends = self
            .rest
            .find([';', '|', ')', ','])
            .unwrap_or(self.rest.len());
        // Two dots end a value too, one does not: 1.5..2.5
        let end = self.rest[..ends].find("..").unwrap_or(ends);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        let word = word.trim();
        if word.is_empty() {
            return Err("a value is missing".to_owned());
        }
        if let Some(number) = word.parse::<f64>().ok().filter(|number| number.is_finite()) {
            return Ok(Literal::Number(number));
        }
        if let Ok(time) = word.parse::<Timestamp>() {
            return Ok(Literal::Time(time));
        }
        match word {
            "true" => Ok(Literal::Bool(true)),
            "false" => Ok(Literal::Bool(false)),
            // A URI needs no quotes; brokers let other words pass too.
            _ if word.starts_with(['<', '>', '=', '!', '~']) => {
                Err(format!("'{word}' is no value"))
            }
            _ => Ok(Literal::Text(word.to_owned())),
        }
    }

    /// A text in double quotes, as the standard has it, or in single ones, as many brokers do.
    fn quoted(&mut self) -> Result<Option<String>, String> {
        let Some(quote) = self.rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            return Ok(None);
        };
        let mut text = String::new();
        let mut chars = self.rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => text.extend(chars.next().map(|(_, escaped)| escaped)),
                c if c == quote => {
                    self.rest = &self.rest[at + quote.len_utf8()..];
                    return Ok(Some(text));
                }
                c => text.push(c),
            }
        }
        Err("a quotation mark is not closed".to_owned())
    }
}

fn single_or(mut conditions: Vec<Condition>, join: fn(Vec<Condition>) -> Condition) -> Condition {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        Some(last) => {
            conditions.push(last);
            join(conditions)
        }
        None => join(conditions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        for (q, reason) in [
            ("temperature>>", "is no value"),
            ("temperature>", "a value is missing"),
            ("(temperature>1", "not closed"),
            ("name==\"open", "not closed"),
            ("a[b==1", "a bracket is not closed"),
            ("name~=(", "no regular expression"),
            ("", "no name"),
            ("a==1;", "no name"),
            ("a==1)", "left over"),
        ] {
            let error = parse_condition(q).unwrap_err();
            assert!(error.contains(reason), "{q}: {error}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        let q = "(".repeat(10_000);
        assert!(parse_condition(&q).unwrap_err().contains("too deep"));
    }
}
