//! A table of words on a page, the same that a terminal shows; the first column names its rows.

use maud::{Markup, html};

use crate::TextTable;

/// The table, which scrolls where it is wider than the page. `many` says that it has so many columns that their cells
/// must break to be printed; else numbers stand to the right, unbroken.
pub fn text_table(table: &TextTable, many: bool) -> Markup {
    let cell = (!many).then_some("n");
    html! {
        section.scroll.many[many] tabindex="0" aria-label=(table.title) {
            table {
                caption { (table.title) }
                thead {
                    tr {
                        @for title in &table.head {
                            th scope="col" { (title) }
                        }
                    }
                }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (at, text) in row.iter().enumerate() {
                                @if at == 0 {
                                    th scope="row" { (text) }
                                } @else {
                                    td class=[cell] { (text) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
