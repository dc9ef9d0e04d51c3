//! What every page has: the head, a policy that lets nothing in from elsewhere, landmarks, the closing words.

use crate::report::harmless::harmless_lines;
use crate::report::words::CLOSING;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

pub(super) const CSS: &str = include_str!("page.css");
pub(super) const SCRIPT: &str = include_str!("page.js");

/// What a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// To look over many: wide.
    Overview,
    /// To read.
    Dossier,
}

/// A page.
pub(super) struct Page<'a> {
    pub title: &'a str,
    pub kind: Kind,
    pub head: Markup,
    pub nav: Markup,
    pub main: Markup,
}

impl Page<'_> {
    /// The page as text. Whatever the documents hold has been escaped on its way in; here what acts without markup (control characters,
    /// reversed writing, invisible signs) becomes visible, in all of the page at once so that no text can be forgotten.
    pub(super) fn render(self) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="nl" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy());
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    meta name="referrer" content="no-referrer";
                    title { (self.title) " · plantoets" }
                    style { (PreEscaped(CSS)) }
                }
                body class=(match self.kind { Kind::Overview => "overview", Kind::Dossier => "dossier" }) {
                    a.skip href="#inhoud" { "Naar de inhoud" }
                    div.frame {
                        header.top { (self.head) }
                        nav.contents aria-label="Inhoud" { (self.nav) }
                        main #inhoud tabindex="-1" { (self.main) }
                    }
                    footer { p { (CLOSING) } p.quiet { "Gemaakt met plantoets " (env!("CARGO_PKG_VERSION")) "." } }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        format!("{}\n", harmless_lines(&page.into_string()))
    }
}

/// Nothing is loaded but images beside the page; only our own style and script count. `file:` because not every browser takes `'self'` for
/// the folder of a page that was opened from disk.
fn policy() -> String {
    let digest = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; img-src 'self' file: data:; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        digest(CSS),
        digest(SCRIPT)
    )
}
