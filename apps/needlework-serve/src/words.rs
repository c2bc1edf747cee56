//! Every word of the pages that no other crate says, in one place: a second language is a second list.
//!
//! What the interview, the answer and the rooms say comes from where it is judged and worded, and stands there. A name
//! in braces is filled in by [`fill`].

/// Declares the list and its English words, each with its name.
macro_rules! catalogue {
    ($($name:ident: $text:literal,)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub(crate) struct Words {
            $(pub(crate) $name: &'static str,)*
        }

        /// English.
        pub(crate) const ENGLISH: Words = Words {
            $($name: $text,)*
        };

        /// The same list with every word between marks, so that a test sees what does not come from it.
        #[cfg(test)]
        pub(crate) fn marked() -> Words {
            Words {
                $($name: Box::leak(format!("⟦{}⟧", $text).into_boxed_str()),)*
            }
        }
    };
}

catalogue! {
    // The bar, and what every page has.
    bar: "Pages",
    start_over: "Start over",
    forget: "Forget everything",
    skip: "Skip to the page",
    private: "Everything stays on this machine: nothing is sent anywhere, nothing is stored, and there are no cookies.",
    not_a_device: "Research and education software, not a medical device. It never says that a plan is safe for you.",

    // The first page.
    front_brand: "local page",
    front_title: "Should you needle these stretch marks?",
    front_lead: "Answer some questions, and see whether a safety rule stops the plan, what may be expected of it \
                 against doing nothing, and how sure that is.",
    front_doors: "What brings you here?",
    thinking: "I am thinking about it",
    thinking_more: "Nothing has been done yet. What can stop the plan is asked first.",
    done: "I have already done it",
    done_more: "What to look for, what to do by day, and whether a doctor should see it today.",
    clinic: "I work in a clinic",
    clinic_more: "For a talk with a patient: what nobody knows yet becomes a list to ask and check, and one sheet to \
                  print.",
    research: "I design or research",
    research_more: "A case file of your own or one of ours, every number with its range, and the rooms of the \
                    simulator one by one.",
    between: "Some sessions are done, and the next is planned",
    resume: "Go on with answers that you kept as a file",

    // A question.
    interview_brand: "questions",
    question_number: "Question {number}",
    to_go: "about {left} to go",
    last_known: "the last as far as is known",
    progress: "How far you are",
    find_out: "How to find out",
    answer_with: "Answer with {allowed}.",
    go_on: "Go on",
    answer_label: "Your answer",
    unknown: "I don't know",
    none_of_these: "None of these",
    ticked: "Go on with what is ticked",
    not_sure: "not sure",
    needs_a_tick: "Tick what applies, or choose “{none}”.",
    tick_once: "Tick either the thing or “{unsure}”, not both: {thing}",
    needs_text: "Type an answer, or choose one of the buttons below.",
    did_you_mean: "Did you mean",
    places: "Places",
    not_at_home: "Not at home",
    never_there: "Never, not in a clinic either",
    front: "Front",
    back_of: "Back",
    back: "Back",
    so_far: "Your answers so far ({count})",
    change: "Change",
    change_this: "Change: {answer}",
    keep_file: "Keep these answers as a file",
    look_back_title: "Your answers",
    look_back_lead: "Nothing is open any more. Look through your answers, then see what follows from them.",
    see_answer: "See the answer",
    to_what_to_do: "See what to do now",
    nothing_kept: "Your answers were not kept.",
    mistake: "I made a mistake: go back",
    by_day: "What to do by day",

    // Answers that were kept.
    resume_title: "Go on with answers that you kept",
    resume_lead: "Paste the file that you kept. What it answers is not asked again; what it leaves open is.",
    resume_go: "Go on from here",
    open_file: "Open a file",

    // The answer.
    stopped_early: "A rule stops this plan, and nothing that you answer from here on can change that, so the \
                    questions end here.",
    hear_everything: "Go on with the questions, to hear everything",
    quick: "A quick answer, from {people} virtual people.",
    refine: "Refine it with {people}",
    refined: "From {people} virtual people.",
    refining: "A quick answer, from {people} virtual people; it is being refined while you read.",
    one_time: "Show one time",
    all_times: "all of them",
    take: "Take it with you",
    take_report: "The report as a page to keep or print",
    take_json: "The same for programs (report.json)",
    take_triage: "The same for programs (triage.json)",
    take_case: "Your answers as a case file",
    take_calendar: "The days as a calendar",
    first_day: "First session on",
    calendar_needs_day: "Name the day of the first session, then take the calendar.",
    calendar_has_none: "This plan has no days to put into a calendar.",
    your_answers: "Your answers",
    change_answer: "Change an answer",
    sheet: "One sheet for the talk",
    sheet_lead: "One sheet for the talk: print this page.",
    sheet_whole: "Back to the whole answer",
    to_ask: "To ask or check",
    to_ask_lead: "Nobody has answered these yet. Ask the patient or check the file, then change the answer here.",
    reading: "Two readings",
    reading_lay: "This is the reading for laypeople: a plan that a rule stops, or that nobody has tested, shows no \
                  forecast. Researchers see every number, flagged; it is about the model, not about a plan.",
    reading_research: "This is the reading for researchers: it shows what laypeople are not shown, flagged. It is \
                       about the model, not about a plan.",
    to_research: "Read it as a researcher",
    to_lay: "Read it as a layperson",

    // A case by hand.
    case_brand: "case",
    case_title: "A case file",
    case_lead: "Paste a case file, or take one of ours and change it. Every quantity carries its unit; what is not \
                known may be “unknown”.",
    case_field: "The case",
    case_take: "Take one of ours",
    case_fill: "Put it here",
    case_reader: "Who reads",
    reader_lay: "a layperson",
    reader_research: "a researcher",
    case_people: "Virtual people",
    case_seed: "Seed of the random numbers",
    case_judge: "Judge it",
    case_change: "Change the case",
    case_wrong: "The case can't be read as it stands",
    case_mend: "Everything that you typed is below. Mend it and try again.",
    place: "Line {line}, column {column}",
    meant: "Probably meant: {nearest}",
    more_problems: "There are more problems; mend these first.",

    // The rooms.
    rooms: "Look something up",
    rooms_title: "What it knows, room by room",
    rooms_lead: "Each room of the simulator can be asked by itself. What you fill in is computed and forgotten.",
    room_brand: "look something up",
    room_again: "Ask again, with something else",
    room_ask: "Work it out",
    room_json: "The same for programs (JSON)",
    left_open: "left open",
    one_a_line: "{what} (one a line)",
    field_case: "The case file (TOML)",
    field_vary: "What to vary, such as device.needle_length=1 mm,1.5 mm",
    field_set: "Fields to set first, such as hygiene.through_cloth=true",
    field_set_device: "Fields of the device to set, such as device.needle_length=1 mm",
    field_prior: "Draw worlds from the priors alone, not from what published results leave of them",
    field_site: "Body site",
    field_age: "Age, such as 31 years",
    field_sex: "Sex",
    field_bmi: "Body mass index, such as 24 kg/m2",
    field_skin_type: "Skin type",
    field_device: "Device",
    field_force: "Force of the hand, such as 3 N",
    field_passes: "Passes over the same skin",
    field_sessions: "Sessions on the map of holes",
    field_side: "Side of the map of holes, such as 5 cm",
    field_stretched: "The other hand holds the skin taut",
    field_worlds: "Worlds: draws of what is not known",
    field_most_sessions: "Most sessions of a plan",
    field_claim: "One claim alone, such as C9",
    field_key: "A number by its key, how keys begin, or words of its name, note or source",
    field_put: "Put this in its place, such as 2 mm or 2 mm (1 mm to 4 mm), and judge the case below with it",
    put_help: "The number keeps its unit; its passport shows it.",
    field_study: "The study file (TOML); its arms take our cases by their names",
    field_posterior: "Draw worlds from what published results leave of the priors; those are of studies without a \
                      comparison, which a trial is there to doubt",
    field_own: "A case file of your own, which an arm may call own (TOML)",
    design_length: "Needle length: a value, values with commas, or a range such as 0.5 mm to 2.5 mm in 9",
    design_needles: "Needles, such as 192, 540",
    design_diameter: "Needle diameter, such as 0.15 mm, 0.25 mm",
    design_tip: "Radius of the point, such as 2 um, 4 um",
    design_drum: "Radius of the drum, such as 8 mm, 10 mm",
    room_more: "More",
    trial_title: "A trial that nobody has run yet",
    trial_lead: "A study, run once in each of many worlds: power, assurance, how many people it takes, and what it \
                 would print. For research.",
    field_rule: "One rule alone, or how rules begin, such as R25",
    compare_title: "Plans side by side",
    compare_lead: "Alternatives on the same virtual people, doing nothing always among them. Nothing is ranked.",
    infect_title: "Germs",
    infect_lead: "What comes in through any punctures, the risk as a range, and what each step of hygiene is worth.",
    skin_title: "Skin of a body site",
    skin_lead: "Layers to scale, stiffness, tension lines, germs and colour, and how people differ, without any plan.",
    insert_title: "One needle in skin",
    insert_lead: "Force against travel, the drop, the depth that is really reached, and every hole of a plot.",
    creams_title: "Creams on needled skin",
    creams_lead: "How much passes while channels are open, until when each waits by the rules, and what nobody knows.",
    block_room: "A block of skin",
    block_lead: "A block of skin to scale: its layers, where the needles of a plan go in, and what its collagen does \
                 month by month.",
    simulate_title: "Simulated tissue",
    simulate_lead: "For research: one piece of tissue over the months, its signal, cells and collagen, as a column \
                    or as the skin about one channel. It is no forecast for anybody.",
    field_fidelity: "How much of space: all of one depth alike, or the skin about one channel",
    column: "a column",
    cell: "one channel, coarse",
    field_law: "What becomes of a gain, which nobody knows",
    persistence: "it stays for years",
    relapse: "it fades back over months",
    two_states: "a large one completes itself, a small one fades",
    field_until: "Until when, such as 26 week; half a year after the last session where nothing is said",
    a_case: "A case",
    watch_working: "It is being worked out.",
    watch_stop: "Stop",
    watch_stopped: "Stopped. Nothing was kept.",
    render_title: "How it looks",
    render_lead: "A patch of simulated skin with marks, before and after: the typical person, who gains least and \
                  most, twelve drawn at random, with the numbers behind each picture. Nobody's own marks.",
    field_month: "Month since the first session; when the plan is judged where nothing is said",
    field_patch: "Side of the patch, from 2 to 10 cm",
    field_light: "Light: from all sides, from the side (which shows dents), or without sheen",
    even_light: "from all sides",
    raking_light: "from the side",
    no_sheen: "without sheen",
    plan_title: "Every plan that no rule stops",
    plan_lead: "The gentlest plan that is nearly as good as the best, or that none is worth it. For laypeople nothing \
                longer, denser or more often than their own. This takes a minute or more.",
    sweep_title: "Many designs of a device",
    sweep_lead: "Reach into the dermis against pain, gape and bleeding, and the designs that none beats. Any number of \
                 the file may be a list or a range.",
    field_design: "A whole design file (TOML), which then counts alone",
    api_design: "the design file, as the body; without it the fields below make one",
    api_study: "the study file, as the body",
    claims_title: "The article's claims",
    claims_lead: "Each claim with what is published, what is computed now, and the verdict. This takes a minute.",
    evidence_title: "The evidence",
    evidence_lead: "Every number with its unit, spread and source, what contradicts it, and what hangs on it.",
    rules_title: "The safety rules",
    rules_lead: "Each with what it does at home and in a clinic, its reason, what to do instead, and its source.",
    devices_title: "Devices that a case can name",
    devices_lead: "A device of your own is described in a case by the one that is most like it, and what differs.",
    sites_title: "Body sites that a case can name",
    sites_lead: "What kind of place each is decides which rules hold there.",
    conditions_title: "Questions that a case can answer",
    conditions_lead: "Each with the rules that read it; where an unanswered one is serious, a doctor is to be asked.",
    check_title: "Read a case",
    check_lead: "Says what was understood, or everything that is wrong, each mistake at its place.",
    assess_title: "Judge a case",
    assess_lead: "The report, with the same bytes as `needlework assess` gives for the same case, seed and people.",
    name: "Name",
    what: "What it is",
    kind: "Kind",
    needle_length: "Needle length",
    needles: "Needles",
    source: "Source",
    not_stated: "not stated",
    place_of_body: "Place",
    question: "Question",
    rule: "Rule",
    weight: "If unanswered",
    serious: "ask a doctor",
    at_home: "At home",
    in_clinic: "In a clinic",
    reason: "Reason",
    instead: "Instead",
    our_judgement: "our judgement",
    a_plan: "A needling plan",

    // A block of skin.
    block_title: "See it in the skin",
    block_offer: "A block of skin that you can turn: its layers to scale, the holes at their true depth, and the \
                  collagen month by month.",
    block_show: "Show it",
    block_waiting: "It is being worked out.",
    block_who: "This is one simulated person in the middle of everything that is not known, not you. More collagen \
                does not yet mean that a mark looks better.",
    block_research: "A rule stops this plan. What follows is for research and says nothing in its favour.",
    block_stopped: "A rule stops this plan, so nothing of it is shown.",
    block_nothing: "No needles of this plan are simulated, so there is nothing to show.",
    block_no_collagen: "Nobody has tested a plan like this, so its collagen is not foretold.",
    block_layers: "The skin of the mark, from the surface down: {layers}.",
    block_layer: "{name} {thickness} mm",
    block_label: "{name}, to {to} mm",
    block_below: "{name}, goes on",
    block_cut: "The picture is cut off {depth} mm below the surface.",
    block_before: "Before",
    block_in: "First session, every needle in",
    block_out: "First session, needles out",
    block_at_once: "They go in one after the other; here all are shown at once.",
    block_month: "Month {month}",
    block_holes: "The first session leaves {holes} holes in this square of {side} mm. Of these {dermis} reach the \
                  dermis and {fat} go through it into the fat. Half are deeper than {median} mm.",
    block_no_holes: "No needle goes in.",
    block_needles: "The needles are {length} mm long.",
    block_open: "The holes are open for a while; where they were is dashed from the next month on.",
    block_sessions: "Sessions done: {count} of {all}.",
    block_collagen: "Collagen in the dermis: {treated} against before (upper part {upper}, lower part {lower}); \
                     without needles {untreated}.",
    block_laws: "Nobody knows what becomes of a gain. Drawn is one of three: {law}. It could as well be {others}.",
    block_law: "{value} ({law})",
    block_normal: "Normal skin has {normal} against this mark before.",
    block_same: "no change",
    block_percent: "{sign}{value} %",
    block_key_needle: "needle",
    block_key_hole: "hole",
    block_key_closed: "where a hole was",
    block_key_more: "more collagen: from as before to that of normal skin ({normal})",
    block_key_less: "less collagen than before",
    block_canvas: "The block of skin. The arrow keys turn it, and so does dragging.",
    block_left: "Turn left",
    block_right: "Turn right",
    block_up: "More from above",
    block_down: "More from the side",
    block_play: "Play",
    block_pause: "Pause",
    block_without: "Without needles",
    block_none: "none",
    block_when: "When",
    block_seen: "What is seen",
    block_table: "The same in words, month by month",
    block_strip: "Still pictures: the middle millimetre of the block from the side, to scale.",
    block_depth: "Depth, mm",
    block_scale: "1 mm",

    // Another plan.
    another: "Try another plan",
    another_lead: "The same virtual people with other choices, side by side. Name the other values, with a comma \
                   between two; what you leave empty stays as it is.",
    another_length: "Needle length, such as 1 mm, 2 mm",
    another_sessions: "Sessions, such as 1, 3, 6",
    another_interval: "Time between sessions, such as 4 week, 8 week",
    another_setting: "Where, such as clinic or home",
    another_go: "Put them side by side",
    another_lay: "Answers about health are not choices, so they can't be tried out: change them above if they were \
                  wrong.",

    // The same, moved by hand.
    moving: "Move a choice, and see at once what it changes",
    moving_lead: "The first choice is your plan as it stands.",
    moving_quick: "Quick, from {people} virtual people; refining",
    moving_done: "From {people} virtual people",
    moving_failed: "This could not be worked out; the form above says why",

    // Answers that are kept in the browser, where somebody asks for it.
    draft_keep: "Keep these answers in this browser",
    draft_kept: "Kept in this browser until you say otherwise",
    draft_drop: "Keep them no longer",
    draft_resume: "Go on with the answers that this browser keeps",
    draft_forget: "Forget them",

    // Samples of colour.
    samples: "How they may look, simulated: above a red mark, below a pale one. On dark skin redness may hardly show, \
              and a screen shows colours as it can.",
    sample_of: "Skin type {skin}",

    // For programs.
    programs: "For programs",
    api_title: "For programs",
    api_lead: "The same answers as JSON. A case is sent as it stands in its file, everything else in the address. \
               Nothing else is loaded by this page.",
    api_openapi: "The whole description as OpenAPI 3.1",
    api_progress: "With the header Accept: text/event-stream, progress comes as events, and the answer as the last. \
                   Whoever closes the connection stops the work.",
    api_errors: "What is wrong is said as problem+json, each mistake of a case with its place, what is allowed and \
                 what was probably meant. A full queue says 503 and when to come back.",
    api_try: "For example",
    api_fields: "What can be said",
    api_usual: "usual: {usual}",
    api_body: "the case file, as the body",

    // Forget.
    forget_title: "Forgotten",
    forget_lead: "The browser was told to forget every page of this address. The program had remembered nothing. Files \
                  that you saved are yours to delete.",

    // When something does not work.
    fault_brand: "not done",
    not_found: "There is no such page",
    not_found_more: "Begin again from the first page.",
    busy: "Too much is being computed at once",
    busy_more: "Nothing is lost: go back, wait a few seconds and try again.",
    wrong_input: "That can't be taken",
    failed: "It could not be computed",
    too_large: "That is too large",
    too_large_more: "A case file is a small text; take out what does not belong to it.",
    stale: "The page that you came from can't be read",
    stale_more: "It was made by another version, or something changed it on the way. Begin again from the first page.",
}

/// A sentence with its names in braces filled in.
pub(crate) fn fill(sentence: &str, names: &[(&str, &str)]) -> String {
    names.iter().fold(sentence.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_braces_are_filled_in() {
        assert_eq!(fill(ENGLISH.question_number, &[("number", "3")]), "Question 3");
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "2 and 2");
    }

    #[test]
    fn the_marked_list_says_the_same() {
        assert_eq!(marked().back, format!("⟦{}⟧", ENGLISH.back));
    }
}
