//! The company itself: what it is called and how it is reached.

/// So many digits tell a telephone number from others that end like it.
const SHORTEST: usize = 8;

/// The company: what may stand in a reply although it looks like personal data.
#[derive(Clone, Debug, Default)]
pub(crate) struct Brand {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    /// All its e-mail addresses.
    pub(crate) addresses: Vec<String>,
    /// Its telephone numbers and whatever else it is reached by, as [`bare`] text.
    pub(crate) numbers: Vec<String>,
    /// Domains of its own: every address there is the company's.
    pub(crate) domains: Vec<String>,
    /// Names of mailboxes that no private person has, such as `support`, in lower case.
    pub(crate) mailboxes: Vec<String>,
    /// Hosts where private people have their mailboxes, in lower case.
    pub(crate) private_hosts: Vec<String>,
}

impl Brand {
    /// Adds an e-mail address or a telephone number.
    pub(crate) fn add_contact(&mut self, contact: &str) {
        if contact.contains('@') {
            self.addresses.push(contact.to_owned());
        } else {
            self.numbers.push(bare(contact));
        }
    }

    /// Whether a word is the company's name or one of the words of it, whatever its case: `Booking.com` is no link to
    /// there.
    pub(crate) fn is_named(&self, text: &str) -> bool {
        let mut words = self.name.iter().flat_map(|name| name.split(' '));
        words.any(|word| word.eq_ignore_ascii_case(text))
    }

    /// Whether it can be reached beside social media, as far as the policy says.
    pub(crate) fn has_contact(&self) -> bool {
        !self.addresses.is_empty() || !self.numbers.is_empty()
    }

    /// Whether its own addresses or numbers are known.
    pub(crate) fn is_known(&self) -> bool {
        !self.domains.is_empty() || self.has_contact()
    }

    /// Whether an address or number is the company's own.
    pub(crate) fn owns(&self, text: &str) -> bool {
        match text.rsplit_once('@') {
            Some((_, host)) => {
                // An address that only ends like one of its own is somebody else's.
                self.addresses.iter().any(|own| own.eq_ignore_ascii_case(text))
                    || self.domains.iter().any(|domain| host.eq_ignore_ascii_case(domain))
            }
            None => {
                let number = bare(text);
                self.numbers.iter().any(|own| is_same_number(own, &number))
            }
        }
    }

    /// Whether an address is where private people have theirs.
    pub(crate) fn is_private_host(&self, address: &str) -> bool {
        let host = address.rsplit_once('@').map_or("", |(_, host)| host);
        self.private_hosts.iter().any(|private| private.eq_ignore_ascii_case(host))
    }

    /// Whether an address is one of an office and not of a person: the part before the `@`, or one of the names it is
    /// put together from, is a mailbox. Where the company's own addresses are known, nobody else's office passes for
    /// it.
    pub(crate) fn is_office(&self, address: &str) -> bool {
        !self.is_known()
            && address.rsplit_once('@').is_some_and(|(local, _)| {
                let local = local.to_lowercase();
                local
                    .split(['.', '-', '_', '+'])
                    .any(|name| self.mailboxes.iter().any(|mailbox| mailbox == name))
            })
    }
}

/// Whether two are one telephone number: with and without the country's prefix. Both are [`bare`].
fn is_same_number(own: &str, other: &str) -> bool {
    let (short, long) = if own.len() < other.len() { (own, other) } else { (other, own) };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    own == other || short.len() >= SHORTEST && long.ends_with(short) && is_number(long)
}

/// Letters and digits only, so that grouping makes no difference.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
