//! What the reader finds, what it refuses, and that each law can be broken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use needlework_page_reader::{Page, laws};

const GOOD: &str = "<!DOCTYPE html><html lang=\"en\"><head><meta http-equiv=\"Content-Security-Policy\" \
    content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>T</title><style>p{}</style></head>\
    <body><header></header><main>\
    <h1 id=\"top\">One &amp; two</h1><p class=\"a b\">A <b>bold</b>, word</p>\
    <svg role=\"img\" aria-labelledby=\"t\"><title id=\"t\">Picture</title><desc>told</desc><use href=\"#top\"/></svg>\
    <table><thead><tr><th scope=\"col\">x</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>\
    </main><footer></footer></body></html>";

#[test]
fn a_page_is_asked_as_a_browser_holds_it() {
    let page = Page::read(GOOD).unwrap();
    assert_eq!(page.text(), "T One & two A bold, word Picture x 1");
    assert_eq!(page.by_id("top").unwrap().text(), "One & two");
    assert_eq!(page.of_class("b").count(), 1);
    assert_eq!(page.of_class("a b").count(), 0);
    assert_eq!(page.named("table").next().unwrap().rows(), [["x"], ["1"]]);
    let picture = page.named("svg").next().unwrap();
    assert_eq!(picture.named("use").count(), 1);
    assert_eq!(picture.named("desc").next().unwrap().told(), "told");
    assert_eq!(picture.parent().unwrap().name(), "main");
    assert!(page.by_id("none").is_none());
    assert_eq!(laws::accessible(&page), Vec::<String>::new());
    assert_eq!(laws::alone(&page), Vec::<String>::new());
}

#[test]
fn what_a_browser_would_mend_is_refused() {
    assert!(Page::read("<html><p>no doctype</html>").is_err());
    for (good, bad) in [
        ("<b>bold</b>", "<b>bold"),
        ("<b>bold</b>", "bold</b>"),
        ("<b>bold</b>", "<div>a block in a paragraph</div>"),
        ("<p class=\"a b\">", "<p class=\"a\" class=\"b\">"),
        ("<tr><td>1</td></tr>", "<tr>1</tr>"),
    ] {
        let page = GOOD.replacen(good, bad, 1);
        assert_ne!(page, GOOD);
        assert!(Page::read(&page).is_err(), "{bad}");
    }
}

#[test]
fn each_law_can_be_broken() {
    for (good, bad) in [
        ("id=\"t\"", "id=\"top\""),
        ("aria-labelledby=\"t\"", "aria-labelledby=\"u\""),
        ("href=\"#top\"", "href=\"#bottom\""),
        ("role=\"img\"", "role=\"none\""),
        (" scope=\"col\"", ""),
        (" lang=\"en\"", ""),
        ("<h1 id=\"top\">One &amp; two</h1>", "<h2 id=\"top\">One</h2>"),
        ("<p class=\"a b\">", "<h3>Three</h3><p class=\"a b\">"),
    ] {
        let page = GOOD.replacen(good, bad, 1);
        assert_ne!(page, GOOD);
        assert!(!laws::accessible(&Page::read(&page).unwrap()).is_empty(), "{bad}");
    }
    for (good, bad) in [
        ("<p class", "<img alt=\"\"><p class"),
        ("<p class", "<p onclick=\"x\" class"),
        ("<p class", "<p style=\"x\" class"),
        ("href=\"#top\"", "href=\"https://example.org\""),
        ("default-src 'none'", "default-src *"),
    ] {
        let page = GOOD.replacen(good, bad, 1);
        assert_ne!(page, GOOD);
        assert!(!laws::alone(&Page::read(&page).unwrap()).is_empty(), "{bad}");
    }
}

#[test]
fn a_picture_is_read_by_itself() {
    let picture = Page::fragment("<svg viewBox=\"0 0 1 1\"><rect height=\"2\"/><text>&lt;t&gt;</text></svg>").unwrap();
    assert_eq!(picture.named("rect").next().unwrap().get("height"), Some("2"));
    assert_eq!(picture.text(), "<t>");
}
