//! Reads a page as a browser does, for the tests of the front doors: no program that ships holds this crate.
//!
//! A test asks the tree that a browser would build, not the letters of the file: "the element with this id", "the cells
//! of this table", "how many figures does this picture hold". A string search finds a word in a style sheet, in an
//! attribute or in a comment as well, and misses an element whose attributes stand in another order.
//!
//! ```
//! use needlework_page_reader::Page;
//!
//! let page = Page::read(
//!     "<!DOCTYPE html><html lang=en><title>Depth</title>
//!      <table id=depth><tr><th scope=col>mm<tr><td>0.72</table></html>",
//! )?;
//! let table = page.by_id("depth").ok_or("no table")?;
//! assert_eq!(table.rows(), [["mm"], ["0.72"]]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! * [`Page`] is the tree, [`Element`] a place in it; both answer by name, class and id.
//! * [`laws`] are what every page of this project keeps: who cannot see it is told, and it loads and runs nothing.
//!
//! The parser is html5ever, which follows the standard that browsers follow. What it would have to mend (an end tag
//! that closes nothing, an attribute that stands twice, a block inside a paragraph) is an error here.
//!
//! Limits: no styles, so text that a style sheet hides counts as visible; no templates.

pub mod laws;
mod page;

pub use page::{Element, Page, ReadError};
