//! What a case may leave open that no draw fills, each with its reason: beside these every open field of a case that
//! the chain takes is drawn.
//!
//! A test of the chain walks all fields of a case and holds them to this list.

use needlework_case::path;

/// Fields of the case that are read in one way where they are open, and why.
pub const READ_AS: [(&str, &str); 18] = [
    (
        path!(regimen.setting),
        "an unknown place is a home: the harsher of the two, and a clinic's care is never taken for granted",
    ),
    (
        path!(regimen.arm),
        "an arm that is not named is needling, which is what is judged here",
    ),
    (
        path!(lesion.kind),
        "marks of unknown kind are stretch marks, which is what is judged here; sunken scars only run as pale marks do",
    ),
    (
        path!(lesion.texture_matters),
        "what counts how much defines what is asked; where nobody says, the usual weights count for everybody",
    ),
    (
        path!(lesion.colour_matters),
        "what counts how much defines what is asked; where nobody says, the usual weights count for everybody",
    ),
    (
        path!(lesion.width_matters),
        "what counts how much defines what is asked; where nobody says, the usual weights count for everybody",
    ),
    (
        path!(lesion.site),
        "an unknown site takes the numbers of the belly, the site most measured; the report says that the site was not \
            named",
    ),
    (
        path!(device.needles_used),
        "needles that nobody calls used are new in a clinic, by the meaning of the word there; at home hygiene \
            decides, by the worst",
    ),
    (
        path!(device.shared),
        "sharing is refused or referred by a rule before any number is shown; viruses of blood are in no number",
    ),
    (
        path!(hygiene.needles),
        "at home, cleaning that is not told of is taken as not done, since a guess in one's favour could harm; clinics \
            work with sterile needles by definition of the field",
    ),
    (
        path!(hygiene.skin),
        "at home as for the needles; in a clinic it is drawn between disinfected and wiped",
    ),
    (
        path!(health.steroid_tablets),
        "open reads as no: a rule asks or refers, and a yes would only lower a gain",
    ),
    (
        path!(area.steroid_cream),
        "open reads as no: a rule asks or refers, and a yes would only lower a gain",
    ),
    (
        path!(health.diabetes),
        "open reads as no: a rule asks or refers, and a yes would only lower a gain",
    ),
    (
        path!(person.diet),
        "open reads as enough: a yes to too little food would only lower a gain, and few plans are made in hunger",
    ),
    (
        path!(device.uses),
        "needles whose sessions are not counted have none behind them, unless they are called used: then the number is \
            drawn",
    ),
    (
        path!(device.length_tolerance),
        "needles of which no tolerance is told differ by the scatter of depths alone, which was set from depths of \
            needles as they were made",
    ),
    (
        path!(regimen.punctures),
        "single needles that nobody counts are one puncture, the least that a session is; an interview asks for the \
            number first, and germs are told for each puncture too",
    ),
];
