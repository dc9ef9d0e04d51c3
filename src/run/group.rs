//! What the dossiers of a run say together: per norm how many have which verdict, and per figure how the group lies.

use super::{ChangeKind, DossierRun, Run};
use crate::engine::outcome::{NormOutcome, Verdict};
use crate::facts::{Figure, FigureUnit, FigureYear, Measure, SchoolKind};

/// How a figure of one year lies over the dossiers that give it.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// What was counted.
    pub measure: Measure,
    /// For which kind of school.
    pub kind: Option<SchoolKind>,
    /// Of what.
    pub unit: FigureUnit,
    /// The most recent year that at least half of those who give the figure give it for; else the year most give it for.
    pub year: FigureYear,
    /// Index of a dossier and its value, from low to high.
    pub values: Vec<(usize, f64)>,
    /// How many dossiers give the figure for another year only.
    pub elsewhere: usize,
}

impl Spread {
    /// First quartile, median and third quartile, by linear interpolation; None for fewer than five values.
    pub fn quartiles(&self) -> Option<[f64; 3]> {
        let at = |share: f64| {
            let place = share * (self.values.len() - 1) as f64;
            let (low, high) = (self.values[place.floor() as usize].1, self.values[place.ceil() as usize].1);
            low + (high - low) * place.fract()
        };
        (self.values.len() >= 5).then(|| [0.25, 0.5, 0.75].map(at))
    }

    /// The place of a value from low to high, counted from 1; equal values share a place.
    pub fn rank(&self, value: f64) -> usize {
        1 + self.values.iter().filter(|(_, v)| *v < value).count()
    }
}

impl Run {
    /// The norms of a framework as the first dossier has them, each with how many dossiers have which verdict.
    pub fn norms_together<'a>(&'a self, framework: &str) -> Vec<(&'a NormOutcome, [(Verdict, usize); 6])> {
        let outcome = |d: &'a DossierRun| d.outcome.frameworks.iter().find(|f| f.framework == framework);
        let verdict = |d: &'a DossierRun, id: &str| outcome(d)?.norms.iter().find(|n| n.id == id).map(|n| n.verdict);
        let tally = |id: &str| Verdict::ALL.map(|v| (v, self.dossiers.iter().filter(|d| verdict(d, id) == Some(v)).count()));
        let norms = self.dossiers.first().and_then(outcome).map_or(&[][..], |f| &f.norms);
        norms.iter().map(|n| (n, tally(&n.id))).collect()
    }

    /// Per figure how it lies over the dossiers, in the order of reports.
    pub fn spreads(&self) -> Vec<Spread> {
        let figures = |d: &'_ DossierRun| d.outcome.facts.figures.iter().map(|f| f.value).collect::<Vec<Figure>>();
        let all: Vec<Vec<Figure>> = self.dossiers.iter().map(figures).collect();
        let mut keys: Vec<_> = all.iter().flatten().map(|f| (f.measure, f.kind, f.unit)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().filter_map(|key| spread(&all, key)).collect()
    }

    /// How many findings are new, gone and the same since the baseline, over all dossiers; None without a baseline.
    pub fn changes_together(&self) -> Option<[(ChangeKind, usize); 3]> {
        let tallies: Vec<_> = self.dossiers.iter().filter_map(DossierRun::change_tally).collect();
        let known = !tallies.is_empty() || !self.gone.is_empty();
        let count = |n: usize| (ChangeKind::ALL[n], tallies.iter().map(|tally| tally[n].1).sum());
        known.then(|| [0, 1, 2].map(count))
    }
}

fn spread(all: &[Vec<Figure>], key: (Measure, Option<SchoolKind>, FigureUnit)) -> Option<Spread> {
    let (measure, kind, unit) = key;
    let wanted = |f: &&Figure| (f.measure, f.kind, f.unit) == key;
    let given = all.iter().filter(|figures| figures.iter().any(|f| wanted(&f))).count();
    let of_year = |year: FigureYear| -> Vec<(usize, f64)> {
        let one = |(n, figures): (usize, &Vec<Figure>)| Some((n, figures.iter().filter(wanted).find(|f| f.year == year)?.value));
        all.iter().enumerate().filter_map(one).collect()
    };
    let mut years: Vec<FigureYear> = all.iter().flatten().filter(wanted).map(|f| f.year).collect();
    years.sort_unstable_by_key(|y| (std::cmp::Reverse(y.last()), *y));
    years.dedup();
    let common = years.iter().find(|y| of_year(**y).len() * 2 >= given);
    let most = || years.iter().rev().max_by_key(|y| of_year(**y).len());
    let year = *common.or_else(most)?;
    let mut values = of_year(year);
    values.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let elsewhere = given - values.len();
    Some(Spread { measure, kind, unit, year, values, elsewhere })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;
    use crate::engine::outcome::Fact;
    use crate::report::samples;

    /// A run of dossiers that each give these thuiszitters.
    fn group(each: &[&[(i16, f64)]]) -> Run {
        let mut run = samples::run();
        let one = run.dossiers[0].clone();
        run.dossiers = each
            .iter()
            .map(|figures| {
                let mut dossier = one.clone();
                let figure = |&(year, value): &(i16, f64)| Fact {
                    value: Figure {
                        span: Span::default(),
                        measure: Measure::ThuiszittersTotaal,
                        kind: None,
                        year: FigureYear::Calendar(year),
                        value,
                        unit: FigureUnit::Leerlingen,
                    },
                    evidence: None,
                };
                dossier.outcome.facts.figures = figures.iter().map(figure).collect();
                dossier
            })
            .collect();
        run
    }

    #[test]
    fn the_group_is_taken_in_the_most_recent_year_that_half_of_it_gives() {
        let run = group(&[&[(2013, 4.0), (2014, 9.0)], &[(2013, 2.0)], &[(2013, 2.0), (2014, 1.0)], &[(2015, 7.0)], &[]]);
        let spread = &run.spreads()[0];
        assert_eq!((spread.year, spread.elsewhere), (FigureYear::Calendar(2014), 2));
        assert_eq!(spread.values, [(2, 1.0), (0, 9.0)]);
        let run = group(&[&[(2013, 4.0)], &[(2014, 2.0)], &[(2015, 2.0)]]);
        assert_eq!(run.spreads()[0].year, FigureYear::Calendar(2015), "no year is common: the most recent of those given most");
        assert!(group(&[&[]]).spreads().is_empty());
    }

    #[test]
    fn quartiles_lie_between_the_values_and_equal_values_share_a_place() {
        let spread = &group(&[&[(2013, 8.0)], &[(2013, 1.0)], &[(2013, 3.0)], &[(2013, 3.0)], &[(2013, 5.0)], &[(2013, 4.0)]]).spreads()[0];
        assert_eq!(spread.quartiles(), Some([3.0, 3.5, 4.75]));
        assert_eq!([1.0, 3.0, 4.0, 8.0].map(|v| spread.rank(v)), [1, 2, 4, 6]);
        assert_eq!(group(&[&[(2013, 8.0)], &[(2013, 1.0)]]).spreads()[0].quartiles(), None);
    }

    #[test]
    fn norms_are_counted_over_the_dossiers() {
        let mut run = group(&[&[], &[], &[]]);
        run.dossiers[1].outcome.frameworks[0].norms[0].verdict = Verdict::Found;
        let norms = run.norms_together("toezichtkader-2013");
        assert_eq!(norms[0].0.id, "N3");
        assert_eq!(norms[0].1[..2], [(Verdict::Found, 1), (Verdict::Weak, 2)]);
        assert!(run.norms_together("onbekend").is_empty());
        assert_eq!(run.changes_together(), None);
        run.gone.push("weg".into());
        assert_eq!(run.changes_together().map(|c| c[0]), Some((ChangeKind::New, 0)));
    }
}
