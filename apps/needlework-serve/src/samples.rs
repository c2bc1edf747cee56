//! Samples of colour beside the question whether marks are red or pale: simulated, on skin like that of whoever
//! answers, and where that is not known on light, middle and dark skin.
//!
//! Nothing is done to the few people who stand behind them, so that no plan and no rule plays a part; what is shown is
//! the one in the middle. Each skin is computed once and kept, since nothing of an answer is in it but the type of the
//! skin. Limits: a screen shows colours as it can, and skin of one type differs.

use maud::{Markup, html};
use needlework::case::{Answer, Arm, Case, Fitzpatrick, Stage};
use needlework::verdict::{Inquiry, Reading, Swatch, judge};

use crate::colour_sample::ColourSample;
use crate::fault::Fault;
use crate::house::House;
use crate::words::{Words, fill};
use crate::works::Watch;

/// The question beside which they stand.
pub(crate) const ASKED: &str = "mark";

/// Worlds of so few people that nobody waits for them.
const WORLDS: usize = 10;

/// The skins that are shown to somebody whose own is not known.
const SKINS: [Fitzpatrick; 3] = [Fitzpatrick::II, Fitzpatrick::IV, Fitzpatrick::VI];

/// The samples for somebody of a skin type.
///
/// # Errors
/// [`Fault`] where they cannot be simulated.
pub(crate) fn samples(house: &House, own: Option<Fitzpatrick>, watch: &Watch) -> Result<Vec<ColourSample>, Fault> {
    let wanted = own.map_or_else(|| SKINS.to_vec(), |own| vec![own]);
    wanted
        .into_iter()
        .map(|skin_type| kept(house, skin_type, watch))
        .collect()
}

fn kept(house: &House, skin_type: Fitzpatrick, watch: &Watch) -> Result<ColourSample, Fault> {
    if let Some(sample) = house.samples.of(skin_type) {
        return Ok(sample);
    }
    let (skin, red) = made(house, skin_type, Stage::Rubra, watch)?;
    let (_, pale) = made(house, skin_type, Stage::Alba, watch)?;
    let sample = ColourSample {
        skin_type,
        skin,
        red,
        pale,
    };
    house.samples.keep(sample.clone());
    Ok(sample)
}

/// The colour of the skin and that of a mark on it.
fn made(house: &House, skin_type: Fitzpatrick, stage: Stage, watch: &Watch) -> Result<(String, String), Fault> {
    const WHAT: &str = "samples of colour could not be made";
    let mut case = Case::default();
    case.person.fitzpatrick = Answer::Known(skin_type);
    case.lesion.stage = Answer::Known(stage);
    case.regimen.arm = Answer::Known(Arm::Nothing);
    let inquiry = Inquiry {
        posterior: None,
        ..house.inquiry_in(house.asked(House::whole(), Reading::Research), WORLDS)
    };
    let judged = judge(&case, &inquiry, &mut |at| watch.at(at)).map_err(|error| Fault::failed(WHAT, error))?;
    let of = |is: &dyn Fn(&Swatch) -> bool| {
        let found = judged.report.swatches.iter().find(|one| one.arm == "before" && is(one));
        let none = || Fault::failed(WHAT, "the optics gave no colour");
        found.map(|one| one.srgb.clone()).ok_or_else(none)
    };
    let middle = |one: &Swatch| one.percentile.is_some_and(|percentile| (percentile - 50.0).abs() < 0.5);
    Ok((
        of(&|one| one.part == "skin")?,
        of(&|one| one.part == "mark" && middle(one))?,
    ))
}

/// The samples as pictures.
pub(crate) fn pictures(words: &Words, samples: &[ColourSample]) -> Markup {
    html! {
        p #samples { (words.samples) }
        div.samples {
            @for sample in samples {
                @let skin = format!("{:?}", sample.skin_type);
                @let said = fill(words.sample_of, &[("skin", &skin)]);
                figure {
                    svg width="240" height="120" viewBox="0 0 240 120" role="img" aria-label=(said) {
                        rect width="240" height="120" fill=(sample.skin) {}
                        path d="M24 30 q 48 -14 96 4 t 96 -6 l 0 12 q -48 16 -96 4 t -96 -2 z" fill=(sample.red) {}
                        path d="M24 82 q 48 -14 96 4 t 96 -6 l 0 12 q -48 16 -96 4 t -96 -2 z" fill=(sample.pale) {}
                    }
                    figcaption { (said) }
                }
            }
        }
    }
}
