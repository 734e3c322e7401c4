//! `newsgraph show`

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use anyhow::{Result, bail};
use newsgraph::fact::EntityKind;
use newsgraph::graph::{Base, name_key};
use newsgraph::identity::Link;
use newsgraph::lexicon::{self, CountryCode};
use newsgraph::store::{EntityRow, MeetingRow, RoleRow, StatementRow, Tables, WhyRow};

use super::Outcome;
use super::evidence;
use super::output::Output;
use super::page::{Page, count};
use super::source::SourceArgs;

/// Show what is known of a person, organisation, country or place, with the words that say it
#[derive(clap::Args)]
pub struct Args {
    /// Any form of the name, whatever its case and accents; or an IRI such as person/angela-merkel
    name: String,

    /// Also say why the articles mean one and the same
    #[arg(long)]
    why: bool,

    #[command(flatten)]
    source: SourceArgs,
}

pub fn run(args: Args) -> Result<Outcome> {
    let (store, outcome) = args.source.open()?;
    let tables = store.tables()?;
    let mut entities = tables.entities.clone();
    for mut country in countries(&tables, store.base()) {
        (country.same_as, country.links) = store.same_as(&country.entity)?;
        entities.push(country);
    }
    let entity = find_one(&entities, &args.name, store.base())?;
    let output = Output::new(None)?;
    let is_terminal = output.is_terminal();
    let mut page = Page::new(output, is_terminal);
    write_entity(&mut page, entity, store.base())?;
    if args.why {
        write_why(&mut page, &store.why(&entity.entity)?)?;
        write_namesakes(&mut page, entity, &entities, &tables, store.base())?;
    }
    write_roles(&mut page, entity, &tables)?;
    write_meetings(&mut page, entity, &tables)?;
    write_statements(&mut page, entity, &tables)?;
    page.finish()?.finish()?;
    Ok(outcome)
}

/// Countries that facts are about without naming them: "the French president".
fn countries(tables: &Tables, base: &Base) -> Vec<EntityRow> {
    let mut articles: BTreeMap<CountryCode, BTreeSet<&str>> = BTreeMap::new();
    let roles = tables.roles.iter().map(|row| (row.country, &row.article));
    let meetings = tables
        .meetings
        .iter()
        .map(|row| (row.country, &row.article));
    for (country, article) in roles.chain(meetings) {
        if let Some(country) = country {
            articles.entry(country).or_default().insert(article);
        }
    }
    let named: BTreeSet<&str> = tables
        .entities
        .iter()
        .map(|row| row.entity.as_str())
        .collect();
    articles
        .into_iter()
        .map(|(code, articles)| EntityRow {
            entity: base.country(code),
            kind: EntityKind::Country,
            name: code.name().to_owned(),
            aliases: Vec::new(),
            country: Some(code),
            same_as: Vec::new(),
            split_from: Vec::new(),
            links: Vec::new(),
            articles: articles.len(),
            mentions: 0,
        })
        .filter(|row| !named.contains(row.entity.as_str()))
        .collect()
}

/// The entity that a name or an IRI means.
pub fn find_one<'a>(entities: &'a [EntityRow], name: &str, base: &Base) -> Result<&'a EntityRow> {
    let found = find(entities, name, base);
    match found.as_slice() {
        [one] => Ok(one),
        [] => {
            let near = nearest(entities, name);
            let hint = match near.is_empty() {
                true => "`newsgraph export --format csv` lists all entities".to_owned(),
                false => format!("did you mean {}?", near.join(", ")),
            };
            bail!("nothing named “{name}”\nhint: {hint}")
        }
        several => {
            let mut message = format!("“{name}” may mean {} things:", several.len());
            for row in several.iter().take(12) {
                let iri = base.short(row.entity.as_str());
                let articles = count(row.articles, "article");
                message.push_str(&format!(
                    "\n  {}  ({}, {articles})  {iri}",
                    row.name, row.kind
                ));
            }
            if several.len() > 12 {
                message.push_str(&format!("\n  and {} more", several.len() - 12));
            }
            let first = base.short(several[0].entity.as_str());
            message.push_str(&format!(
                "\nhint: give a fuller name, or an IRI: newsgraph show {first}"
            ));
            bail!(message)
        }
    }
}

/// How well a name fits an entity; less is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Iri,
    /// An IRI that namesakes shared before they were told apart.
    SharedIri,
    Name,
    Alias,
    /// All words asked for stand in the name or in one alias.
    Words,
}

/// The entities that a name fits best, the most reported first.
fn find<'a>(entities: &'a [EntityRow], name: &str, base: &Base) -> Vec<&'a EntityRow> {
    let fits: Vec<(Fit, &EntityRow)> = entities
        .iter()
        .filter_map(|row| Some((fit(row, name, base)?, row)))
        .collect();
    let Some(best) = fits.iter().map(|(fit, _)| *fit).min() else {
        return Vec::new();
    };
    let mut found: Vec<&EntityRow> = fits
        .into_iter()
        .filter(|(fit, _)| *fit == best)
        .map(|(_, row)| row)
        .collect();
    found.sort_by(|a, b| {
        b.articles
            .cmp(&a.articles)
            .then_with(|| a.entity.as_str().cmp(b.entity.as_str()))
    });
    found
}

fn fit(row: &EntityRow, name: &str, base: &Base) -> Option<Fit> {
    let iri = row.entity.as_str();
    let is_iri = |iri: &str| iri == name || base.short(iri) == name;
    if is_iri(iri) || row.same_as.iter().any(|other| is_iri(other.as_str())) {
        return Some(Fit::Iri);
    }
    if row.split_from.iter().any(|other| is_iri(other.as_str())) {
        return Some(Fit::SharedIri);
    }
    let key = name_key(name);
    if name_key(&row.name) == key {
        return Some(Fit::Name);
    }
    let is_alias = |alias: &String| name_key(alias) == key;
    let known = row
        .country
        .filter(|_| row.kind == EntityKind::Country)
        .and_then(lexicon::country);
    if known.is_some_and(|country| country.name == name || country.aliases.iter().any(is_alias)) {
        return Some(Fit::Alias);
    }
    if row.aliases.iter().any(|alias| name_key(alias) == key) {
        return Some(Fit::Alias);
    }
    let asked: BTreeSet<&str> = key.split('-').collect();
    let has_all = |form: &String| {
        let form = name_key(form);
        asked.is_subset(&form.split('-').collect())
    };
    (has_all(&row.name) || row.aliases.iter().any(has_all)).then_some(Fit::Words)
}

/// Up to five names that look like what was asked for.
fn nearest(entities: &[EntityRow], name: &str) -> Vec<String> {
    let key = name_key(name);
    let asked = pairs(&key);
    let mut scored: Vec<(usize, &EntityRow)> = entities
        .iter()
        .filter_map(|row| {
            let own = pairs(&name_key(&row.name));
            let shared = asked.intersection(&own).count();
            let score = 200 * shared / (asked.len() + own.len()).max(1);
            (score >= 50).then_some((score, row))
        })
        .collect();
    scored.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.name.cmp(&b.1.name)));
    scored
        .into_iter()
        .take(5)
        .map(|(_, row)| row.name.clone())
        .collect()
}

/// The pairs of neighbouring characters (Dice 1945): alike in words alike.
fn pairs(key: &str) -> BTreeSet<(char, char)> {
    let padded: Vec<char> = format!("-{key}-").chars().collect();
    padded.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn write_entity(page: &mut Page<Output>, row: &EntityRow, base: &Base) -> io::Result<()> {
    page.title(&format!(
        "{}  {}",
        row.name,
        base.short(row.entity.as_str())
    ))?;
    let country = match row.country {
        Some(country) if row.kind != EntityKind::Country => format!(" ({})", country.name()),
        _ => String::new(),
    };
    let articles = count(row.articles, "article");
    let seen = match row.mentions {
        0 => format!("in {articles}, not by name"),
        n => format!("{} in {articles}", count(n, "mention")),
    };
    page.text(2, &format!("{}{country}, {seen}", row.kind))?;
    if !row.aliases.is_empty() {
        page.text(2, &format!("also: {}", row.aliases.join(", ")))?;
    }
    for iri in &row.same_as {
        page.text(2, &format!("same as: {}", iri.as_str()))?;
        for link in row.links.iter().filter(|link| link.target == *iri) {
            let Link {
                source,
                confidence,
                reason,
                ..
            } = link;
            page.text(4, &format!("{reason}  ({source}, {confidence})"))?;
        }
    }
    Ok(())
}

/// The names that articles use and why each is this entity's.
fn write_why(page: &mut Page<Output>, rows: &[WhyRow]) -> io::Result<()> {
    page.heading(&format!("Why one ({})", count(rows.len(), "article")))?;
    for row in rows {
        let reason = row.reason.as_deref().unwrap_or("the name itself");
        page.text(2, &format!("{}  [{}]", row.name, row.article))?;
        page.text(4, reason)?;
    }
    Ok(())
}

/// Those with whom an entity would share an IRI, had nothing told them apart.
fn write_namesakes(
    page: &mut Page<Output>,
    row: &EntityRow,
    entities: &[EntityRow],
    tables: &Tables,
    base: &Base,
) -> io::Result<()> {
    let shared: BTreeSet<_> = row.split_from.iter().chain([&row.entity]).collect();
    let is_namesake = |other: &&EntityRow| {
        let mut iris = other.split_from.iter().chain([&other.entity]);
        other.entity != row.entity && iris.any(|iri| shared.contains(iri))
    };
    let others: Vec<&EntityRow> = entities.iter().filter(is_namesake).collect();
    if others.is_empty() {
        return Ok(());
    }
    page.heading(&format!("Not the same ({})", others.len()))?;
    for other in others {
        let roles = tables
            .roles
            .iter()
            .filter(|role| role.entity == other.entity);
        let mut told: BTreeSet<String> = roles
            .map(|role| match role.country {
                Some(country) => format!("{}, {}", role.role, country.name()),
                None => role.role.clone(),
            })
            .collect();
        told.extend(other.country.map(|code| code.name().to_owned()));
        let iri = base.short(other.entity.as_str());
        page.text(2, &format!("{}  {iri}", other.name))?;
        for told in told {
            page.text(4, &told)?;
        }
    }
    Ok(())
}

/// Words in quotation marks, their own or new ones.
fn quoted(words: &str) -> String {
    match words.starts_with(['“', '"', '«', '„']) {
        true => words.to_owned(),
        false => format!("“{words}”"),
    }
}

fn write_roles(page: &mut Page<Output>, entity: &EntityRow, tables: &Tables) -> io::Result<()> {
    let is_person = entity.kind == EntityKind::Person;
    let forms: BTreeSet<String> = entity
        .aliases
        .iter()
        .chain([&entity.name])
        .map(|form| name_key(form))
        .collect();
    let concerns = |row: &&RoleRow| match entity.kind {
        EntityKind::Country => row.country.is_some() && row.country == entity.country,
        EntityKind::Person => row.entity == entity.entity,
        _ => row
            .organization
            .as_ref()
            .is_some_and(|name| forms.contains(&name_key(name))),
    };
    let mut roles: BTreeMap<String, Vec<&RoleRow>> = BTreeMap::new();
    for row in tables.roles.iter().filter(concerns) {
        let mut title = match is_person {
            true => row.role.clone(),
            false => format!("{}: {}", row.person, row.role),
        };
        if let Some(organization) = row.organization.as_ref().filter(|_| is_person) {
            title.push_str(&format!(", {organization}"));
        }
        if let Some(country) = row.country.filter(|_| entity.kind != EntityKind::Country) {
            title.push_str(&format!(", {}", country.name()));
        }
        roles
            .entry(format!("{title}  ({})", row.status))
            .or_default()
            .push(row);
    }
    if roles.is_empty() {
        return Ok(());
    }
    page.heading(&format!("Roles ({})", roles.len()))?;
    for (title, rows) in roles {
        let articles: BTreeSet<&str> = rows.iter().map(|row| row.article.as_str()).collect();
        page.text(
            2,
            &format!("{title}  in {}", count(articles.len(), "article")),
        )?;
        let mut shown = BTreeSet::new();
        for row in rows {
            // One piece of evidence an article tells enough; `export` has all.
            if shown.insert(&row.article) {
                let place = (row.article.as_str(), row.start, row.end);
                evidence::write(page, &row.evidence, &row.context, place)?;
            }
        }
    }
    Ok(())
}

fn write_meetings(page: &mut Page<Output>, entity: &EntityRow, tables: &Tables) -> io::Result<()> {
    let forms: BTreeSet<String> = entity
        .aliases
        .iter()
        .chain([&entity.name])
        .map(|form| name_key(form))
        .collect();
    let is_place = matches!(entity.kind, EntityKind::Country | EntityKind::Place);
    let concerns = |row: &&MeetingRow| {
        row.participant_entities.contains(&entity.entity)
            || (is_place
                && row
                    .location
                    .iter()
                    .any(|name| forms.contains(&name_key(name))))
            || (entity.kind == EntityKind::Country
                && row.country.is_some()
                && row.country == entity.country)
    };
    let mut meetings: BTreeMap<(Option<&str>, &str, &str), Vec<&MeetingRow>> = BTreeMap::new();
    for row in tables.meetings.iter().filter(concerns) {
        let key = (
            row.date.as_deref(),
            row.article.as_str(),
            row.meeting_id.as_str(),
        );
        meetings.entry(key).or_default().push(row);
    }
    if meetings.is_empty() {
        return Ok(());
    }
    page.heading(&format!("Meetings ({})", meetings.len()))?;
    for ((date, _, _), rows) in meetings {
        let first = rows[0];
        let mut title = format!("{}  {}", date.unwrap_or("no date"), first.kind);
        if !first.location.is_empty() {
            title.push_str(&format!(", {}", first.location.join(", ")));
        }
        page.text(2, &format!("{title}  ({})", first.status))?;
        let others: Vec<&str> = first
            .participants
            .iter()
            .zip(&first.participant_entities)
            .filter(|(_, iri)| **iri != entity.entity)
            .map(|(name, _)| name.as_str())
            .collect();
        if !others.is_empty() {
            page.text(4, &format!("with {}", others.join(", ")))?;
        }
        for row in rows {
            let place = (row.article.as_str(), row.start, row.end);
            evidence::write(page, &row.evidence, &row.context, place)?;
        }
    }
    Ok(())
}

fn write_statements(
    page: &mut Page<Output>,
    entity: &EntityRow,
    tables: &Tables,
) -> io::Result<()> {
    let rows: Vec<&StatementRow> = tables
        .statements
        .iter()
        .filter(|row| row.entity.as_ref() == Some(&entity.entity))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    page.heading(&format!("Statements ({})", rows.len()))?;
    for row in rows {
        let mut how = vec![row.kind.to_string()];
        how.extend(row.cue.as_ref().map(|cue| format!("“{cue}”")));
        how.extend(row.addressee.as_ref().map(|who| format!("to {who}")));
        how.extend(row.medium.as_ref().map(|medium| format!("on {medium}")));
        how.extend(row.via.as_ref().map(|via| format!("via {via}")));
        page.text(2, &quoted(&row.content))?;
        page.text(4, &how.join(", "))?;
        let place = (row.article.as_str(), row.start, row.end);
        evidence::write(page, &row.evidence, &row.context, place)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::NamedNode;

    fn row(iri: &str, name: &str, aliases: &[&str]) -> EntityRow {
        EntityRow {
            entity: NamedNode::new_unchecked(format!("{}{iri}", Base::DEFAULT)),
            kind: EntityKind::Person,
            name: name.to_owned(),
            aliases: aliases.iter().map(|s| (*s).to_owned()).collect(),
            country: None,
            same_as: Vec::new(),
            split_from: Vec::new(),
            links: Vec::new(),
            articles: 1,
            mentions: 1,
        }
    }

    fn rows() -> Vec<EntityRow> {
        vec![
            row("person/jose-perez", "José Pérez", &["Pérez"]),
            row("person/ana-perez", "Ana Pérez", &["Pérez"]),
            row("person/perez", "Perez Hilton-Cruz", &[]),
        ]
    }

    fn names(name: &str) -> Vec<String> {
        let rows = rows();
        find(&rows, name, &Base::default())
            .iter()
            .map(|row| row.name.clone())
            .collect()
    }

    #[test]
    fn any_form_of_a_name_finds_its_entity_the_closest_form_first() {
        assert_eq!(names("JOSE PEREZ"), ["José Pérez"]);
        assert_eq!(names("perez"), ["Ana Pérez", "José Pérez"]);
        assert_eq!(names("hilton"), ["Perez Hilton-Cruz"]);
        assert_eq!(names("person/ana-perez"), ["Ana Pérez"]);
        assert!(names("nobody").is_empty());
    }

    #[test]
    fn unknown_and_ambiguous_names_are_answered_with_what_to_do() {
        let rows = rows();
        let message = |name| {
            find_one(&rows, name, &Base::default())
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            message("Jose Peres"),
            "nothing named “Jose Peres”\nhint: did you mean José Pérez?"
        );
        assert!(message("Pérez").starts_with(
            "“Pérez” may mean 2 things:\n  Ana Pérez  (person, 1 article)  person/ana-perez"
        ));
    }
}
