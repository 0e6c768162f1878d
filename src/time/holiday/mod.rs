//! Public holidays: computed from rules that stand in documents.

mod date_rule;
mod easter;

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::day::date;
use super::lists::elements;
use super::zone::weekday;
use crate::source::{Diagnostic, Field, IdLetters, TableReader, Value, nearest, quoted};
use date_rule::DateRule;

/// The years for which holidays are computed.
pub const YEARS: RangeInclusive<i32> = 2000..=2100;

/// So many dates one holiday has at most.
const MOST_DATES: usize = 1000;

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Holiday {
    /// Its date.
    pub date: NaiveDate,
    /// Its name in the language of the region.
    pub name: String,
    /// Its name in English, if the document gives one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub english: Option<String>,
    /// Where it falls on a weekend and moves: the date it stands in for, which is a holiday all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substitute_for: Option<NaiveDate>,
}

/// The regions of a policy and their holidays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Holidays {
    regions: BTreeMap<String, Region>,
}

#[derive(Clone, Debug, Default)]
struct Region {
    name: String,
    /// The region whose holidays it has, too.
    within: Option<String>,
    days: BTreeMap<String, Rule>,
}

/// What a document says of one holiday.
#[derive(Clone, Debug)]
struct Rule {
    name: String,
    english: Option<String>,
    on: Vec<DateRule>,
    years: RangeInclusive<i32>,
    except: Vec<i32>,
    substitute: bool,
    off: bool,
}

impl Holidays {
    /// Reads the section `holidays`.
    pub(crate) fn read(section: Option<TableReader<'_, '_>>) -> Holidays {
        let mut regions = BTreeMap::new();
        let (mut within, mut switches) = (Vec::new(), Vec::new());
        for (entry, field) in section.into_iter().flat_map(TableReader::entries) {
            let Some(table) = field.table() else { continue };
            IdLetters::Any.check(&entry.key, "a region", "`DE-BY` or `fjordmobil`", field.mistakes());
            let parent = table.get("in");
            let region = Region {
                name: table.get("name").string().unwrap_or(&entry.key.text).to_owned(),
                within: parent.string().map(str::to_owned),
                days: read_days(table.get("days")),
            };
            table.finish();
            within.push(parent);
            switches.push((field, region.within.clone(), lonely_switches(&region)));
            regions.insert(entry.key.text.to_string(), region);
        }
        let holidays = Holidays { regions };
        within.into_iter().for_each(|parent| holidays.check_parent(parent));
        for (field, parent, lonely) in switches {
            let parent = parent.and_then(|parent| holidays.regions.get(&parent));
            let known = |id: &String| parent.is_some_and(|parent| parent.days.contains_key(id));
            for id in lonely.into_iter().filter(|id| !known(id)) {
                let message = format!("there is no holiday {} to switch off", quoted(&id));
                let days = parent.into_iter().flat_map(|parent| parent.days.keys()).map(String::as_str);
                let region = field.node().and_then(|node| node.as_table());
                let all = region.and_then(|region| region.get("days")).and_then(|days| days.as_table());
                let place = all.and_then(|all| all.entry(&id)).map(|entry| entry.key.place);
                let mistakes = field.mistakes();
                let at = place.and_then(|place| mistakes.locate(place));
                let diagnostic = Diagnostic::error("unknown-value", message).at(at);
                mistakes.report(match nearest(&id, days) {
                    Some(near) => diagnostic.with_help(format!("did you mean {}?", quoted(near))),
                    None => diagnostic,
                });
            }
        }
        holidays
    }

    /// A region lies within one that lies in none: there are countries and their parts.
    fn check_parent(&self, field: Field<'_, '_>) {
        let Some(name) = field.node().and_then(|node| node.as_str()) else { return };
        match self.regions.get(name) {
            None => self.report_unknown(field, name),
            Some(parent) if parent.within.is_some() => {
                let message = format!("{} itself lies in another region", quoted(name));
                field.report(Diagnostic::error("region", message).with_help("name the country"));
            }
            Some(_) => {}
        }
    }

    pub(crate) fn report_unknown(&self, field: Field<'_, '_>, name: &str) {
        if self.regions.is_empty() {
            let message = format!("{} is no region this policy knows", quoted(name));
            let help = "the built-in regions stand in the pack `svar:holidays`; add it to `extends`";
            field.report(Diagnostic::error("unknown-value", message).with_help(help));
        } else {
            field.unknown_value(name, self.regions.keys().map(String::as_str));
        }
    }

    /// The ids of the regions and their names.
    pub(crate) fn regions(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.regions.iter().map(|(id, region)| (id.as_str(), region.name.as_str()))
    }

    /// The rules of a region, with those of the region it lies in; its own win by name.
    fn rules(&self, region: &str) -> Option<Vec<&Rule>> {
        let region = self.regions.get(region)?;
        let parent = region.within.as_deref().and_then(|parent| self.regions.get(parent));
        let inherited = parent.into_iter().flat_map(|parent| &parent.days);
        let inherited = inherited.filter(|(id, _)| !region.days.contains_key(*id));
        Some(inherited.chain(&region.days).map(|(_, rule)| rule).filter(|rule| !rule.off).collect())
    }

    /// Every holiday of a year, in order.
    pub(crate) fn in_year(&self, region: &str, year: i32) -> Option<Vec<Holiday>> {
        let rules = self.rules(region)?;
        let mut holidays: Vec<Holiday> = falls_in(&rules, year..=year)
            .into_iter()
            .map(|(day, rule, moved)| Holiday {
                date: date(day),
                name: rule.name.clone(),
                english: rule.english.clone(),
                substitute_for: moved.map(date),
            })
            .collect();
        // Two holidays can fall on one day; both are named.
        holidays.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
        Some(holidays)
    }

    /// Every holiday from 2000 to 2100, as days since 1970-01-01.
    pub(crate) fn days(&self, region: &str) -> Option<Vec<i32>> {
        let rules = self.rules(region)?;
        Some(falls_in(&rules, YEARS).into_iter().map(|(day, _, _)| day).collect())
    }
}

/// The days of some years with their rules, and for substitutes the day they stand in for. What belongs to the year
/// before or after can fall into these years, or take the day to which something would move.
fn falls_in<'r>(rules: &[&'r Rule], years: RangeInclusive<i32>) -> Vec<(i32, &'r Rule, Option<i32>)> {
    let mut days = Vec::new();
    for year in years.start().saturating_sub(1)..=years.end().saturating_add(1) {
        for rule in rules.iter().filter(|rule| rule.years.contains(&year) && !rule.except.contains(&year)) {
            days.extend(rule.on.iter().filter_map(|on| Some((on.in_year(year)?, *rule, None))));
        }
    }
    substitute(&mut days);
    days.retain(|(day, _, _)| years.contains(&date(*day).year()));
    days
}

/// A holiday on a Saturday or Sunday has the next weekday that is no holiday as a substitute; earlier ones choose
/// first.
fn substitute<'r>(days: &mut Vec<(i32, &'r Rule, Option<i32>)>) {
    let moves = |(day, rule, _): &&(i32, &'r Rule, Option<i32>)| rule.substitute && weekday(*day) >= 5;
    let mut moving: Vec<_> = days.iter().filter(moves).map(|&(day, rule, _)| (day, rule)).collect();
    if moving.is_empty() {
        return;
    }
    moving.sort_by_key(|(day, _)| *day);
    let mut taken: HashSet<i32> = days.iter().map(|(day, _, _)| *day).collect();
    for (day, rule) in moving {
        let free = (day + 1..day + 15).find(|&day| weekday(day) < 5 && !taken.contains(&day));
        if let Some(free) = free {
            taken.insert(free);
            days.push((free, rule, Some(day)));
        }
    }
}

/// The days that are switched off and not described here: they must be described where the region lies.
fn lonely_switches(region: &Region) -> Vec<String> {
    let lonely = region.days.iter().filter(|(_, rule)| rule.off && rule.on.is_empty());
    lonely.map(|(id, _)| id.clone()).collect()
}

fn read_days(field: Field<'_, '_>) -> BTreeMap<String, Rule> {
    let entries = field.table().into_iter().flat_map(TableReader::entries);
    entries
        .filter_map(|(entry, field)| Some((entry.key.text.to_string(), read_rule(&entry.key.text, field)?)))
        .collect()
}

fn read_rule(id: &str, field: Field<'_, '_>) -> Option<Rule> {
    let table = field.table()?;
    let year = |key| table.get(key).integer(1900..=2200).and_then(|year| i32::try_from(year).ok());
    let off = table.get("off").bool().unwrap_or(false);
    let rule = Rule {
        name: table.get("name").string().unwrap_or(id).to_owned(),
        english: table.get("english").string().map(str::to_owned),
        off,
        years: year("from").unwrap_or(*YEARS.start())..=year("until").unwrap_or(*YEARS.end()),
        except: read_years(table.get("except")),
        substitute: table.get("substitute").bool().unwrap_or(false),
        // What is switched off is written down elsewhere.
        on: read_on(if off { table.get("on") } else { table.need("on") }),
    };
    if rule.years.is_empty() {
        table.get("until").error("contradiction", "`until` is before `from`");
    }
    table.get("source").string();
    table.get("as_of").datetime();
    table.finish();
    Some(rule)
}

fn read_years(field: Field<'_, '_>) -> Vec<i32> {
    let years = elements(field, MOST_DATES).filter_map(|field| field.integer(1900..=2200));
    years.filter_map(|year| i32::try_from(year).ok()).collect()
}

/// One date, or a list of them.
fn read_on(field: Field<'_, '_>) -> Vec<DateRule> {
    match field.node().map(|node| &node.value) {
        Some(Value::Array(_)) => elements(field, MOST_DATES).filter_map(read_date_rule).collect(),
        Some(_) => read_date_rule(field).into_iter().collect(),
        None => Vec::new(),
    }
}

fn read_date_rule(field: Field<'_, '_>) -> Option<DateRule> {
    let text = field.datetime()?;
    let rule = DateRule::parse(text);
    if rule.is_none() {
        let message = format!("{} is no date of a holiday", quoted(text));
        let forms = [
            "12-25",
            "2023-05-08",
            "easter+39",
            "1st mon of 05",
            "last mon of 08",
            "sat from 06-20",
            "wed before 11-23",
        ];
        let help = match nearest(text, forms) {
            Some(near) => format!("did you mean {}?", quoted(near)),
            None => format!("write it like one of {}", forms.map(quoted).join(", ")),
        };
        field.report(Diagnostic::error("date", message).with_help(help));
    }
    rule
}
