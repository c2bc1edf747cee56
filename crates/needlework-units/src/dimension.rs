//! What a unit measures: a length, a force, a share, …

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// A pure number: a share, a ratio, a count or a score.
    Ratio,
    /// A length; canonical millimetre.
    Length,
    /// An area; canonical square millimetre.
    Area,
    /// A span of time; canonical day.
    Time,
    /// A force; canonical newton.
    Force,
    /// A pressure or stiffness; canonical megapascal.
    Stress,
    /// Something per time; canonical per day.
    Rate,
    /// Something per area; canonical per square millimetre.
    ArealDensity,
    /// A speed; canonical millimetre per second.
    Speed,
    /// An angle; canonical radian.
    Angle,
    /// Body mass over squared height; canonical kg/m².
    BodyMassIndex,
    /// An amount of money; canonical euro, since prices are stated assumptions in one currency.
    Money,
    /// A published compound that no model computes with; kept as written.
    Compound,
}

impl Dimension {
    /// The name in a sentence.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ratio => "a pure number",
            Self::Length => "a length",
            Self::Area => "an area",
            Self::Time => "a time",
            Self::Force => "a force",
            Self::Stress => "a stress",
            Self::Rate => "a rate",
            Self::ArealDensity => "a number per area",
            Self::Speed => "a speed",
            Self::Angle => "an angle",
            Self::BodyMassIndex => "a body mass index",
            Self::Money => "an amount of money",
            Self::Compound => "a compound quantity",
        }
    }
}
