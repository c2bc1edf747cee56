//! A comparison as a table: one row an alternative, with everything from which its figures are drawn.
//!
//! A number that is not shown is missing; `shown` says which rows carry a forecast.

use crate::model::{Alternative, Range, SideBySide};
use needlework_files::{Column, ColumnData, Table};

use super::{shows, why_hidden};

/// The table. Published arms are not in it: they are not simulated.
#[must_use]
pub fn compare_table(comparison: &SideBySide) -> Table {
    let rows = &comparison.alternatives;
    let mut columns = Vec::new();
    let texts = |name: &str, doc: &str, value: &dyn Fn(&Alternative) -> String| Column {
        name: name.to_owned(),
        unit: String::new(),
        doc: doc.to_owned(),
        data: ColumnData::Texts(rows.iter().map(value).collect()),
    };
    columns.push(texts("name", "short name, in the order of the question", &|one| {
        one.name.clone()
    }));
    columns.push(texts("label", "name for people", &|one| one.label.clone()));
    let varied = |one: &Alternative| {
        let pairs: Vec<String> = one
            .settings
            .iter()
            .map(|s| format!("{}={}", s.field, s.value))
            .collect();
        pairs.join("; ")
    };
    columns.push(texts("varied", "what was varied to get it", &varied));
    let word = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    columns.push(texts("safety", "caution, refer or refuse", &|one| {
        word(serde_json::json!(one.verdict.safety))
    }));
    columns.push(texts("rules", "ids of the rules that fired", &|one| {
        one.verdict
            .rules
            .iter()
            .map(|rule| rule.id.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }));
    columns.push(texts("reach", "inside, edge or outside the evidence", &|one| {
        word(serde_json::json!(one.reach.level))
    }));
    columns.push(texts("certainty", "low, very_low or none", &|one| {
        word(serde_json::json!(one.certainty))
    }));
    columns.push(texts("benefit", "likely, possible, unlikely or unknown", &|one| {
        word(serde_json::json!(one.verdict.benefit))
    }));
    columns.push(Column {
        name: "shown".to_owned(),
        unit: String::new(),
        doc: "1 where a forecast is shown".to_owned(),
        data: ColumnData::Integers(
            rows.iter()
                .map(|one| i64::from(why_hidden(comparison, one).is_none()))
                .collect(),
        ),
    });
    let mut numbers = |name: &str, unit: &str, doc: &str, value: &dyn Fn(&Alternative) -> Option<f64>| {
        let shown = |one: &Alternative| Some(one).filter(|one| shows(comparison, one)).and_then(value);
        columns.push(Column {
            name: name.to_owned(),
            unit: unit.to_owned(),
            doc: doc.to_owned(),
            data: ColumnData::some_numbers(rows.iter().map(shown)),
        });
    };
    numbers(
        "month",
        "month",
        "month of the comparison, since the first session",
        &|one| one.expected.as_ref().and(comparison.month),
    );
    let mut ranges = |name: &str, unit: &str, doc: &str, value: &dyn Fn(&Alternative) -> Option<Range>| {
        numbers(name, unit, doc, &|one| value(one).map(|range| range.mean));
        numbers(&format!("{name}_low"), unit, "its 5 % bound", &|one| {
            value(one).map(|range| range.low)
        });
        numbers(&format!("{name}_high"), unit, "its 95 % bound", &|one| {
            value(one).map(|range| range.high)
        });
    };
    ranges("little_or_none", "1", "share who see little or no change", &|one| {
        Some(one.expected.as_ref()?.outcome.none)
    });
    ranges("worse", "1", "share who get worse", &|one| {
        Some(one.expected.as_ref()?.outcome.worse)
    });
    ranges(
        "gain25",
        "1",
        "share who gain 25 points or more over their untreated twin",
        &|one| Some(one.expected.as_ref()?.gain25?.share),
    );
    ranges("improvement", "1", "mean improvement in points of 100", &|one| {
        Some(one.expected.as_ref()?.improvement)
    });
    ranges(
        "against_first",
        "1",
        "paired mean difference in points to the first alternative",
        &|one| Some(one.against_first.as_ref()?.at_month.points),
    );
    ranges(
        "better_than_first",
        "1",
        "share better off than with the first alternative",
        &|one| Some(one.against_first.as_ref()?.at_month.better),
    );
    ranges(
        "worse_than_first",
        "1",
        "share worse off than with the first alternative",
        &|one| Some(one.against_first.as_ref()?.at_month.worse),
    );
    ranges(
        "against_nothing",
        "1",
        "paired mean difference in points to doing nothing",
        &|one| Some(one.against_nothing.as_ref()?.at_month.points),
    );
    ranges(
        "better_than_nothing",
        "1",
        "share better off than doing nothing",
        &|one| Some(one.against_nothing.as_ref()?.at_month.better),
    );
    ranges(
        "worse_than_nothing",
        "1",
        "share worse off than doing nothing",
        &|one| Some(one.against_nothing.as_ref()?.at_month.worse),
    );
    ranges("cost", "EUR", "cost of the course", &|one| {
        Some(one.burden.as_ref()?.cost.euros)
    });
    for risk in ["infection", "dark_marks", "scar"] {
        let found = |one: &Alternative| one.risks.iter().find(|own| own.name == risk).map(|own| own.per_1000);
        let doc = format!("{risk} in 1,000 courses; NaN where nobody has counted");
        numbers(risk, "1/1000", &doc, &|one| found(one)?.mean);
        numbers(&format!("{risk}_low"), "1/1000", "low end of its range", &|one| {
            Some(found(one)?.low)
        });
        numbers(&format!("{risk}_high"), "1/1000", "high end of its range", &|one| {
            Some(found(one)?.high)
        });
    }
    numbers("pain", "1", "median pain of a session, 0 to 10", &|one| {
        Some(one.burden.as_ref()?.pain.p50)
    });
    numbers("redness", "day", "median redness after a session", &|one| {
        Some(one.burden.as_ref()?.redness_days.p50)
    });
    numbers("downtime", "day", "median time before one would go out", &|one| {
        Some(one.burden.as_ref()?.downtime_days.p50)
    });
    numbers("depth", "um", "median depth of the needles", &|one| {
        Some(one.needles.as_ref()?.depth_um.p50)
    });
    numbers(
        "reaches_dermis",
        "1",
        "share of needles that reach the dermis",
        &|one| Some(one.needles.as_ref()?.reaches_dermis.mean),
    );
    Table {
        engine: comparison.engine.version.clone(),
        columns,
    }
}
