//! What a command will take of memory, as far as its options alone tell it.

use needlework_desk::memory::{GERMS, PERSON, of_people, take};

use crate::arguments::Command;
use crate::problem::Problem;

/// Refuses a command whose memory can be told from its options alone; the others look for themselves once they have
/// read their file.
///
/// # Errors
/// As [`take`].
pub fn fits(command: &Command) -> Result<(), Problem> {
    let needed = match command {
        Command::Assess(asked) => of_people(asked.people, PERSON),
        Command::Compare(asked) => {
            let values = |text: &String| text.split(',').count().max(1);
            let alternatives = asked
                .vary
                .iter()
                .map(values)
                .fold(asked.cases.len(), usize::saturating_mul);
            // More are refused anyway.
            of_people(
                asked
                    .people
                    .saturating_mul(alternatives.clamp(1, crate::vary::MOST) + 1),
                PERSON,
            )
        }
        Command::Infect(asked) => of_people(asked.people, GERMS),
        Command::Skin(asked) => of_people(asked.people, PERSON),
        Command::Claims(asked) => of_people(asked.people, 2 * PERSON),
        Command::Creams(asked) => of_people(asked.people, PERSON),
        Command::Evidence(asked) if asked.set.is_some() => of_people(asked.people, 2 * PERSON),
        _ => return Ok(()),
    };
    take(needed, "take fewer --people")
}
