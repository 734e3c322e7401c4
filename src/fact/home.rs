//! The country that an article takes for granted: "the prime minister" of a Jordanian paper is
//! Jordan's.

use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, RegionKind};
use crate::lexicon::{self, CountryCode};
use crate::mention::{Mentions, PieceKind};

/// The country that an article takes for granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    pub country: CountryCode,
    /// Whether the outlet or the dateline tells it, not the text's own words.
    pub is_told: bool,
}

/// The country that bare offices belong to: that of the publisher's name or of the site's domain,
/// else of the dateline, else the one that the text speaks of most.
pub fn home_country(article: &Article, mentions: &Mentions) -> Option<Home> {
    let mut counts: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for piece in &mentions.pieces {
        let weight = match piece.kind {
            PieceKind::Country | PieceKind::Demonym => 2,
            PieceKind::Seat => 3,
            PieceKind::Place | PieceKind::Facility | PieceKind::Organization => 1,
            _ => 0,
        };
        if let (Some(country), 1..) = (piece.country, weight) {
            *counts.entry(country).or_default() += weight;
        }
    }
    for country in leaders_at_home(mentions) {
        *counts.entry(country).or_default() += 6;
    }
    let of_outlet = article
        .publisher
        .as_deref()
        .and_then(country_in_name)
        .or_else(|| article.url.as_deref().and_then(domain_country));
    if let Some(country) = of_outlet {
        let spoken_of = counts.get(&country).copied().unwrap_or(0);
        let most = counts.values().copied().max().unwrap_or(0);
        if spoken_of > 0 || most <= 2 {
            return Some(Home {
                country,
                is_told: true,
            });
        }
    }
    let dateline = article
        .regions
        .iter()
        .filter(|r| r.kind == RegionKind::Dateline)
        .find_map(|r| country_in_name(r.span.of(&article.text)));
    // A summit's dateline is not the country of those who come.
    let all: usize = counts.values().sum();
    let dateline = dateline.filter(|c| counts.get(c).is_some_and(|n| n * 3 >= all));
    if let Some(country) = dateline {
        return Some(Home {
            country,
            is_told: true,
        });
    }
    let guessed = |country| Home {
        country,
        is_told: false,
    };
    // English-language news says "President X" without a country of its readers' own president.
    let seat = mentions.pieces.iter().find(|p| {
        p.kind == PieceKind::Seat
            && matches!(
                mentions.words.lower(p.tokens.start),
                "white" | "downing" | "10" | "capitol"
            )
    });
    if let Some(country) = seat.and_then(|p| p.country) {
        return Some(guessed(country));
    }
    let (country, most) = counts
        .iter()
        .max_by_key(|(code, n)| (**n, std::cmp::Reverse(**code)))?;
    (most * 5 >= all * 2 && *most >= 4).then_some(guessed(*country))
}

/// The countries whose leaders bear their titles without a country: "King X", "Prime Minister Y".
fn leaders_at_home(mentions: &Mentions) -> BTreeSet<CountryCode> {
    mentions
        .titles
        .iter()
        .filter(|t| t.country.is_none() && t.organization.is_none())
        .filter(|t| t.rule == "title-before-name")
        .flat_map(|t| t.holders.iter().map(move |h| (&t.role, *h)))
        .filter_map(|(role, holder)| {
            let name = mentions.words.text(mentions.pieces[holder].tokens.clone());
            lexicon::office_holder_country(&name, role)
        })
        .collect()
}

/// The country that a publisher's name or a dateline speaks of: "The Korea Herald", "AMMAN".
fn country_in_name(name: &str) -> Option<CountryCode> {
    let parts: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '.')
        .filter(|p| !p.is_empty())
        .collect();
    let known = |text: &str| {
        // "South China Morning Post": a region's name, no country's.
        let region = parts
            .windows(2)
            .any(|w| matches!(w[0], "South" | "North" | "East" | "West" | "New") && w[1] == text);
        if region {
            return None;
        }
        let title: String = if text.chars().all(|c| !c.is_lowercase()) && text.len() > 4 {
            text.split(' ')
                .map(capitalised)
                .collect::<Vec<_>>()
                .join(" ")
        } else {
            text.to_owned()
        };
        // News calls the Republic of Korea just Korea.
        if title == "Korea" || title == "Korean" {
            return "KR".parse().ok();
        }
        lexicon::country_named(&title)
            .or_else(|| lexicon::demonym(&title))
            .or_else(|| lexicon::capital_of(&title))
            .or_else(|| lexicon::city_country(&title))
    };
    (1..=3)
        .rev()
        .find_map(|n| parts.windows(n).find_map(|w| known(&w.join(" "))))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| {
        c.to_uppercase()
            .chain(chars.flat_map(char::to_lowercase))
            .collect()
    })
}

/// The country of a site's top-level domain.
fn domain_country(url: &str) -> Option<CountryCode> {
    let host = url
        .split("://")
        .nth(1)?
        .split(['/', '?', '#', ':'])
        .next()?;
    let domain = host.rsplit('.').next()?;
    // Country domains that the world uses for other things.
    if domain.len() != 2
        || matches!(
            domain,
            "tv" | "co" | "io" | "me" | "ai" | "fm" | "ly" | "cc" | "ws" | "to" | "gg" | "eu"
        )
    {
        return None;
    }
    let code = if domain == "uk" {
        "GB".to_owned()
    } else {
        domain.to_uppercase()
    };
    let code: CountryCode = code.parse().ok()?;
    lexicon::country(code).map(|c| c.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_tell_their_country() {
        assert_eq!(
            country_in_name("The Jordan Times").map(|c| c.name()),
            Some("Jordan")
        );
        assert_eq!(
            country_in_name("Taipei Times").map(|c| c.name()),
            Some("Taiwan")
        );
        assert_eq!(country_in_name("Reuters"), None);
        assert_eq!(
            domain_country("https://www.iol.co.za/news/x").map(|c| c.name()),
            Some("South Africa")
        );
        assert_eq!(domain_country("https://example.com/x"), None);
    }
}
