//! What may be answered to a question of one field, in plain words.

use needlework_case::{AnswerKind, FieldDescription};

/// What may be answered, in plain words and without the signs of the file format.
#[must_use]
pub fn allowed(field: &FieldDescription) -> String {
    match field.kind {
        AnswerKind::YesNo => "yes or no".to_owned(),
        AnswerKind::Words => {
            let words: Vec<&str> = field.choices.iter().map(|choice| choice.word.as_str()).collect();
            words.join(", ")
        }
        AnswerKind::Quantity if field.path == "person.age" => "a number of years, such as 31".to_owned(),
        AnswerKind::Quantity if field.path == "person.bmi" => format!(
            "height and weight, such as 170 cm 65 kg, or a number with its unit, such as {}",
            field.example.as_deref().unwrap_or("1")
        ),
        AnswerKind::Quantity => format!(
            "a number with its unit, such as {}",
            field.example.as_deref().unwrap_or("1")
        ),
        AnswerKind::Lapse => "never, now, or a time such as 10 days".to_owned(),
        AnswerKind::Whole => "a whole number".to_owned(),
        AnswerKind::List => {
            "none, or products with the time after the session, such as vitamin_c 2 days, moisturiser 1 day".to_owned()
        }
        AnswerKind::Text if field.path == "lesion.site" => "a place, such as belly, thigh or upper arm".to_owned(),
        AnswerKind::Text | AnswerKind::Section => "a name, as the lists give it".to_owned(),
    }
}
