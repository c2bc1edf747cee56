//! The tree of a page, laid out flat in the order of the page: elements, and between them the text that they hold.
//!
//! Each element knows where its content begins and ends in that order, so all that is inside it is one slice.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use html5ever::driver::ParseOpts;
use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::{LocalName, QualName, local_name, ns, parse_document, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements whose text nobody sees: styles, and the description that stands for a picture.
const UNSEEN: [&str; 2] = ["style", "desc"];

/// A page as a browser would hold it after reading.
#[derive(Debug)]
pub struct Page {
    elements: Vec<Node>,
    pieces: Vec<Piece>,
}

/// An element, and the slice of [`Page::pieces`] that lies between its tags.
#[derive(Debug)]
struct Node {
    name: String,
    attributes: Vec<(String, String)>,
    parent: Option<usize>,
    from: usize,
    to: usize,
}

/// What stands on a page, in order. The number is a place in [`Page::elements`].
#[derive(Debug)]
enum Piece {
    Open(usize),
    Text(String),
    Close(usize),
}

/// What a browser would have had to mend, in the parser's words, each once for each place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(pub Vec<String>);

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the page is not well formed: {}", self.0.join("; "))
    }
}

impl Error for ReadError {}

impl Page {
    /// Reads a whole page.
    ///
    /// # Errors
    /// If a browser would have to mend it, a missing doctype included.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        Self::lay_out(&parse_document(RcDom::default(), options()).one(text))
    }

    /// Reads a piece of a page, such as one picture, as if it stood in the body.
    ///
    /// # Errors
    /// As [`Page::read`].
    pub fn fragment(text: &str) -> Result<Self, ReadError> {
        let body = QualName::new(None, ns!(html), local_name!("body"));
        Self::lay_out(&parse_fragment(RcDom::default(), options(), body, Vec::new(), false).one(text))
    }

    fn lay_out(tree: &RcDom) -> Result<Self, ReadError> {
        let mistakes: Vec<String> = tree.errors.borrow().iter().map(Cow::to_string).collect();
        if !mistakes.is_empty() {
            return Err(ReadError(mistakes));
        }
        let mut page = Self {
            elements: Vec::new(),
            pieces: Vec::new(),
        };
        page.take(&tree.document, None);
        Ok(page)
    }

    /// Lays out a node and all that is inside it.
    fn take(&mut self, node: &Handle, parent: Option<usize>) {
        let mut here = parent;
        match &node.data {
            NodeData::Text { contents } => self.pieces.push(Piece::Text(contents.borrow().to_string())),
            NodeData::Element { name, attrs, .. } => {
                let index = self.elements.len();
                self.pieces.push(Piece::Open(index));
                self.elements.push(Node {
                    name: name.local.to_string(),
                    attributes: attrs
                        .borrow()
                        .iter()
                        .map(|one| (written(&one.name), one.value.to_string()))
                        .collect(),
                    parent,
                    from: self.pieces.len(),
                    to: self.pieces.len(),
                });
                here = Some(index);
            }
            _ => {}
        }
        for child in node.children.borrow().iter() {
            self.take(child, here);
        }
        if let (NodeData::Element { .. }, Some(index)) = (&node.data, here) {
            self.elements[index].to = self.pieces.len();
            self.pieces.push(Piece::Close(index));
        }
    }

    /// All elements, in the order of the page.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.elements.len()).map(|index| Element { page: self, index })
    }

    /// All elements of a name, such as `svg`.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = Element<'a>> {
        self.elements().filter(move |element| element.name() == name)
    }

    /// All elements that bear a class.
    pub fn of_class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = Element<'a>> {
        self.elements().filter(move |element| element.is_of(class))
    }

    /// The first element with this id.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<Element<'_>> {
        self.elements().find(|element| element.get("id") == Some(id))
    }

    /// What a reader sees of the whole page, spaces collapsed; styles and the descriptions of pictures left out.
    #[must_use]
    pub fn text(&self) -> String {
        self.between(0, self.pieces.len(), &UNSEEN)
    }

    /// The text between two places of the pieces, without that of elements which are left out. The end of an element is
    /// a gap, so that two cells are two words, but none before a mark that ends a sentence.
    fn between(&self, from: usize, to: usize, left_out: &[&str]) -> String {
        let is_out = |index: usize| usize::from(left_out.contains(&self.elements[index].name.as_str()));
        let mut text = String::new();
        let mut out = 0;
        for piece in &self.pieces[from..to] {
            match piece {
                Piece::Open(index) => out += is_out(*index),
                Piece::Close(index) => {
                    out -= is_out(*index);
                    text.push(' ');
                }
                Piece::Text(part) if out == 0 => text.push_str(part),
                Piece::Text(_) => {}
            }
        }
        let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for mark in [".", ";", ",", ")"] {
            text = text.replace(&format!(" {mark}"), mark);
        }
        text
    }
}

/// An element of a page.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    page: &'a Page,
    index: usize,
}

impl<'a> Element<'a> {
    fn node(self) -> &'a Node {
        &self.page.elements[self.index]
    }

    /// Its name in lower case, such as `td`; names of pictures as the standard writes them (`linearGradient`).
    #[must_use]
    pub fn name(self) -> &'a str {
        &self.node().name
    }

    /// An attribute's value.
    #[must_use]
    pub fn get(self, name: &str) -> Option<&'a str> {
        let found = self.attributes().find(|(key, _)| *key == name);
        found.map(|(_, value)| value)
    }

    /// All attributes, in the order of the page.
    pub fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.node()
            .attributes
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Does it bear this class?
    #[must_use]
    pub fn is_of(self, class: &str) -> bool {
        self.get("class")
            .is_some_and(|all| all.split_whitespace().any(|one| one == class))
    }

    /// The element around it; `None` for the outermost.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let page = self.page;
        self.node().parent.map(|index| Self { page, index })
    }

    /// All elements inside it, at any depth, in the order of the page.
    pub fn inside(self) -> impl Iterator<Item = Self> {
        let (page, node) = (self.page, self.node());
        page.pieces[node.from..node.to]
            .iter()
            .filter_map(move |piece| match piece {
                Piece::Open(index) => Some(Self { page, index: *index }),
                _ => None,
            })
    }

    /// All elements of a name inside it, at any depth.
    pub fn named(self, name: &'a str) -> impl Iterator<Item = Self> {
        self.inside().filter(move |element| element.name() == name)
    }

    /// All elements inside it that bear a class.
    pub fn of_class(self, class: &'a str) -> impl Iterator<Item = Self> {
        self.inside().filter(move |element| element.is_of(class))
    }

    /// What a reader sees of it, spaces collapsed; see [`Page::text`].
    #[must_use]
    pub fn text(self) -> String {
        self.page.between(self.node().from, self.node().to, &UNSEEN)
    }

    /// All text between its tags, what [`Element::text`] leaves out included: descriptions of pictures, style sheets.
    #[must_use]
    pub fn told(self) -> String {
        self.page.between(self.node().from, self.node().to, &[])
    }

    /// The cells of a table, row by row, as a reader sees them. A table inside a cell counts as rows of its own too.
    #[must_use]
    pub fn rows(self) -> Vec<Vec<String>> {
        self.named("tr").map(Self::cells).collect()
    }

    /// The cells of a row, heads included.
    #[must_use]
    pub fn cells(self) -> Vec<String> {
        let cells = self.inside().filter(|element| ["td", "th"].contains(&element.name()));
        cells.map(Self::text).collect()
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<{}", self.name())?;
        for (key, value) in self.attributes() {
            write!(out, " {key}=\"{value}\"")?;
        }
        write!(out, ">")
    }
}

fn options() -> ParseOpts {
    ParseOpts {
        tokenizer: TokenizerOpts {
            exact_errors: true,
            ..TokenizerOpts::default()
        },
        ..ParseOpts::default()
    }
}

/// An attribute's name with its prefix, as it is written (`xlink:href`).
fn written(name: &QualName) -> String {
    let local: &LocalName = &name.local;
    match &name.prefix {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_string(),
    }
}
