//! Calendar dates as text, `2027-01-15`: whether the day exists. There is no clock here; what day it is today is not
//! asked.

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateError {
    /// It is not written as year, month and day with hyphens.
    Form,
    /// There is no such day in the calendar.
    NoSuchDay,
    /// The day lies further back or ahead than any plan.
    Beyond,
}

/// The first day on which a plan can start: needling devices are not older.
pub(crate) const FIRST: &str = "2000-01-01";

/// The last day on which a plan can start; a calendar behind it is a slip of the pen.
pub(crate) const LAST: &str = "2100-12-31";

/// Checks a date written as `YYYY-MM-DD` in the Gregorian calendar.
pub(crate) fn check(text: &str) -> Result<(), DateError> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return Err(DateError::Form);
    };
    let number = |part: &str, digits: usize| {
        let only_digits = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        if only_digits {
            part.parse::<u32>().map_err(|_| DateError::Form)
        } else {
            Err(DateError::Form)
        }
    };
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err(DateError::NoSuchDay),
    };
    if year == 0 || day == 0 || day > days {
        Err(DateError::NoSuchDay)
    } else if !(FIRST..=LAST).contains(&text) {
        // Written in this form, dates sort as texts.
        Err(DateError::Beyond)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{DateError, FIRST, LAST, check};

    #[test]
    fn a_day_that_is_in_the_calendar_passes() {
        for text in ["2027-01-15", "2028-02-29", "2000-02-29", FIRST, LAST] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_day_that_no_plan_starts_on_is_refused() {
        for text in ["1999-12-31", "0001-01-01", "2101-01-01", "9999-12-30", "9999-12-31"] {
            assert_eq!(check(text), Err(DateError::Beyond), "{text}");
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_refused() {
        for text in [
            "2027-02-29",
            "1900-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-04-31",
            "2027-01-00",
            "0000-01-01",
        ] {
            assert_eq!(check(text), Err(DateError::NoSuchDay), "{text}");
        }
        for text in [
            "",
            "15.01.2027",
            "2027-1-15",
            "27-01-15",
            "2027-01-15T00:00",
            "+027-01-15",
            "２０２７-01-15",
        ] {
            assert_eq!(check(text), Err(DateError::Form), "{text}");
        }
    }
}
