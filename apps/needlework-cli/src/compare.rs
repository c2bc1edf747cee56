//! Alternatives side by side: several cases, or one case with some of its fields varied.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use needlework::case::{self, Case};
use needlework::questions::{self, Asked};
use needlework::verdict::{Library, Reading};
use needlework_pages as pages;

use crate::arguments::{Compare, Shared};
use crate::folder::{COMPARISON, NewFolder};
use crate::input::{bytes, inquiry, library};
use crate::problem::Problem;
use crate::screen::{self, Bar};
use crate::vary::{self, MOST, Variation};

/// Compares alternatives.
///
/// # Errors
/// [`Problem`] when a case or a variation is wrong, or something cannot be read, computed or written.
pub fn run(asked: &Compare, shared: &Shared) -> Result<ExitCode, Problem> {
    let library = library()?;
    let reading = Reading::from(asked.reader);
    let variations = vary::variations("--vary", &asked.vary, reading)?;
    let (title, alternatives) = alternatives(asked, &variations, &library)?;
    // A place to write is checked before the work, and let go again until there is something to write.
    place(asked)?;

    let inquiry = inquiry(&library, shared, asked.people, reading, asked.prior);
    let mut bar = Bar::new("comparing");
    let compared = questions::compare(&title, &alternatives, &inquiry, &mut |progress| bar.update(progress));
    bar.finish();
    let failed = |what: String| Problem::failed(what, "please report this");
    let comparison = compared.map_err(|error| failed(format!("the cases could not be compared: {error}")))?;
    let json = pages::compare_json(&comparison)
        .map_err(|error| failed(format!("the comparison could not be written as JSON: {error}")))?;
    if let Some(folder) = place(asked)? {
        let table = pages::compare_table(&comparison);
        let parquet = needlework_files::parquet(&table, needlework_files::COMPARISON, Vec::new())
            .map_err(|error| failed(format!("the table could not be written: {error}")))?;
        folder.write("compare.json", json.as_bytes())?;
        folder.write("compare.html", pages::compare_html(&comparison).as_bytes())?;
        folder.write("compare.parquet", &parquet)?;
        folder.appear()?;
    }
    if shared.json {
        screen::print(&json)?;
    } else {
        screen::print(&pages::compare_terminal(&comparison))?;
        if let Some(out) = &asked.out {
            screen::print(&format!("Comparison: {}", out.join("compare.html").display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn place(asked: &Compare) -> Result<Option<NewFolder>, Problem> {
    asked
        .out
        .as_deref()
        .map(|out| NewFolder::of(&COMPARISON, out))
        .transpose()
}

/// A title, and the cases with what is varied in each.
fn alternatives(asked: &Compare, variations: &[Variation], library: &Library) -> Result<(String, Vec<Asked>), Problem> {
    let count = vary::count(variations).saturating_mul(asked.cases.len());
    if count > MOST {
        return Err(Problem::input(
            format!("this makes {count} alternatives; at most {MOST} are put side by side"),
            "vary fewer fields or values",
        ));
    }
    if asked.cases.iter().filter(|path| *path == Path::new("-")).count() > 1 {
        return Err(Problem::input(
            "standard input can be read only once",
            "name `-` once, or save the cases as files",
        ));
    }
    let mut found = Vec::with_capacity(count);
    let mut titles = Vec::new();
    for path in &asked.cases {
        let (name, content) = bytes(path)?;
        // Read as it stands first, so that a fault of the file is shown in the file.
        let base = case::read_bytes(&content, &name, &library.catalog).map_err(Problem::Case)?;
        let title = title(&base, path);
        titles.push(title.clone());
        if variations.is_empty() {
            found.push(Asked {
                label: title,
                settings: Vec::new(),
                case: base,
            });
            continue;
        }
        let text = String::from_utf8_lossy(&content);
        for settings in vary::combinations(variations) {
            let case = vary::read("--vary", &text, &name, &settings, variations, &library.catalog)?;
            let words = vary::in_words(&settings);
            let label = if asked.cases.len() > 1 {
                format!("{title}: {words}")
            } else {
                words
            };
            found.push(Asked { label, settings, case });
        }
    }
    distinguish(
        &mut found,
        &asked.cases.iter().map(|path| path.as_path()).collect::<Vec<_>>(),
    );
    let varied: Vec<String> = variations.iter().map(Variation::words).collect();
    let varied = if varied.is_empty() {
        String::new()
    } else {
        format!(", {} varied", varied.join(" and "))
    };
    let title = match titles.as_slice() {
        [only] => format!("{only}{varied}"),
        _ => format!("{} plans side by side{varied}", titles.len()),
    };
    Ok((title, found))
}

/// What a case is called: its own title, else its file.
fn title(case: &Case, path: &Path) -> String {
    let file = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let own = case.about.title.known().cloned();
    own.or_else(file).unwrap_or_else(|| "A needling plan".to_owned())
}

/// Adds the file to labels that would be the same for two cases.
fn distinguish(found: &mut [Asked], paths: &[&Path]) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter() {
        *times.entry(one.label.clone()).or_default() += 1;
    }
    let each = (found.len() / paths.len().max(1)).max(1);
    for (place, one) in found.iter_mut().enumerate() {
        if times.get(&one.label).is_some_and(|&times| times > 1)
            && let Some(path) = paths.get(place / each)
        {
            one.label = format!("{} ({})", one.label, path.display());
        }
    }
}
