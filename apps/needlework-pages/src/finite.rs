//! JSON in which no number is missing by accident: the one home through which answers become text.
//!
//! JSON has no word for a number that isn't finite, and the library writes `null` for it without a word: a field that
//! its schema calls a number would break its schema. Here such a number is an error that names its place, and nothing
//! is written.

use std::fmt::{self, Display};

use serde::Serialize;
use serde::ser::{self, Serializer};

/// The value as pretty-printed JSON with a final line feed.
///
/// # Errors
/// When a number in it is not finite, naming its place, or it cannot be serialised; both mean a defect.
pub fn text<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    numbers_are_finite(value)?;
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// Looks at every number of a value before it becomes JSON.
///
/// # Errors
/// When one is not finite, naming its place.
pub fn numbers_are_finite<T: Serialize>(value: &T) -> Result<(), serde_json::Error> {
    let mut place = Vec::new();
    value
        .serialize(Walk { place: &mut place })
        .map_err(|error| ser::Error::custom(error.0))
}

/// Why a value is no JSON.
#[derive(Debug)]
struct NotFinite(String);

impl Display for NotFinite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for NotFinite {}

impl ser::Error for NotFinite {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// Goes through a value and looks at its numbers.
struct Walk<'a> {
    place: &'a mut Vec<String>,
}

impl Walk<'_> {
    fn number(&self, value: f64) -> Result<(), NotFinite> {
        if value.is_finite() {
            Ok(())
        } else {
            Err(NotFinite(format!("the number at /{} is {value}", self.place.join("/"))))
        }
    }
}

/// What is inside something: how many parts were seen.
struct Inside<'a> {
    place: &'a mut Vec<String>,
    seen: usize,
}

impl Inside<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, name: Option<&str>, value: &T) -> Result<(), NotFinite> {
        self.place
            .push(name.map_or_else(|| self.seen.to_string(), str::to_owned));
        self.seen += 1;
        let looked = value.serialize(Walk { place: self.place });
        if looked.is_ok() {
            self.place.pop();
        }
        looked
    }
}

/// Values without a number inside.
macro_rules! passes {
    ($($name:ident: $of:ty),*) => { $(
        fn $name(self, _: $of) -> Result<(), NotFinite> {
            Ok(())
        }
    )* };
}

impl<'a> Serializer for Walk<'a> {
    type Ok = ();
    type Error = NotFinite;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Inside<'a>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Inside<'a>;

    passes!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_char: char, serialize_str: &str, serialize_bytes: &[u8], serialize_unit_struct: &'static str
    );

    fn serialize_f32(self, value: f32) -> Result<(), NotFinite> {
        self.number(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), NotFinite> {
        self.number(value)
    }

    fn serialize_none(self) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_unit(self) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotFinite> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), NotFinite> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), NotFinite> {
        self.inside().part(Some(name), value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }

    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Inside<'a>, NotFinite> {
        Ok(self.inside())
    }
}

impl<'a> Walk<'a> {
    fn inside(self) -> Inside<'a> {
        Inside {
            place: self.place,
            seen: 0,
        }
    }
}

/// The parts of lists, which are named by their number.
macro_rules! listed {
    ($($kind:ident: $each:ident),*) => { $(
        impl ser::$kind for Inside<'_> {
            type Ok = ();
            type Error = NotFinite;

            fn $each<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
                self.part(None, value)
            }

            fn end(self) -> Result<(), NotFinite> {
                Ok(())
            }
        }
    )* };
}

listed!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

/// The parts of structures, which have names.
macro_rules! named {
    ($($kind:ident),*) => { $(
        impl ser::$kind for Inside<'_> {
            type Ok = ();
            type Error = NotFinite;

            fn serialize_field<T>(&mut self, name: &'static str, value: &T) -> Result<(), NotFinite>
            where
                T: Serialize + ?Sized,
            {
                self.part(Some(name), value)
            }

            fn end(self) -> Result<(), NotFinite> {
                Ok(())
            }
        }
    )* };
}

named!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = NotFinite;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
        self.part(None, value)
    }

    fn end(self) -> Result<(), NotFinite> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use std::collections::BTreeMap;

    #[derive(serde::Serialize)]
    struct Outer {
        name: &'static str,
        inner: Vec<Inner>,
        map: BTreeMap<&'static str, f64>,
        pair: Option<[f64; 2]>,
        none: Option<f64>,
    }

    #[derive(serde::Serialize)]
    enum Inner {
        Bare,
        One(f64),
        Named { value: f32 },
    }

    fn outer(one: f64, value: f32, mapped: f64, paired: f64) -> Outer {
        Outer {
            name: "x",
            inner: vec![Inner::Bare, Inner::One(one), Inner::Named { value }],
            map: BTreeMap::from([("a", 1.0), ("b", mapped)]),
            pair: Some([0.0, paired]),
            none: None,
        }
    }

    #[test]
    fn a_number_that_is_none_is_an_error_with_its_place_wherever_it_stands() {
        assert!(text(&outer(1.0, 2.0, 3.0, 4.0)).is_ok_and(|text| text.ends_with("}\n")));
        for (wrong, place) in [
            (outer(f64::NAN, 2.0, 3.0, 4.0), "/inner/1/One is NaN"),
            (outer(1.0, f32::INFINITY, 3.0, 4.0), "/inner/2/value is inf"),
            (outer(1.0, 2.0, f64::NEG_INFINITY, 4.0), "/map/1 is -inf"),
            (outer(1.0, 2.0, 3.0, f64::NAN), "/pair/1 is NaN"),
        ] {
            let said = text(&wrong).map_err(|error| error.to_string());
            assert!(said.as_ref().is_err_and(|said| said.contains(place)), "{said:?}");
        }
    }
}
