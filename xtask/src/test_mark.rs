//! Which attributes make an item a test's.

/// `#[test]`, `#[cfg(test)]` and combinations such as `#[cfg(all(test, unix))]`, but not `#[cfg(not(test))]`.
pub(crate) fn is_test_mark(attribute: &syn::Attribute) -> bool {
    is_test_meta(&attribute.meta)
}

/// The same of what stands between the brackets of an attribute.
pub(crate) fn is_test_meta(meta: &syn::Meta) -> bool {
    let syn::Meta::List(list) = meta else {
        return meta.path().is_ident("test");
    };
    let tokens = list.tokens.to_string();
    let names_test = tokens
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .any(|word| word == "test");
    list.path.is_ident("test") || list.path.is_ident("cfg") && names_test && !tokens.contains("not")
}
