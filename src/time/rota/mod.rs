//! Who is on call.

mod document;
mod turns;

use std::sync::Arc;

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::calendar::{Calendar, Interval, instant};
use super::error::TimeError;
use super::table::{Piece, Table};
use super::zone::Zone;
pub(crate) use document::read_rotas;
use turns::Turns;

/// Who is on call when: compiled, immutable, cheap to clone. See [the module](super) for how a rota is written.
#[derive(Clone, Debug)]
pub struct Rota(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    layers: Vec<Layer>,
    overrides: Vec<Override>,
    /// Open whenever somebody is on call.
    cover: Calendar,
}

/// People who take turns.
#[derive(Debug)]
struct Layer {
    turns: Turns,
    /// When the layer has somebody.
    hours: Table,
}

/// Somebody takes over for a while.
#[derive(Debug)]
struct Override {
    time: Piece,
    person: Arc<str>,
}

impl Rota {
    fn new(zone: Arc<Zone>, layers: Vec<Layer>, overrides: Vec<Override>) -> Rota {
        let tables: Vec<&Table> = layers.iter().map(|layer| &layer.hours).collect();
        let also: Vec<Piece> = overrides.iter().map(|given| given.time).collect();
        let cover = Table::union(&zone, &tables, &also);
        Rota(Arc::new(Inner { layers, overrides, cover: Calendar::new(zone, cover) }))
    }

    /// The time zone in which the hand-overs are read.
    pub fn zone(&self) -> Tz {
        self.0.cover.zone()
    }

    /// Who is on call at an instant. `None` in a gap.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn on_call(&self, at: DateTime<impl TimeZone>) -> Result<Option<&str>, TimeError> {
        Ok(self.on_call_at(at.to_utc())?.next())
    }

    /// Everybody who is on call at an instant: those of the overrides first, then those of the layers, the last layer
    /// first. Whoever is in several stands there several times.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn everybody_on_call<Z: TimeZone>(
        &self,
        at: DateTime<Z>,
    ) -> Result<impl Iterator<Item = &str> + use<'_, Z>, TimeError> {
        self.on_call_at(at.to_utc())
    }

    fn on_call_at(&self, at: DateTime<Utc>) -> Result<impl Iterator<Item = &str>, TimeError> {
        self.0.cover.is_open(at)?;
        let second = at.timestamp();
        let zone = self.0.cover.clocks();
        let overrides = self.0.overrides.iter().rev();
        let overrides = overrides.filter(move |given| (given.time.0..given.time.1).contains(&second));
        let layers = self.0.layers.iter().rev().filter(move |layer| layer.hours.is_open(second));
        let layers = layers.filter_map(move |layer| layer.turns.person(zone, second));
        Ok(overrides.map(|given| &*given.person).chain(layers))
    }

    /// Every time between two instants at which nobody is on call, in order; what reaches beyond them is cut off.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn gaps<Z: TimeZone>(
        &self,
        from: DateTime<Z>,
        to: DateTime<Z>,
    ) -> Result<impl Iterator<Item = Interval> + use<'_, Z>, TimeError> {
        self.0.cover.closed_intervals(from.to_utc(), to.to_utc())
    }

    /// Who is on call when between two instants, without a hole: a gap has `None`.
    ///
    /// # Errors
    /// An instant outside the years 2000 to 2100.
    pub fn turns(
        &self,
        from: DateTime<impl TimeZone>,
        to: DateTime<impl TimeZone>,
    ) -> Result<Vec<(Interval, Option<&str>)>, TimeError> {
        let zone = self.0.cover.clocks();
        let (from, to) = (from.to_utc(), to.to_utc());
        self.0.cover.between(from, to)?;
        let (from, to) = (from.timestamp(), to.timestamp());
        let mut edges: Vec<i64> = vec![from, to];
        for given in &self.0.overrides {
            edges.extend([given.time.0, given.time.1]);
        }
        for layer in &self.0.layers {
            layer.hours.edges_in((from, to), &mut edges);
            edges.extend(layer.turns.hand_overs(zone, (from, to)));
        }
        edges.retain(|edge| (from..=to).contains(edge));
        edges.sort_unstable();
        edges.dedup();
        let mut turns: Vec<(Interval, Option<&str>)> = Vec::new();
        for (&start, &end) in edges.iter().zip(edges.iter().skip(1)) {
            let person = self.on_call(instant(start))?;
            match turns.last_mut() {
                Some((last, same)) if *same == person => last.end = instant(end),
                _ => turns.push((Interval { start: instant(start), end: instant(end) }, person)),
            }
        }
        Ok(turns)
    }

    /// When somebody is on call, as a calendar: open then, closed in the gaps.
    pub fn cover(&self) -> &Calendar {
        &self.0.cover
    }
}

impl Calendar {
    /// Covered time: open whenever this calendar is, or somebody is on call.
    #[must_use]
    pub fn covered_by(&self, rota: &Rota) -> Calendar {
        let zone = self.clocks();
        let table = Table::union(zone, &[self.table(), rota.cover().table()], &[]);
        Calendar::new(Arc::clone(zone), table)
    }

    /// The counterpart of [`open_intervals`](Calendar::open_intervals).
    fn closed_intervals(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<impl Iterator<Item = Interval> + use<'_>, TimeError> {
        let mut open = self.open_intervals(from, to)?;
        let mut at = Some(from.timestamp()).filter(|&from| from < to.timestamp());
        Ok(std::iter::from_fn(move || {
            loop {
                let start = instant(at?);
                let next = open.next();
                at = next.map(|open| open.end.timestamp());
                let end = next.map_or(instant(to.timestamp()), |open| open.start);
                if start < end {
                    return Some(Interval { start, end });
                }
            }
        }))
    }
}
