//! Templates: markup from our own files, with messages in place of `{{id}}`.

use super::{Language, find, in_catalog};
use fluent_bundle::FluentArgs;

/// A template with its messages in the current language. A text in it never becomes markup.
pub fn filled(template: &str) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((id, after)) = after.split_once("}}") else { break };
        filled.push_str(before);
        let english = || in_catalog(Language::English, id, &FluentArgs::new());
        escape(&find(id).or_else(english).unwrap_or_else(|| id.to_owned()), &mut filled);
        rest = after;
    }
    filled + rest
}

fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            letter => into.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{add, in_language};

    #[test]
    fn messages_replace_their_ids_and_never_become_markup() {
        add(Language::English, "template-a = A\ntemplate-b = <b> & \"c\"");
        add(Language::German, "template-a = Ä");
        let template = "<p title=\"{{template-b}}\">{{template-a}}, {{no-such}}</p> {{ open";
        let expected = "<p title=\"&lt;b&gt; &amp; &quot;c&quot;\">A, no-such</p> {{ open";
        assert_eq!(filled(template), expected);
        in_language(Language::German, || {
            assert_eq!(filled("{{template-a}} {{template-b}}"), "Ä &lt;b&gt; &amp; &quot;c&quot;")
        });
    }
}
