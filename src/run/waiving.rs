//! What waivers do to the findings of a dossier.

use super::{DossierRun, Waiver, WaiverState};
use crate::dossier::Waived;
use jiff::civil::Date;

impl DossierRun {
    /// Puts the waivers of a dossier beside its findings, those on elements that are in the report. Without a today a waiver with a last
    /// day still holds; a caller that lets waivers decide asks for a today first.
    pub fn waive(&mut self, waivers: &[Waived], today: Option<Date>) {
        let waiver = |given: &Waived| {
            let (_, element) = self.element(&given.element)?;
            let past = today.zip(given.until).is_some_and(|(today, until)| today > until);
            let state = match element.verdict.is_finding() {
                _ if past => WaiverState::Expired,
                true => WaiverState::Holds,
                false => WaiverState::Idle,
            };
            Some(Waiver { element: element.id.clone(), reason: given.reason.clone(), until: given.until, state })
        };
        self.waivers = waivers.iter().filter_map(waiver).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::outcome::Verdict;
    use crate::report::samples;
    use crate::run::Level;
    use jiff::civil::date;

    fn waived(element: &str, until: Option<Date>, today: Option<Date>) -> DossierRun {
        let mut dossier = samples::run().dossiers.remove(0);
        let given = Waived { element: element.into(), reason: "x".into(), until, span: 0..0 };
        dossier.waive(&[given], today);
        dossier
    }

    #[test]
    fn a_waiver_holds_to_its_last_day() {
        let last = Some(date(2026, 5, 1));
        for (element, until, today, state) in [
            ("N3.b", None, None, WaiverState::Holds),
            ("n3.B", last, Some(date(2026, 5, 1)), WaiverState::Holds),
            ("N3.b", last, Some(date(2026, 5, 2)), WaiverState::Expired),
            ("N3.a", last, Some(date(2026, 5, 1)), WaiverState::Idle),
            ("N3.e", None, None, WaiverState::Idle),
            ("N3.a", last, Some(date(2026, 5, 2)), WaiverState::Expired),
        ] {
            let dossier = waived(element, until, today);
            assert_eq!(dossier.waivers[0].state, state, "{element} {today:?}");
            assert!(dossier.waivers[0].element.starts_with("N3."));
        }
        assert!(waived("N9.a", None, None).waivers.is_empty());
    }

    #[test]
    fn what_is_waived_does_not_count_and_an_expired_waiver_does() {
        let mut dossier = waived("N3.b", None, None);
        assert!(dossier.has_findings(Level::Missing));
        for element in &mut dossier.outcome.frameworks[0].elements {
            element.verdict = if element.id == "N3.b" { Verdict::Missing } else { Verdict::Found };
        }
        assert!(!dossier.has_findings(Level::Weak));
        assert_eq!(dossier.findings().count(), 1);
        dossier.waivers[0].state = WaiverState::Expired;
        for element in &mut dossier.outcome.frameworks[0].elements {
            element.verdict = Verdict::Found;
        }
        assert_eq!([Level::None, Level::Contradicted, Level::Missing].map(|l| dossier.has_findings(l)), [false, true, true]);
    }
}
