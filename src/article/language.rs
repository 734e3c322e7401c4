//! Which language a text is in.

/// A language by its name in English and its ISO 639-1 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Language {
    pub code: &'static str,
    pub name: &'static str,
}

/// Much of the text, not all, tells its language.
const SAMPLE: usize = 6000;

/// Texts shorter than this, in bytes, tell too little to be refused for an unlikely language.
const SHORT: usize = 200;

/// The languages that are told apart, by ISO 639-3 as whatlang names them.
const LANGUAGES: &[(&str, &str, &str)] = &[
    ("epo", "eo", "Esperanto"),
    ("eng", "en", "English"),
    ("rus", "ru", "Russian"),
    ("cmn", "zh", "Chinese"),
    ("spa", "es", "Spanish"),
    ("por", "pt", "Portuguese"),
    ("ita", "it", "Italian"),
    ("ben", "bn", "Bengali"),
    ("fra", "fr", "French"),
    ("deu", "de", "German"),
    ("ukr", "uk", "Ukrainian"),
    ("kat", "ka", "Georgian"),
    ("ara", "ar", "Arabic"),
    ("hin", "hi", "Hindi"),
    ("jpn", "ja", "Japanese"),
    ("heb", "he", "Hebrew"),
    ("yid", "yi", "Yiddish"),
    ("pol", "pl", "Polish"),
    ("amh", "am", "Amharic"),
    ("jav", "jv", "Javanese"),
    ("kor", "ko", "Korean"),
    ("nob", "nb", "Norwegian"),
    ("dan", "da", "Danish"),
    ("swe", "sv", "Swedish"),
    ("fin", "fi", "Finnish"),
    ("tur", "tr", "Turkish"),
    ("nld", "nl", "Dutch"),
    ("hun", "hu", "Hungarian"),
    ("ces", "cs", "Czech"),
    ("ell", "el", "Greek"),
    ("bul", "bg", "Bulgarian"),
    ("bel", "be", "Belarusian"),
    ("mar", "mr", "Marathi"),
    ("kan", "kn", "Kannada"),
    ("ron", "ro", "Romanian"),
    ("slv", "sl", "Slovene"),
    ("hrv", "hr", "Croatian"),
    ("srp", "sr", "Serbian"),
    ("mkd", "mk", "Macedonian"),
    ("lit", "lt", "Lithuanian"),
    ("lav", "lv", "Latvian"),
    ("est", "et", "Estonian"),
    ("tam", "ta", "Tamil"),
    ("vie", "vi", "Vietnamese"),
    ("urd", "ur", "Urdu"),
    ("tha", "th", "Thai"),
    ("guj", "gu", "Gujarati"),
    ("uzb", "uz", "Uzbek"),
    ("pan", "pa", "Punjabi"),
    ("aze", "az", "Azerbaijani"),
    ("ind", "id", "Indonesian"),
    ("tel", "te", "Telugu"),
    ("pes", "fa", "Persian"),
    ("mal", "ml", "Malayalam"),
    ("ori", "or", "Oriya"),
    ("mya", "my", "Burmese"),
    ("nep", "ne", "Nepali"),
    ("sin", "si", "Sinhalese"),
    ("khm", "km", "Khmer"),
    ("tuk", "tk", "Turkmen"),
    ("aka", "ak", "Akan"),
    ("zul", "zu", "Zulu"),
    ("sna", "sn", "Shona"),
    ("afr", "af", "Afrikaans"),
    ("lat", "la", "Latin"),
    ("slk", "sk", "Slovak"),
    ("cat", "ca", "Catalan"),
    ("tgl", "tl", "Tagalog"),
    ("hye", "hy", "Armenian"),
    ("cym", "cy", "Welsh"),
];

const ENGLISH: Language = Language {
    code: "en",
    name: "English",
};

/// Words that English prose cannot do without and other languages hardly have.
const ENGLISH_WORDS: &[&str] = &[
    "the", "of", "and", "to", "that", "is", "was", "for", "on", "with", "said", "by", "from",
    "has", "have", "his", "their", "are", "were", "will", "would", "which", "this", "at", "be",
    "it", "he", "she", "they", "we", "as", "not", "had", "who", "after",
];

/// Recognises the language of a text; `None` where too little tells it.
pub(super) fn recognise(text: &str) -> Option<Language> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let words: Vec<&str> = sample
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .collect();
    let english = words
        .iter()
        .filter(|w| ENGLISH_WORDS.contains(&w.to_lowercase().as_str()))
        .count();
    // Names and foreign quotations can mislead the letters, not these words.
    let share = english as f64 / words.len().max(1) as f64;
    if share >= 0.15 && english >= 2 {
        return Some(ENGLISH);
    }
    let info = whatlang::detect(sample)?;
    let latin = info.script() == whatlang::Script::Latin;
    let sure = if latin && text.len() < SHORT {
        false
    } else {
        info.is_reliable() || !latin || share < 0.03 && words.len() > 30
    };
    sure.then(|| by_code(info.lang().code())).flatten()
}

/// A language by a declared tag or name: `en`, `en-GB`, `eng`, `English`.
pub(super) fn declared(tag: &str) -> Option<Language> {
    let tag = tag.trim();
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    by_code(primary)
}

/// The English name of a language by its code.
pub(super) fn name_of(code: &str) -> &str {
    by_code(code).map_or(code, |l| l.name)
}

fn by_code(code: &str) -> Option<Language> {
    LANGUAGES
        .iter()
        .find(|(three, two, name)| {
            [three, two, name]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(code))
        })
        .map(|(_, code, name)| Language { code, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_can_be_recognised_has_a_code() {
        for lang in whatlang::Lang::all() {
            assert!(by_code(lang.code()).is_some(), "{}", lang.code());
        }
    }

    #[test]
    fn english_among_foreign_names() {
        let text = "Jarosław Kaczyński met Andrzej Przyłębski and Krzysztof Szczerski in Rzeszów on Monday, the ministry said.";
        assert_eq!(recognise(text), Some(ENGLISH));
    }

    #[test]
    fn other_languages() {
        let french = "Le président de la République a reçu lundi à l’Élysée le chancelier allemand. Les deux dirigeants ont évoqué la situation en Ukraine et les relations entre leurs deux pays, a indiqué la présidence.";
        assert_eq!(recognise(french).map(|l| l.name), Some("French"));
        assert_eq!(
            recognise("Президент встретился с министром в понедельник.").map(|l| l.code),
            Some("ru")
        );
    }

    #[test]
    fn a_few_words_are_not_judged() {
        assert_eq!(recognise("Merz, Macron: Berlin, Paris"), None);
        assert_eq!(recognise("12 34 56"), None);
    }

    #[test]
    fn declared_tags() {
        for tag in ["en", "en-GB", "en_US", "eng", "English"] {
            assert_eq!(declared(tag), Some(ENGLISH), "{tag}");
        }
        assert_eq!(declared("xx"), None);
    }
}
