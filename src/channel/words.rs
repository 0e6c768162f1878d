//! The words a channel is described with, each with what it stands for.

use crate::text::SignKind;

words! {
    /// What sort of place a channel is.
    #[non_exhaustive]
    ChannelKind {
        /// Comments and posts that others read along.
        Social = "social",
        /// Answers to reviews.
        Review = "review",
        /// Messages between two.
        Message = "message",
        /// Mail.
        Mail = "mail",
    }
}

words! {
    /// A courtesy that stands around a reply.
    #[non_exhaustive]
    Courtesy {
        /// At its beginning, the first time the company writes.
        Greeting = "greeting",
        /// Before the signature.
        Closing = "closing",
        /// At its end.
        Signature = "signature",
    }
}

words! {
    /// How well a figure is known.
    #[non_exhaustive]
    Grade {
        /// The platform's own document, or its sentence quoted elsewhere.
        Official = "official",
        /// The platform's source code, schema or published configuration.
        PlatformSource = "platform-source",
        /// Somebody else's document.
        Secondary = "secondary",
        /// Common knowledge, not looked up or looked up in vain; to be checked before it is relied upon.
        Unverified = "unverified",
        /// No claim about a platform, but what the policy wants. What is written without a source is this.
        Own = "own",
    }
}

words! {
    /// What the private conversation waits for once it has been opened.
    #[non_exhaustive]
    RouteAfter {
        /// More can be written only when the customer has answered.
        CustomerAnswer = "customer-answer",
    }
}

words! {
    /// What it takes to open a private conversation.
    #[non_exhaustive]
    RouteNeeds {
        /// Only the customer can begin it.
        CustomerFirst = "customer-first",
        /// The recipient's settings must allow it.
        RecipientAllows = "recipient-allows",
    }
}

words! {
    /// What the client must do itself, so that a link or a mention becomes one.
    #[non_exhaustive]
    ClientMark {
        /// Mark its bytes in the text (Bluesky).
        Facet = "facet",
        /// Send it as an annotation beside the text (LinkedIn).
        Annotation = "annotation",
    }
}

words! {
    /// What a channel makes of signs in the text.
    #[non_exhaustive]
    MarkupKind {
        /// Nothing: the text stands as it is written.
        None = "none",
        /// Markdown.
        Markdown = "markdown",
        /// `*bold*`, `_italic_`, `~strike~`.
        Whatsapp = "whatsapp",
        /// `*bold*`, `_italic_`, `-strike-`.
        Youtube = "youtube",
        /// HTML.
        Html = "html",
    }
}

impl MarkupKind {
    /// Whether a sign is shown as it is written. Markdown takes HTML, too, and WhatsApp the fences around code.
    pub(crate) const fn shows_raw(self, sign: SignKind) -> bool {
        match self {
            MarkupKind::Markdown => false,
            MarkupKind::Html => !sign.is_html(),
            MarkupKind::Whatsapp => !matches!(sign, SignKind::Fence),
            MarkupKind::None | MarkupKind::Youtube => true,
        }
    }
}

words! {
    /// Whom a messaging window is for.
    #[non_exhaustive]
    WindowSender {
        /// Everybody, machines included.
        Any = "any",
        /// People only.
        Human = "human",
        /// Machines only.
        Bot = "bot",
    }
}

words! {
    /// What opens a messaging window.
    #[non_exhaustive]
    WindowStart {
        /// Each message of the customer.
        LastCustomerMessage = "last-customer-message",
        /// A click on an advert that leads to the conversation.
        AdvertClick = "advert-click",
    }
}

words! {
    /// What a messaging window leaves when it has run.
    #[non_exhaustive]
    WindowThen {
        /// Nothing: one must wait for the customer.
        Closed = "closed",
        /// Templates that the platform has approved.
        Templates = "templates",
    }
}

words! {
    /// When a machine must say that it is one.
    #[non_exhaustive]
    DisclosureRequired {
        /// Always.
        Always = "always",
        /// Where the law demands it.
        WhereLawDemands = "where-law-demands",
        /// Never, as far as the platform is concerned.
        Never = "never",
    }
}

words! {
    /// Which replies a badge counts.
    #[non_exhaustive]
    BadgeCounts {
        /// The first of each conversation.
        FirstReply = "first-reply",
        /// Every one.
        EveryReply = "every-reply",
    }
}
