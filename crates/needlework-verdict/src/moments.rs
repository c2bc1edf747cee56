//! At which moments people are looked at: months of the table, of the chart, of the gain, and of published targets.

use needlework_cohort::Moment;
use needlework_evidence::{Book, BookError, Target};
use needlework_units::Time;

use crate::reach::Horizon;

/// The moments that a judgement looks at, as places in the cohort's list.
pub(crate) struct Moments {
    /// What the cohort is asked for.
    pub asked: Vec<Moment>,
    /// Months of the table.
    pub table: Vec<(f64, usize)>,
    /// Months of the chart.
    pub chart: Vec<(f64, usize)>,
    /// When the gain is judged.
    pub gain: usize,
    /// So many months after the last session.
    pub months_after_last: f64,
    /// The same in months since the first session.
    pub gain_month: f64,
    /// Months from the first to the last session; zero where the case does not say.
    pub last_month: f64,
    /// Whether the case says when the last session is.
    pub last_known: bool,
    /// The targets of the case's study with their moments.
    pub targets: Vec<(Target, usize)>,
}

impl Moments {
    /// The moments of a plan whose last session is at `known_last`, where the case says when that is. In the lay
    /// reading nothing beyond the reach's horizon is looked at. Where the last session is known, the moment of the gain
    /// stands in the table too, so that the answer leads with it and speaks of one moment only.
    pub(crate) fn new(
        known_last: Option<Time>,
        lay: bool,
        horizon: &Horizon,
        book: &Book,
        targets: &[Target],
    ) -> Result<Self, BookError> {
        // numerical: the months that product and trials speak of
        const TABLE: [f64; 4] = [3.0, 6.0, 12.0, 24.0];
        const CHART_MONTHS: usize = 24;
        // Where the last session is not known, months are counted from the first: what is shown then ends sooner and
        // counts as extrapolated sooner.
        let last = known_last.unwrap_or_default();
        let within = |month: f64| !lay || month <= (last.months() + horizon.inside.months());
        let after_last = Time::from_days(book.value("verdict.months_after_last")?);
        let mut moments = Self {
            // Where the last session is known, the moment has a month of its own, by which tables and comparisons find
            // it.
            asked: vec![match known_last {
                Some(last) => Moment::SinceFirst(Time::from_months(last.months() + after_last.months())),
                None => Moment::AfterLast(after_last),
            }],
            table: Vec::new(),
            chart: Vec::new(),
            gain: 0,
            months_after_last: after_last.months(),
            gain_month: last.months() + after_last.months(),
            last_month: last.months(),
            last_known: known_last.is_some(),
            targets: Vec::new(),
        };
        let end = (CHART_MONTHS as f64).max((last.months() + after_last.months()).ceil());
        for month in (0..=end as usize)
            .map(|month| month as f64)
            .filter(|&month| within(month))
        {
            let place = moments.asked.len();
            moments.asked.push(Moment::SinceFirst(Time::from_months(month)));
            moments.chart.push((month, place));
            if TABLE.contains(&month) {
                moments.table.push((month, place));
            }
        }
        if moments.last_known {
            // numerical: months; a month of the table so near to the gain's is that moment
            const NEAR: f64 = 0.5;
            let gain = (moments.gain_month, moments.gain);
            moments.table.retain(|&(month, _)| (month - gain.0).abs() > NEAR);
            let place = moments.table.partition_point(|&(month, _)| month < gain.0);
            moments.table.insert(place, gain);
        }
        for target in targets {
            let moment = match (target.since_first, target.after_last) {
                (Some(time), _) => Moment::SinceFirst(time),
                (None, time) => Moment::AfterLast(time.unwrap_or_default()),
            };
            moments.targets.push((target.clone(), moments.asked.len()));
            moments.asked.push(moment);
        }
        Ok(moments)
    }
}
