//! Virtual people as a Parquet file: one row a person, one column a quantity.
//!
//! Columns are required (no nulls) and of one of three types: 64-bit floating point, 64-bit integer, UTF-8 text. Each column's unit and
//! description, the engine's version and the format's name stand in the file's key–value metadata, so that the file explains itself. The
//! same table gives the same bytes: nothing in the file depends on a clock, a thread or the machine.
//!
//! Limits: the whole table is in memory; row groups hold 65,536 people.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// The name and version of the file's layout.
const FORMAT: &str = "needlework-people/1";

/// The same of a comparison, one row an alternative.
const COMPARE_FORMAT: &str = "needlework-compare-table/1";

/// People in one row group.
const GROUP: usize = 65_536;

/// A table of virtual people.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleTable {
    /// Version of the software that drew them.
    pub engine: String,
    /// Columns of equal length.
    pub columns: Vec<PeopleColumn>,
}

/// One quantity of every person.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleColumn {
    /// Its name, unique in the table.
    pub name: String,
    /// Its unit, such as `um` or `1` for a ratio.
    pub unit: String,
    /// What it is, in one sentence.
    pub doc: String,
    /// Its values, one a person.
    pub data: ColumnData,
}

/// The values of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum ColumnData {
    /// Measured or computed.
    Numbers(Vec<f64>),
    /// Counted or numbered.
    Integers(Vec<i64>),
    /// Named.
    Texts(Vec<String>),
}

impl ColumnData {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Integers(values) => values.len(),
            Self::Texts(values) => values.len(),
        }
    }
}

/// Why a table could not be written or read.
#[derive(Debug)]
pub enum PeopleError {
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
    /// Writing or reading failed below.
    Parquet(ParquetError),
}

impl std::fmt::Display for PeopleError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => write!(out, "a table of people needs at least one column"),
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
        }
    }
}

impl std::error::Error for PeopleError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Parquet(error) => Some(error),
            _ => None,
        }
    }
}

impl From<ParquetError> for PeopleError {
    fn from(error: ParquetError) -> Self {
        Self::Parquet(error)
    }
}

/// Writes the table as Parquet and gives the writer back.
///
/// # Errors
/// When the table has no columns, columns of different length or of the same name, or when writing fails.
pub fn people_parquet<W: Write + Send>(table: &PeopleTable, writer: W) -> Result<W, PeopleError> {
    parquet(table, FORMAT, "people", writer)
}

/// Writes a table of alternatives as Parquet, in the same layout, and gives the writer back.
///
/// # Errors
/// As [`people_parquet`].
pub fn compare_parquet<W: Write + Send>(table: &PeopleTable, writer: W) -> Result<W, PeopleError> {
    parquet(table, COMPARE_FORMAT, "alternatives", writer)
}

/// Writes a table of designs as Parquet, in the same layout, and gives the writer back.
///
/// # Errors
/// As [`people_parquet`].
pub fn designs_parquet<W: Write + Send>(table: &PeopleTable, writer: W) -> Result<W, PeopleError> {
    parquet(table, "needlework-sweep-table/1", "designs", writer)
}

fn parquet<W: Write + Send>(table: &PeopleTable, format: &str, name: &str, writer: W) -> Result<W, PeopleError> {
    let rows = check(table)?;
    let mut fields = Vec::with_capacity(table.columns.len());
    let mut notes = vec![
        note("needlework.format", format),
        note("needlework.engine", &table.engine),
    ];
    for column in &table.columns {
        let (physical, logical) = match column.data {
            ColumnData::Numbers(_) => (Physical::DOUBLE, None),
            ColumnData::Integers(_) => (Physical::INT64, None),
            ColumnData::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
        notes.push(note(&format!("needlework.unit.{}", column.name), &column.unit));
        notes.push(note(&format!("needlework.doc.{}", column.name), &column.doc));
    }
    let schema = Arc::new(Type::group_type_builder(name).with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("needlework {}", table.engine))
        .set_key_value_metadata(Some(notes))
        .build();
    let mut file = SerializedFileWriter::new(writer, schema, Arc::new(properties))?;
    let mut from = 0;
    while from < rows {
        let to = rows.min(from + GROUP);
        let mut group = file.next_row_group()?;
        for column in &table.columns {
            let Some(mut chunk) = group.next_column()? else { break };
            match &column.data {
                ColumnData::Numbers(values) => {
                    chunk.typed::<DoubleType>().write_batch(&values[from..to], None, None)?;
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
fn check(table: &PeopleTable) -> Result<usize, PeopleError> {
    let expected = table.columns.first().ok_or(PeopleError::Empty)?.data.len();
    for (at, column) in table.columns.iter().enumerate() {
        let found = column.data.len();
        if found != expected {
            return Err(PeopleError::Length {
                column: column.name.clone(),
                found,
                expected,
            });
        }
        if table.columns[..at].iter().any(|other| other.name == column.name) {
            return Err(PeopleError::Twice {
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

/// Reads a table that [`people_parquet`] wrote.
///
/// # Errors
/// When the file is not Parquet, is damaged, or has a column of another type.
pub fn read_people_parquet<R: ChunkReader + 'static>(source: R) -> Result<PeopleTable, PeopleError> {
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
    for column in file.schema_descr().columns() {
        let name = column.name().to_owned();
        let data = match column.physical_type() {
            Physical::DOUBLE => ColumnData::Numbers(Vec::new()),
            Physical::INT64 => ColumnData::Integers(Vec::new()),
            Physical::BYTE_ARRAY => ColumnData::Texts(Vec::new()),
            _ => return Err(PeopleError::Type { column: name }),
        };
        let unit = find(&format!("needlework.unit.{name}")).unwrap_or_default();
        let doc = find(&format!("needlework.doc.{name}")).unwrap_or_default();
        columns.push(PeopleColumn { name, unit, doc, data });
    }
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group)?;
        let rows = usize::try_from(group.metadata().num_rows()).unwrap_or(0);
        for (at, column) in columns.iter_mut().enumerate() {
            match (group.get_column_reader(at)?, &mut column.data) {
                (ColumnReader::DoubleColumnReader(mut chunk), ColumnData::Numbers(values)) => {
                    chunk.read_records(rows, None, None, values)?;
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
                    return Err(PeopleError::Type {
                        column: column.name.clone(),
                    });
                }
            }
        }
    }
    Ok(PeopleTable {
        engine: find("needlework.engine").unwrap_or_default(),
        columns,
    })
}
