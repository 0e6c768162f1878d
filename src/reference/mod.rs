#![doc = include_str!("index.md")]

#[doc = include_str!("acts.md")]
pub mod acts {}
#[doc = include_str!("channels.md")]
pub mod channels {}
#[doc = include_str!("detectors.md")]
pub mod detectors {}
#[doc = include_str!("expectation.md")]
pub mod expectation {}
#[doc = include_str!("health.md")]
pub mod health {}
#[doc = include_str!("intents.md")]
pub mod intents {}
#[doc = include_str!("mistakes.md")]
pub mod mistakes {}
#[doc = include_str!("notations.md")]
pub mod notations {}
#[doc = include_str!("packs.md")]
pub mod packs {}
#[doc = include_str!("playbooks.md")]
pub mod playbooks {}
#[doc = include_str!("remedies.md")]
pub mod remedies {}
#[doc = include_str!("rules.md")]
pub mod rules {}
#[doc = include_str!("signals.md")]
pub mod signals {}
#[doc = include_str!("surge.md")]
pub mod surge {}

mod collect;
mod examples;
mod markdown;
mod origin;
mod page;
mod written;

use examples::Examples;
pub use page::{Family, Page, Sample};

use crate::policy::{PolicyBuilder, builtin_with_examples};
use crate::source::{Diagnostics, nearest_of_all};
use crate::testing::Suite;

/// Everything there is to tell about a policy: a page for each thing that has a name.
///
/// ```
/// use svar::policy::PolicyBuilder;
/// use svar::reference::{Family, Reference};
///
/// let reference = Reference::of(&PolicyBuilder::builtin())?;
/// let page = reference.pages_of("tone.blame").next().unwrap();
/// assert_eq!(page.family(), Family::Rules);
/// assert!(page.why().starts_with("The customer is right"), "{}", page.why());
/// assert_eq!(page.location().unwrap().source().name(), "svar:care");
/// assert_eq!(reference.near("tone.blaem"), ["tone.blame"]);
/// # Ok::<(), svar::source::Diagnostics>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reference {
    pages: Vec<Page>,
}

impl Reference {
    /// The pages of a policy with the examples that stand in its documents, and those of every code of a mistake.
    ///
    /// # Errors
    /// Every mistake in the documents.
    pub fn of(builder: &PolicyBuilder) -> Result<Reference, Diagnostics> {
        // Examples of what ships built in stand apart from it, and a policy of an author's own does not extend them.
        let (_, shipped) = Suite::load(&builtin_with_examples())?;
        let (_, mut pages) = builder.build_and(|root, policy| {
            let suite = Suite::read_from(builder, root, policy);
            let (own, shipped) = (suite.examples().collect(), shipped.examples().collect());
            collect::pages(root, policy, &Examples::new(policy, own, shipped))
        })?;
        let layers = builder.layers()?;
        pages.iter_mut().filter(|page| !page.path.is_empty()).for_each(|page| origin::settle(page, &layers));
        Ok(Reference { pages })
    }

    /// All pages, by family, in the order of the documents.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The pages of a name. An act and a playbook may have the same. A step is found as `complaint/identify`, and as
    /// conditions name it, `complaint.identify`.
    pub fn pages_of<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Page> {
        self.pages.iter().filter(move |page| page.is_called(name))
    }

    /// Names that may have been meant: the nearest, or else those that have a part in common.
    pub fn near(&self, name: &str) -> Vec<&str> {
        /// More names are no help.
        const MOST: usize = 5;
        let families = || Family::ALL.iter().map(|family| family.as_str());
        let names = || self.pages.iter().map(Page::name).chain(families());
        if let Some(near) = nearest_of_all(name, names()) {
            return vec![near];
        }
        let mut near: Vec<&str> = Vec::new();
        for other in names().filter(|other| !name.is_empty() && other.contains(name)) {
            if near.len() < MOST && !near.contains(&other) {
                near.push(other);
            }
        }
        near
    }

    /// A family of pages as Markdown.
    pub fn markdown(&self, family: Family) -> String {
        markdown::family(self, family)
    }

    /// The page that leads to all others, as Markdown.
    pub fn index(&self) -> String {
        markdown::index(self)
    }
}
