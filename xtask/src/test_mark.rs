//! Which attributes make an item a test's.

/// `#[test]`, `#[cfg(test)]` and combinations such as `#[cfg(all(test, unix))]`, but not `#[cfg(not(test))]`.
pub(crate) fn is_test_mark(attribute: &syn::Attribute) -> bool {
    if attribute.path().is_ident("test") {
        return true;
    }
    let syn::Meta::List(list) = &attribute.meta else {
        return false;
    };
    let words = list.tokens.to_string();
    let names_test = words.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test");
    attribute.path().is_ident("cfg") && names_test && !words.contains("not")
}
