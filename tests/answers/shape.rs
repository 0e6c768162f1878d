//! The schemas of all answers, taken apart, and what was seen of each part in answers.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value as Json};
use svar::schema::{Answer, answer};

/// A schema, or a part of one, that can be held against values by itself.
pub(crate) struct Part {
    schema: Json,
    validator: Validator,
}

impl Part {
    fn new(schema: &Json, definitions: &Json) -> Part {
        let mut whole = schema.clone();
        whole["$defs"] = definitions.clone();
        let validator = jsonschema::options().with_draft(Draft::Draft202012).build(&whole);
        Part { schema: schema.clone(), validator: validator.expect("the schema is a schema") }
    }

    pub(crate) fn fits(&self, value: &Json) -> bool {
        self.validator.is_valid(value)
    }

    pub(crate) fn complaints(&self, value: &Json) -> Vec<String> {
        self.validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// The keys of a table; nothing, where it is none.
    pub(crate) fn keys(&self) -> Option<BTreeSet<&str>> {
        Some(self.schema["properties"].as_object()?.keys().map(String::as_str).collect())
    }

    /// Whether it says what a key stands for.
    pub(crate) fn explains(&self, key: &str) -> bool {
        self.schema["properties"][key]["description"].as_str().is_some_and(|says| !says.is_empty())
    }

    /// The keys that a table must have.
    pub(crate) fn needed(&self) -> BTreeSet<&str> {
        self.schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect()
    }
}

/// All parts by their places: `validate.findings`, `(finding).fix`, `clock.escalations[].notify[]|1`. What is defined
/// has one place, whichever answer it stands in.
pub(crate) struct Shapes(pub(crate) BTreeMap<String, Part>);

/// What stood in which place.
#[derive(Default)]
pub(crate) struct Seen {
    /// All places that anything stood in.
    pub(crate) places: BTreeSet<String>,
    /// Of a table all that stood there.
    pub(crate) objects: BTreeMap<String, Vec<Map<String, Json>>>,
}

impl Shapes {
    pub(crate) fn of_all_answers() -> Shapes {
        let mut shapes = Shapes(BTreeMap::new());
        for of in Answer::ALL {
            let schema = answer(of).expect("it can be written");
            let schema: Json = serde_json::from_str(&schema).expect("the schema is JSON");
            let none = Json::Object(Map::new());
            let definitions = schema.get("$defs").unwrap_or(&none);
            for (name, own) in definitions.as_object().into_iter().flatten() {
                shapes.take_apart(&format!("({name})"), own, definitions);
            }
            shapes.take_apart(of.as_str(), &schema, definitions);
        }
        shapes
    }

    fn take_apart(&mut self, place: &str, schema: &Json, definitions: &Json) {
        self.0.insert(place.to_owned(), Part::new(schema, definitions));
        for (place, own) in parts(place, schema) {
            self.take_apart(&place, own, definitions);
        }
    }

    /// Notes where everything in a value stands that fits the schema of a place.
    pub(crate) fn see(&self, place: &str, value: &Json, seen: &mut Seen) {
        let part = self.0.get(place).unwrap_or_else(|| panic!("{place} is a place"));
        seen.places.insert(place.to_owned());
        if let Some(name) = part.schema["$ref"].as_str() {
            let name = name.strip_prefix("#/$defs/").expect("a definition");
            return self.see(&format!("({name})"), value, seen);
        }
        if part.schema["anyOf"].is_array() {
            let choices = parts(place, &part.schema).into_iter().map(|(choice, _)| choice);
            let fitting: Vec<String> = choices.filter(|choice| self.0[choice].fits(value)).collect();
            let [choice] = &*fitting else { panic!("{place}: one of them, and not {fitting:?}: {value}") };
            return self.see(choice, value, seen);
        }
        match value {
            Json::Array(list) => list.iter().for_each(|own| self.see(&format!("{place}[]"), own, seen)),
            Json::Object(object) => {
                seen.objects.entry(place.to_owned()).or_default().push(object.clone());
                for (key, own) in object {
                    self.see(&format!("{place}.{key}"), own, seen);
                }
            }
            _ => {}
        }
    }
}

/// What a schema is made of, each part with its place.
fn parts<'s>(place: &str, schema: &'s Json) -> Vec<(String, &'s Json)> {
    let keys = schema["properties"].as_object().into_iter().flatten();
    let keys = keys.map(|(key, own)| (format!("{place}.{key}"), own));
    let items = schema.get("items").map(|own| (format!("{place}[]"), own));
    let choices = schema["anyOf"].as_array().into_iter().flatten().enumerate();
    let choices = choices.map(|(number, own)| (format!("{place}|{number}"), own));
    keys.chain(items).chain(choices).collect()
}
