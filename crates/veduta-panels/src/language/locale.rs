//! The languages there are catalogues for.

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use serde::{Deserialize, Serialize};
use unic_langid::{LanguageIdentifier, subtags::Language};

/// A language with a complete catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Locale {
    /// English.
    #[default]
    English,
    /// German.
    German,
}

impl Locale {
    /// All languages, as a chooser lists them.
    pub const ALL: [Self; 2] = [Self::English, Self::German];

    /// The best of our languages for a list of BCP 47 tags, most wanted first; English if none fits.
    pub fn from_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let wanted: Vec<LanguageIdentifier> = tags
            .into_iter()
            .filter_map(|tag| tag.parse().ok())
            .collect();
        let ours = Self::ALL.map(Self::identifier);
        let found =
            negotiate_languages(&wanted, &ours, Some(&ours[0]), NegotiationStrategy::Lookup);
        let identifier = found.first().copied();
        Self::ALL
            .into_iter()
            .find(|locale| Some(&locale.identifier()) == identifier)
            .unwrap_or_default()
    }

    /// What the desktop is set to.
    pub fn from_system() -> Self {
        let tags: Vec<String> = sys_locale::get_locales().collect();
        Self::from_tags(tags.iter().map(String::as_str))
    }

    /// The language's name in itself; never translated.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        // Our own tags are two letters; were one mistyped, the undetermined language would stand here and the tests would tell.
        let language = Language::from_bytes(self.tag().as_bytes()).unwrap_or_default();
        LanguageIdentifier::from_parts(language, None, None, &[])
    }

    pub(super) fn source(self) -> &'static str {
        match self {
            Self::English => include_str!("../../assets/lang/en/veduta.ftl"),
            Self::German => include_str!("../../assets/lang/de/veduta.ftl"),
        }
    }

    pub(super) fn decimal_sign(self) -> char {
        match self {
            Self::English => '.',
            Self::German => ',',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_we_have_is_taken() {
        assert_eq!(Locale::from_tags(["de-AT", "en"]), Locale::German);
        assert_eq!(Locale::from_tags(["fr-FR", "de-DE"]), Locale::German);
        assert_eq!(Locale::from_tags(["en-GB"]), Locale::English);
        assert_eq!(Locale::from_tags(["not a tag", "ja"]), Locale::English);
        assert_eq!(Locale::from_tags([]), Locale::English);
    }
}
