//! Tables as files: columns with unit and description, as Parquet and as comma-separated values.
//!
//! A column is of one of three types: 64-bit floating point, 64-bit integer, UTF-8 text. A number may be missing, and
//! is null then; it is never NaN or infinite, so that an average over a column is one over what is known. Integers and
//! texts are never missing. Each column's unit and description, the engine's version and the format's name stand in the
//! file's key–value metadata, so that the file explains itself. The same table gives the same bytes: nothing in the
//! file depends on a clock, a thread or the machine.
//!
//! Comma-separated values follow RFC 4180: lines end with carriage return and line feed, and the unit stands in the
//! column's name (`depth [um]`). The file begins with a byte order mark, because spreadsheets take it for another
//! encoding without one; Python reads it with `utf-8-sig`, R with `UTF-8-BOM`. Numbers are printed with a decimal point
//! and the fewest digits that read back equal; a missing one is an empty field.
//!
//! Limits: the whole table is in memory; row groups hold 65,536 rows. A spreadsheet that expects a decimal comma must
//! be told of the point.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::column::reader::ColumnReader;
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::Type;

/// A kind of table: the name and version of its layout, and what a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// Name and version, such as `needlework-people/2`.
    pub format: &'static str,
    /// What the rows are, such as `people`.
    pub rows: &'static str,
}

/// One row a virtual person.
pub const PEOPLE: Layout = Layout {
    format: "needlework-people/2",
    rows: "people",
};

/// One row an alternative of a comparison.
pub const COMPARISON: Layout = Layout {
    format: "needlework-compare-table/2",
    rows: "alternatives",
};

/// One row a design of a sweep.
pub const DESIGNS: Layout = Layout {
    format: "needlework-sweep-table/2",
    rows: "designs",
};

/// One row a person of an arm of a trial at a visit in a world.
pub const REPLICATES: Layout = Layout {
    format: "needlework-trial-table/1",
    rows: "people of a trial at a visit",
};

/// One row a moment of a simulation.
pub const MOMENTS: Layout = Layout {
    format: "needlework-moments/2",
    rows: "moments",
};

/// Rows in one row group.
const GROUP: usize = 65_536;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Version of the software that made it.
    pub engine: String,
    /// Columns of equal length.
    pub columns: Vec<Column>,
}

/// One quantity of every row.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name, unique in the table.
    pub name: String,
    /// Its unit, such as `um` or `1` for a ratio.
    pub unit: String,
    /// What it is, in one sentence.
    pub doc: String,
    /// Its values, one a row.
    pub data: ColumnData,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnData {
    /// Measured or computed; none where it is missing. Made by [`ColumnData::numbers`].
    Numbers(Vec<Option<f64>>),
    /// Counted or numbered.
    Integers(Vec<i64>),
    /// Named.
    Texts(Vec<String>),
}

impl ColumnData {
    /// Numbers, of which one that isn't finite is missing.
    pub fn numbers(values: impl IntoIterator<Item = f64>) -> Self {
        Self::Numbers(values.into_iter().map(finite).collect())
    }

    /// Numbers of which some are missing; one that isn't finite is missing too.
    pub fn some_numbers(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self::Numbers(values.into_iter().map(|value| value.and_then(finite)).collect())
    }

    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Integers(values) => values.len(),
            Self::Texts(values) => values.len(),
        }
    }
}

/// The number, if it is one; zero has one sign.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value + 0.0)
}

/// What a file of a table is written as, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// `.parquet`
    Parquet,
    /// `.csv`
    Csv,
}

impl FileKind {
    /// The kind that the ending of a path names, in small or capital letters; none where it names neither, so that no
    /// file is other than it says.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "parquet" => Some(Self::Parquet),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// The table as such a file.
    ///
    /// # Errors
    /// As [`parquet()`] and [`csv()`].
    pub fn bytes(self, table: &Table, layout: Layout) -> Result<Vec<u8>, TableError> {
        match self {
            Self::Parquet => parquet(table, layout, Vec::new()),
            Self::Csv => csv(table, Vec::new()),
        }
    }
}

/// Why a table could not be written or read.
#[derive(Debug)]
pub enum TableError {
    /// The table has no column.
    Empty,
    /// A column is longer or shorter than the first.
    Length {
        /// The column.
        column: String,
        /// Its length.
        found: usize,
        /// The length of the first.
        expected: usize,
    },
    /// Two columns share a name.
    Twice {
        /// The name.
        column: String,
    },
    /// A column of the file has a type that this crate does not write.
    Type {
        /// The column.
        column: String,
    },
    /// Writing or reading Parquet failed below.
    Parquet(ParquetError),
    /// Writing comma-separated values failed below.
    Csv(String),
}

impl std::fmt::Display for TableError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => write!(out, "a table needs at least one column"),
            Self::Length {
                column,
                found,
                expected,
            } => {
                write!(
                    out,
                    "column `{column}` has {found} values where the first has {expected}"
                )
            }
            Self::Twice { column } => write!(out, "two columns are named `{column}`"),
            Self::Type { column } => write!(out, "column `{column}` is neither a number, an integer nor text"),
            Self::Parquet(error) => write!(out, "{error}"),
            Self::Csv(error) => write!(out, "{error}"),
        }
    }
}

impl std::error::Error for TableError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Parquet(error) => Some(error),
            _ => None,
        }
    }
}

impl From<csv::Error> for TableError {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error.to_string())
    }
}

impl From<ParquetError> for TableError {
    fn from(error: ParquetError) -> Self {
        Self::Parquet(error)
    }
}

/// Writes the table as Parquet in the given layout and gives the writer back.
///
/// # Errors
/// When the table has no columns, columns of different length or of the same name, or when writing fails.
pub fn parquet<W: Write + Send>(table: &Table, layout: Layout, writer: W) -> Result<W, TableError> {
    let rows = check(table)?;
    let mut fields = Vec::with_capacity(table.columns.len());
    let mut notes = vec![
        note("needlework.format", layout.format),
        note("needlework.engine", &table.engine),
    ];
    for column in &table.columns {
        let (physical, logical, repetition) = match column.data {
            ColumnData::Numbers(_) => (Physical::DOUBLE, None, Repetition::OPTIONAL),
            ColumnData::Integers(_) => (Physical::INT64, None, Repetition::REQUIRED),
            ColumnData::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
        };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
        notes.push(note(&format!("needlework.unit.{}", column.name), &column.unit));
        notes.push(note(&format!("needlework.doc.{}", column.name), &column.doc));
    }
    let schema = Arc::new(Type::group_type_builder(layout.rows).with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("needlework {}", table.engine))
        .set_key_value_metadata(Some(notes))
        .build();
    let mut file = SerializedFileWriter::new(writer, schema, Arc::new(properties))?;
    let mut from = 0;
    // Ends: each turn writes a group of rows.
    while from < rows {
        let to = rows.min(from + GROUP);
        let mut group = file.next_row_group()?;
        for column in &table.columns {
            let Some(mut chunk) = group.next_column()? else { break };
            match &column.data {
                ColumnData::Numbers(values) => {
                    let here = &values[from..to];
                    let known: Vec<f64> = here.iter().copied().flatten().collect();
                    let levels: Vec<i16> = here.iter().map(|value| i16::from(value.is_some())).collect();
                    chunk.typed::<DoubleType>().write_batch(&known, Some(&levels), None)?;
                }
                ColumnData::Integers(values) => {
                    chunk.typed::<Int64Type>().write_batch(&values[from..to], None, None)?;
                }
                ColumnData::Texts(values) => {
                    let bytes: Vec<ByteArray> = values[from..to]
                        .iter()
                        .map(|text| ByteArray::from(text.as_str()))
                        .collect();
                    chunk.typed::<ByteArrayType>().write_batch(&bytes, None, None)?;
                }
            }
            chunk.close()?;
        }
        group.close()?;
        from = to;
    }
    Ok(file.into_inner()?)
}

/// Checks the table and gives its number of rows.
fn check(table: &Table) -> Result<usize, TableError> {
    let expected = table.columns.first().ok_or(TableError::Empty)?.data.len();
    for (at, column) in table.columns.iter().enumerate() {
        let found = column.data.len();
        if found != expected {
            return Err(TableError::Length {
                column: column.name.clone(),
                found,
                expected,
            });
        }
        if table.columns[..at].iter().any(|other| other.name == column.name) {
            return Err(TableError::Twice {
                column: column.name.clone(),
            });
        }
    }
    Ok(expected)
}

fn note(key: &str, value: &str) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(value.to_owned()),
    }
}

/// Reads a table that [`parquet()`] wrote.
///
/// # Errors
/// When the file is not Parquet, is damaged, or has a column of another type.
pub fn read_parquet<R: ChunkReader + 'static>(source: R) -> Result<Table, TableError> {
    let reader = SerializedFileReader::new(source)?;
    let file = reader.metadata().file_metadata();
    let find = |key: &str| {
        let notes = file.key_value_metadata()?;
        notes
            .iter()
            .find(|note| note.key == key)
            .and_then(|note| note.value.clone())
    };
    let mut columns = Vec::new();
    let optional: Vec<bool> = file
        .schema_descr()
        .columns()
        .iter()
        .map(|c| c.max_def_level() > 0)
        .collect();
    for column in file.schema_descr().columns() {
        let name = column.name().to_owned();
        let data = match column.physical_type() {
            Physical::DOUBLE => ColumnData::Numbers(Vec::new()),
            Physical::INT64 => ColumnData::Integers(Vec::new()),
            Physical::BYTE_ARRAY => ColumnData::Texts(Vec::new()),
            _ => return Err(TableError::Type { column: name }),
        };
        let unit = find(&format!("needlework.unit.{name}")).unwrap_or_default();
        let doc = find(&format!("needlework.doc.{name}")).unwrap_or_default();
        columns.push(Column { name, unit, doc, data });
    }
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        for (at, column) in columns.iter_mut().enumerate() {
            match (group.get_column_reader(at)?, &mut column.data) {
                (ColumnReader::DoubleColumnReader(mut chunk), ColumnData::Numbers(values)) => {
                    // Files of an earlier layout have no missing numbers and no levels.
                    let mut known = Vec::new();
                    if optional[at] {
                        let mut levels = Vec::new();
                        chunk.read_records(rows, Some(&mut levels), None, &mut known)?;
                        let mut known = known.into_iter();
                        values.extend(levels.iter().map(|&level| if level > 0 { known.next() } else { None }));
                    } else {
                        chunk.read_records(rows, None, None, &mut known)?;
                        values.extend(known.into_iter().map(finite));
                    }
                }
                (ColumnReader::Int64ColumnReader(mut chunk), ColumnData::Integers(values)) => {
                    chunk.read_records(rows, None, None, values)?;
                }
                (ColumnReader::ByteArrayColumnReader(mut chunk), ColumnData::Texts(values)) => {
                    let mut bytes = Vec::new();
                    chunk.read_records(rows, None, None, &mut bytes)?;
                    for text in &bytes {
                        values.push(text.as_utf8()?.to_owned());
                    }
                }
                _ => {
                    return Err(TableError::Type {
                        column: column.name.clone(),
                    });
                }
            }
        }
    }
    Ok(Table {
        engine: find("needlework.engine").unwrap_or_default(),
        columns,
    })
}

/// Writes the table as comma-separated values, the unit in brackets behind each name but where it is `1`.
///
/// # Errors
/// As [`parquet()`].
pub fn csv<W: Write>(table: &Table, writer: W) -> Result<W, TableError> {
    let rows = check(table)?;
    let mut file = comma_separated(writer)?;
    file.write_record(table.columns.iter().map(|column| match column.unit.as_str() {
        "" | "1" => column.name.clone(),
        unit => format!("{} [{unit}]", column.name),
    }))?;
    for row in 0..rows {
        file.write_record(table.columns.iter().map(|column| match &column.data {
            ColumnData::Numbers(values) => values[row].map_or_else(String::new, |value| value.to_string()),
            ColumnData::Integers(values) => values[row].to_string(),
            ColumnData::Texts(values) => values[row].clone(),
        }))?;
    }
    file.into_inner().map_err(|error| TableError::Csv(error.to_string()))
}

/// A writer of comma-separated values as every file of them is begun: with a byte order mark, lines ended with carriage
/// return and line feed.
///
/// # Errors
/// When writing fails.
pub fn comma_separated<W: Write>(mut writer: W) -> Result<csv::Writer<W>, TableError> {
    writer
        .write_all("\u{feff}".as_bytes())
        .map_err(|error| TableError::Csv(error.to_string()))?;
    Ok(csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(writer))
}
