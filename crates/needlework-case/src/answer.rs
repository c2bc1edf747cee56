//! An answer that may be missing, explicitly unknown, or known; and a lapse of time that may be "never" or "now".
//!
//! The three states matter: a missing answer is asked for, an explicit "unknown" follows the rule that names it, and a
//! model input that is either is drawn from its prior. None of them is ever read as "no".

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use needlework_units::Time;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error as DeError, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The word that stands for "I don't know" in a case file.
pub const UNKNOWN: &str = "unknown";

/// What a person said to one question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer<T> {
    /// Not asked or not answered.
    #[default]
    Missing,
    /// Answered with "I don't know".
    Unknown,
    /// Answered.
    Known(T),
}

impl<T> Answer<T> {
    /// The value, if known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Missing | Self::Unknown => None,
        }
    }

    /// Whether a value is known.
    pub fn is_known(&self) -> bool {
        self.known().is_some()
    }
}

impl<T: Copy> Answer<T> {
    /// The value, if known.
    pub fn get(&self) -> Option<T> {
        self.known().copied()
    }
}

impl<T: Serialize> Serialize for Answer<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Unknown => serializer.serialize_str(UNKNOWN),
            Self::Known(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Answer<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor(PhantomData))
    }
}

/// Tells the word "unknown" from a value and hands the value on without copying it into a tree first, so that an error
/// deep inside a list keeps the place where it was found.
struct AnswerVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for AnswerVisitor<T> {
    type Value = Answer<T>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an answer or \"unknown\"")
    }
    fn visit_unit<E: DeError>(self) -> Result<Answer<T>, E> {
        Ok(Answer::Missing)
    }
    fn visit_none<E: DeError>(self) -> Result<Answer<T>, E> {
        Ok(Answer::Missing)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Answer<T>, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_bool<E: DeError>(self, value: bool) -> Result<Answer<T>, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Known)
    }
    fn visit_i64<E: DeError>(self, value: i64) -> Result<Answer<T>, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Known)
    }
    fn visit_u64<E: DeError>(self, value: u64) -> Result<Answer<T>, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Known)
    }
    fn visit_f64<E: DeError>(self, value: f64) -> Result<Answer<T>, E> {
        T::deserialize(value.into_deserializer()).map(Answer::Known)
    }
    fn visit_str<E: DeError>(self, text: &str) -> Result<Answer<T>, E> {
        if text == UNKNOWN {
            return Ok(Answer::Unknown);
        }
        T::deserialize(text.into_deserializer()).map(Answer::Known)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Answer<T>, A::Error> {
        T::deserialize(SeqAccessDeserializer::new(items)).map(Answer::Known)
    }
    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Answer<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(entries)).map(Answer::Known)
    }
}

impl<T: JsonSchema> JsonSchema for Answer<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Answer_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let known = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [known, { "const": UNKNOWN }] })
    }
}

/// A lapse of time since or until something: never, now (still going on), or a duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lapse {
    /// It did not happen, or is not planned.
    Never,
    /// It is going on, or happens at once.
    Now,
    /// So long ago, or so long after.
    After(Time),
}

impl Lapse {
    /// The time that passed: none for "never", zero for "now".
    #[must_use]
    pub fn time(self) -> Option<Time> {
        match self {
            Self::Never => None,
            Self::Now => Some(Time::ZERO),
            Self::After(time) => Some(time),
        }
    }
}

impl fmt::Display for Lapse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => out.write_str("never"),
            Self::Now => out.write_str("now"),
            Self::After(time) => time.fmt(out),
        }
    }
}

impl Serialize for Lapse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Lapse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LapseVisitor;
        impl Visitor<'_> for LapseVisitor {
            type Value = Lapse;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("\"never\", \"now\" or a time with its unit, such as \"10 days\"")
            }
            fn visit_str<E: DeError>(self, text: &str) -> Result<Lapse, E> {
                match text {
                    "never" => Ok(Lapse::Never),
                    "now" => Ok(Lapse::Now),
                    _ => Time::parse(text)
                        .map(Lapse::After)
                        .map_err(|error| E::custom(format!("{error}; or write \"never\" or \"now\""))),
                }
            }
        }
        deserializer.deserialize_any(LapseVisitor)
    }
}

impl JsonSchema for Lapse {
    fn schema_name() -> Cow<'static, str> {
        "Lapse".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let time = generator.subschema_for::<Time>();
        json_schema!({ "anyOf": [
            { "oneOf": [
                { "const": "never", "description": "It has not happened, or will not." },
                { "const": "now", "description": "It is going on, or happens at once." },
            ] },
            time,
        ] })
    }
}
