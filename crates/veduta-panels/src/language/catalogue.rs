//! Messages by key.

use std::{borrow::Cow, sync::Arc, sync::LazyLock};

use egui::{Context, Id, Ui};
use fluent::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use super::Locale;

/// A value put into a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument<'a> {
    /// Text, put in as it is; numbers already printed by locale also come this way.
    Text(Cow<'a, str>),
    /// A count, for messages that choose between singular and plural.
    Count(u64),
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Argument<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<u64> for Argument<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<usize> for Argument<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count as u64)
    }
}

/// A language with its messages; the English ones stand behind it.
pub struct Language {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

/// Shown where no language was installed, and behind every other language.
static ENGLISH: LazyLock<Arc<Language>> =
    LazyLock::new(|| Arc::new(Language::new(Locale::English)));

impl Language {
    /// Reads the catalogue of a locale.
    pub fn new(locale: Locale) -> Self {
        // A catalogue with a broken message still has all its others; the tests of this folder keep the catalogues whole.
        let resource = match FluentResource::try_new(locale.source().to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let mut bundle = FluentBundle::new_concurrent(vec![locale.identifier()]);
        // egui does not lay out bidirectional text: the isolation marks would show as boxes.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Self { locale, bundle }
    }

    /// Makes this the language of everything drawn with the context from now on.
    pub fn install(ctx: &Context, locale: Locale) {
        let current: Option<Arc<Self>> = ctx.data(|data| data.get_temp(Id::NULL));
        if current.is_none_or(|language| language.locale != locale) {
            ctx.data_mut(|data| data.insert_temp(Id::NULL, Arc::new(Self::new(locale))));
        }
    }

    /// The language that the given piece of interface is drawn in.
    pub fn of(ui: &Ui) -> Arc<Self> {
        ui.data(|data| data.get_temp(Id::NULL))
            .unwrap_or_else(|| ENGLISH.clone())
    }

    /// Which language this is.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The message `key`; in English if this language lacks it; the key itself if there is no such message, so that it is seen.
    pub fn tr(&self, key: &str) -> String {
        self.tr_with(key, &[])
    }

    /// The message `key` with values put in.
    pub fn tr_with(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        let mut fluent_arguments = FluentArgs::new();
        for (name, argument) in arguments {
            let value: FluentValue<'_> = match argument {
                Argument::Text(text) => text.as_ref().into(),
                Argument::Count(count) => (*count).into(),
            };
            fluent_arguments.set((*name).to_owned(), value);
        }
        self.format(key, &fluent_arguments)
            .or_else(|| ENGLISH.format(key, &fluent_arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        Some(
            self.bundle
                .format_pattern(pattern, Some(arguments), &mut errors)
                .into_owned(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_in_the_chosen_language() {
        assert_eq!(Language::new(Locale::English).tr("pane-layers"), "Layers");
        assert_eq!(Language::new(Locale::German).tr("pane-layers"), "Ebenen");
    }

    #[test]
    fn counts_choose_the_plural_and_no_isolation_marks_are_put_in() {
        let german = Language::new(Locale::German);
        let one = german.tr_with(
            "legend-sensors",
            &[("count", 1usize.into()), ("shown", "1".into())],
        );
        let many = german.tr_with(
            "legend-sensors",
            &[("count", 12usize.into()), ("shown", "12".into())],
        );
        assert_eq!((one.as_str(), many.as_str()), ("1 Sensor", "12 Sensoren"));
    }

    #[test]
    fn a_missing_message_shows_its_key() {
        assert_eq!(
            Language::new(Locale::German).tr("no-such-key"),
            "no-such-key"
        );
    }
}
