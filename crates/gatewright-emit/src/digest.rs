//! Digests that stand for content: eight hexadecimal digits of SHA-256, whatever the order of keys.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The digest of a value.
pub(crate) fn digest(value: &Value) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, value);
    hash.finalize().iter().take(4).map(|it| format!("{it:02x}")).collect()
}

/// Feeds a value with its type and length before it, so that different values never give equal bytes.
fn feed(hash: &mut Sha256, value: &Value) {
    let mut sized = |kind: u8, bytes: &[u8]| {
        hash.update([kind]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    match value {
        Value::Null => sized(b'0', b""),
        Value::Bool(it) => sized(b'b', &[u8::from(*it)]),
        Value::Number(it) => sized(b'n', it.to_string().as_bytes()),
        Value::String(it) => sized(b's', it.as_bytes()),
        Value::Array(items) => {
            hash.update([b'[']);
            hash.update((items.len() as u64).to_be_bytes());
            items.iter().for_each(|it| feed(hash, it));
        }
        Value::Object(map) => {
            hash.update([b'{']);
            hash.update((map.len() as u64).to_be_bytes());
            let mut keys: Vec<&String> = map.keys().collect();
            keys.sort_unstable();
            for key in keys {
                hash.update((key.len() as u64).to_be_bytes());
                hash.update(key.as_bytes());
                feed(hash, &map[key.as_str()]);
            }
        }
    }
}
