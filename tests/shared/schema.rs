//! Whether JSON is as a schema says.

use serde_json::Value;

/// Checks types, required and additional keys, and enumerations: what the schemas use.
pub(crate) fn check(schema: &Value, value: &Value, place: &str) {
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        other => panic!("{place}: the type {other} is not known here"),
    };
    match &schema["type"] {
        Value::Null => {}
        Value::String(kind) => assert!(is(kind), "{place}: {value}"),
        Value::Array(kinds) => assert!(kinds.iter().any(|kind| is(kind.as_str().unwrap())), "{place}: {value}"),
        other => panic!("{place}: {other}"),
    }
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.contains(value), "{place}: {value}");
    }
    // What may be null has no members then.
    if value.is_null() {
        return;
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(key.as_str().unwrap()).is_some(), "{place}: {key} is missing");
    }
    for (key, member) in value.as_object().into_iter().flatten() {
        match (schema["properties"].get(key), schema.get("additionalProperties")) {
            (Some(schema), _) => check(schema, member, &format!("{place}.{key}")),
            (None, Some(Value::Bool(false))) => panic!("{place}: {key} is not in the schema"),
            (None, Some(schema)) => check(schema, member, &format!("{place}.{key}")),
            (None, None) => {}
        }
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (number, item) in list.iter().enumerate() {
            check(items, item, &format!("{place}[{number}]"));
        }
    }
}
