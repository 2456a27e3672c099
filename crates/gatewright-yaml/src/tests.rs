//! Other readers judge the writer: yaml_serde (YAML 1.1 and 1.2 mixed) and our own (YAML 1.2 with tags).

use gatewright_source::{Sources, parse};
use gatewright_spec::Raw;
use serde_json::{Value, json};

use super::{Tags, write, write_short};

/// Text that some reader takes for something else, or cannot read where it stands.
const NASTY: &[&str] = &[
    "",
    " ",
    "  x",
    "x ",
    "\t",
    "\tx",
    "x\t",
    "y",
    "Y",
    "n",
    "N",
    "yes",
    "Yes",
    "YES",
    "no",
    "on",
    "off",
    "On",
    "OFF",
    "true",
    "True",
    "TRUE",
    "false",
    "null",
    "Null",
    "NULL",
    "~",
    "=",
    "<<",
    "-",
    "--",
    "---",
    "...",
    "- x",
    "? x",
    ": x",
    "x:",
    "x: y",
    "x :y",
    "a:b",
    "a::b",
    "#x",
    "x #y",
    "x#y",
    "&x",
    "*x",
    "!x",
    "!Ref x",
    "|",
    ">",
    "|-",
    "%x",
    "@x",
    "`x",
    "'",
    "''",
    "'x'",
    "\"",
    "\"x\"",
    "it's",
    "[x]",
    "]",
    "{x}",
    "}",
    "[",
    "{",
    ",",
    "x, y",
    "x,y",
    "\\",
    "\\n",
    "0",
    "1",
    "-1",
    "+1",
    "007",
    "0o7",
    "0x1",
    "0b1",
    "1_000",
    "1e3",
    "1E3",
    "1e-3",
    ".5",
    "5.",
    "1.0",
    "2.0",
    "1.2.3",
    "12:30",
    "12:30:45",
    "190:20:30",
    "2010-09-09",
    "2010-09-09T10:00:00Z",
    "2001-1-1",
    ".inf",
    "-.inf",
    ".Inf",
    ".nan",
    ".NaN",
    "inf",
    "nan",
    "NaN",
    "infinity",
    "1h",
    "90d",
    "5xx",
    "4xx",
    "./x",
    "../x",
    ".",
    "..",
    ".x",
    "/",
    "/orders/{id}",
    "GET /orders/{id}",
    "ANY /x/{proxy+}",
    "$default",
    "$request.header.x",
    "${AWS::Region}",
    "arn:aws:sqs:us-east-1:1:q",
    "AWS::ApiGatewayV2::Api",
    "https://x.example/y?z=1#a",
    "a\nb",
    "a\nb\n",
    "a\n\nb",
    "\na",
    "a\n\n",
    " a\nb",
    "a\n b\n",
    "a \nb",
    "a\r\nb",
    "a\rb",
    "\u{0}",
    "\u{7}",
    "\u{1b}[0m",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "a\u{a0}b",
    "\u{2028}",
    "a\u{2028}b\nc",
    "\u{2029}",
    "\u{feff}",
    "\u{feff}x",
    "\u{fffe}",
    "\u{e000}",
    "ü",
    "日本",
    "🙂",
    "é: è",
    "ü\nö",
    "a\tb",
    "a\n\tb",
    "#",
    "a\n# b",
    "a: |\n  b",
    "---\na",
    "x\n---\ny",
    "%YAML 1.1\n",
    "{\"a\": \"b\"}",
    "''''",
    "Ref",
    "Fn::Sub",
    "Null ",
    "!",
    "!!str x",
    "<",
    "<x",
    "x<<",
    "^a$",
    "(a)",
    ";",
    "_",
    "__",
];

fn nasty() -> impl Iterator<Item = String> {
    let long = "x".repeat(3000);
    let long_quoted = format!("{}'{}", "é: ".repeat(400), "x".repeat(900));
    NASTY.iter().map(|it| (*it).to_owned()).chain([long, long_quoted])
}

/// What our own reader makes of a document, tags written out.
fn read_by_us(text: &str) -> Value {
    let mut sources = Sources::new();
    let (file, problems) = sources.add("template.yaml", text.as_bytes().to_vec());
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    let (tree, problems) = parse(sources.file(file));
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    let (raw, problems) = gatewright_spec::decode::<Raw>(&tree);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    raw.map(|it| it.to_json()).unwrap_or_default()
}

fn read_by_others(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn text_comes_back_as_key_value_and_item() {
    for it in nasty() {
        let value = json!({ "a": it, "list": [it, [it], { "k": it }], "keys": { it.clone(): 1, "z": { it.clone(): it } }, "end": it });
        let text = write(&value, Tags::Long);
        assert_eq!(read_by_others(&text), value, "{it:?}\n{text}");
        assert_eq!(read_by_us(&text), value, "{it:?}\n{text}");
    }
}

#[test]
fn text_comes_back_behind_a_tag() {
    for it in nasty() {
        let value = json!({ "a": { "Fn::Sub": it }, "b": [{ "Fn::Join": [it, [it, { "Ref": it }]] }], "c": { "Fn::Sub": [it, { "x": it }] } });
        let text = write(&value, Tags::Short);
        assert_eq!(read_by_us(&text), value, "{it:?}\n{text}");
        let others: serde_yaml::Value =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let serde_yaml::Value::Tagged(tagged) = &others["a"] else { panic!("no tag: {text}") };
        assert_eq!(tagged.value.as_str(), Some(&*it), "{text}");
    }
}

#[test]
fn words_and_numbers_that_readers_disagree_on_are_quoted() {
    for it in
        ["y", "No", "ON", "2010-09-09", "1_000", "12:30", "0x1", "2.0", "=", "<<", "~", "1e3", ".5", "4xx"]
    {
        assert_eq!(write(&json!({ "k": it }), Tags::Short), format!("k: '{it}'\n"));
    }
    for it in [
        "yesterday",
        "$default",
        "/orders/{id}",
        "GET /orders/{id}",
        "../code",
        "AWS::Logs::LogGroup",
        "a, b",
    ] {
        assert_eq!(write(&json!({ "k": it }), Tags::Short), format!("k: {it}\n"));
    }
    assert_eq!(
        write(&json!({ "k": "\u{85}\u{1b}\u{feff}\u{10ffff}" }), Tags::Short),
        "k: \"\\x85\\x1b\\ufeff\u{10ffff}\"\n"
    );
}

#[test]
fn numbers_come_back() {
    for it in [
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(0.01),
        json!(1e21),
        json!(-1.5e-9),
        json!(1e-7),
    ] {
        let value = json!({ "k": it, "l": [it] });
        let text = write(&value, Tags::Short);
        assert_eq!(read_by_others(&text), value, "{text}");
    }
    assert_eq!(write(&json!({ "k": 1e-7, "l": 1e21 }), Tags::Short), "k: 1.0e-7\nl: 1.0e+21\n");
}

#[test]
fn functions_are_short_tags_where_that_is_possible() {
    let value = json!({
        "Ref": { "Ref": "Table" },
        "Att": { "Fn::GetAtt": ["Table", "Arn"] },
        "AttOfRef": { "Fn::GetAtt": ["Table", { "Ref": "Name" }] },
        "Nested": { "Fn::ImportValue": { "Fn::Sub": "${Stack}-arn" } },
        "If": { "Fn::If": ["IsProd", { "Ref": "A" }, { "Ref": "AWS::NoValue" }] },
        "Condition": { "Condition": "IsProd" },
        "Two": { "Ref": "A", "Fn::Sub": "b" },
        "Transform": { "Fn::Transform": { "Name": "AWS::Include" } },
        "List": [{ "Ref": "A" }, { "Fn::Select": [0, { "Fn::GetAZs": "" }] }],
    });
    let expected = "\
Ref: !Ref Table
Att: !GetAtt Table.Arn
AttOfRef:
  Fn::GetAtt:
    - Table
    - !Ref Name
Nested:
  Fn::ImportValue: !Sub ${Stack}-arn
If: !If
  - IsProd
  - !Ref A
  - !Ref AWS::NoValue
Condition:
  Condition: IsProd
Two:
  Ref: A
  Fn::Sub: b
Transform:
  Fn::Transform:
    Name: AWS::Include
List:
  - !Ref A
  - !Select
    - 0
    - !GetAZs ''
";
    assert_eq!(write(&value, Tags::Short), expected);
    assert_eq!(read_by_us(expected), value);
}

#[test]
fn lines_are_shown_as_lines() {
    let value = json!({ "Code": { "ZipFile": "def handler(event, context):\n\n    return 'no: #'\n" }, "Next": [["a\nb", 1], {}, []] });
    let expected = "\
Code:
  ZipFile: |
    def handler(event, context):

        return 'no: #'
Next:
  - - |-
      a
      b
    - 1
  - {}
  - []
";
    assert_eq!(write(&value, Tags::Short), expected);
    assert_eq!(read_by_others(expected), value);
}

#[test]
fn text_comes_back_from_short_forms() {
    for it in nasty()
        .chain(["5s", "10MB", "1%", "4xx", "0.5GB", "1.5", "5", "a, b", "{a}", "a?"].map(str::to_owned))
    {
        for open in 0..4 {
            let value = json!({
                "a": { "k": it, "l": [it, [it], { it.clone(): it }] },
                "b": [{ "Fn::Sub": it }, { "Fn::Join": [it, [{ "Ref": it }]] }],
                "c": it,
            });
            let text = write_short(&value, open);
            assert_eq!(read_by_us(&text), value, "{it:?}\n{text}");
        }
    }
}

#[test]
fn what_is_short_stands_on_one_line() {
    let value = json!({
        "defaults": { "timeout": "5s", "throttle": { "rate": 50, "burst": 100 } },
        "functions": { "a": { "arn": { "Fn::GetAtt": ["A", "Arn"] } }, "b": { "code": "x\ny\n" } },
        "url": "https://example.com/{id}",
        "json": "{\"ok\":true}",
    });
    let expected = "\
defaults:
  timeout: 5s
  throttle: { rate: 50, burst: 100 }
functions:
  a: { arn: !GetAtt A.Arn }
  b:
    code: |
      x
      y
url: https://example.com/{id}
json: '{\"ok\":true}'
";
    assert_eq!(write_short(&value, 2), expected);
    assert!(
        write_short(&value, 1).starts_with("defaults: { timeout: 5s, throttle: { rate: 50, burst: 100 } }\n")
    );
}
