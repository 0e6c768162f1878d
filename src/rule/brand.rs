//! The company itself: what it is called and how it is reached.

/// The company: what may stand in a reply although it looks like personal data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Brand {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    /// Contact data as [`bare`] text.
    pub(crate) bare_contacts: Vec<String>,
    /// Domains of its own: every address there is the company's.
    pub(crate) domains: Vec<String>,
    /// Names of mailboxes that no private person has, such as `support`, in lower case.
    pub(crate) mailboxes: Vec<String>,
}

impl Brand {
    /// Whether an address or number is the company's own.
    pub(crate) fn owns(&self, text: &str) -> bool {
        let bare = bare(text);
        let own = self.bare_contacts.iter().any(|own| {
            // With and without the country's prefix.
            *own == bare
                || bare.len() >= 8 && own.ends_with(&bare)
                || own.len() >= 8 && bare.ends_with(own.as_str())
        });
        own || text
            .rsplit_once('@')
            .is_some_and(|(_, host)| self.domains.iter().any(|domain| host.eq_ignore_ascii_case(domain)))
    }

    /// Whether an address is one of an office and not of a person: the part before the `@`, or one of the names it is put
    /// together from, is a mailbox. Where the company's own addresses are known, nobody else's office passes for it.
    pub(crate) fn is_office(&self, address: &str) -> bool {
        let unknown = self.email.is_none() && self.domains.is_empty() && self.bare_contacts.is_empty();
        unknown
            && address.rsplit_once('@').is_some_and(|(local, _)| {
                let local = local.to_lowercase();
                local
                    .split(['.', '-', '_', '+'])
                    .any(|name| self.mailboxes.iter().any(|mailbox| mailbox == name))
            })
    }
}

/// Letters and digits only, so that grouping makes no difference.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
