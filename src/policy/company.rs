//! The company as a policy tells of it: what it is called, how it is reached, where its links may lead.
//!
//! What stands here is said in replies and looked for in them, so that it has to be what is heard there: an address
//! that no reader takes for one would be left out of every draft, and no reply would ever hold it.

use crate::draft::{Contact, unsayable_company};
use crate::rule::{Brand, LinkPolicy, strings};
use crate::source::{Diagnostic, Field, TableReader, quoted};

pub(super) fn read_brand(table: TableReader<'_, '_>) -> Brand {
    let mailboxes = table.get("mailboxes").string_list().unwrap_or_default();
    let mut brand = Brand {
        name: read_name(table.get("name")),
        domains: read_hosts(table.get("domains")),
        mailboxes: mailboxes.into_iter().map(str::to_lowercase).collect(),
        private_hosts: read_hosts(table.get("private_hosts")),
        ..Brand::default()
    };
    if let Some(contact) = table.get("contact").table() {
        brand.email = read_contact(contact.get("email"), Contact::Email);
        brand.phone = read_contact(contact.get("phone"), Contact::Phone);
        for (more, field) in strings(contact.get("more")).unwrap_or_default() {
            check(more, field, Contact::Any);
            brand.add_contact(more);
        }
        contact.finish();
    }
    for named in [brand.email.clone(), brand.phone.clone()].into_iter().flatten() {
        brand.add_contact(&named);
    }
    table.finish();
    brand
}

pub(super) fn read_links(table: TableReader<'_, '_>) -> LinkPolicy {
    let links =
        LinkPolicy { hosts: read_hosts(table.get("hosts")), shorteners: read_hosts(table.get("shorteners")) };
    table.finish();
    links
}

fn read_name(field: Field<'_, '_>) -> Option<String> {
    let name = field.string()?;
    if let Some(why) = unsayable_company(name) {
        let message = format!("{} cannot be said as the name of a company: {why}", quoted(name));
        let help = "write the name as it stands in a sentence; leave `name` out where the company has none";
        field.report(Diagnostic::error("brand-name", message).with_help(help));
    }
    Some(name.to_owned())
}

fn read_contact(field: Field<'_, '_>, kind: Contact) -> Option<String> {
    let text = field.string()?;
    check(text, field, kind);
    Some(text.to_owned())
}

fn read_hosts(field: Field<'_, '_>) -> Vec<String> {
    let hosts = field.array().into_iter().flatten().filter_map(|field| Some((field.string()?, field)));
    let checked = hosts.inspect(|(host, field)| check(host, *field, Contact::Host));
    checked.map(|(host, _)| host.to_lowercase()).collect()
}

fn check(text: &str, field: Field<'_, '_>, kind: Contact) {
    if kind.is_heard_in(text) {
        return;
    }
    let (code, what, help) = match kind {
        Contact::Email => ("contact", "e-mail address", "write one address, such as `help@fjordmobil.no`"),
        Contact::Phone => ("contact", "telephone number", "write one number, such as `+47 21 00 00 00`"),
        Contact::Any => (
            "contact",
            "contact",
            "write one e-mail address, telephone number or link; several are several texts of the list",
        ),
        Contact::Host => (
            "host",
            "host",
            "write the host alone, such as `fjordmobil.no`, without `https://` and without a path; what is below it is \
             meant as well",
        ),
    };
    let message = format!("{} is no {what}", quoted(text));
    field.report(Diagnostic::error(code, message).with_help(help));
}
