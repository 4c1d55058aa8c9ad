#!/usr/bin/env python3
"""Writes wharf.rs, the Rust binding of the plugin ABI, from abi.json and layout.txt: python3 generate.py > wharf.rs

Types lose the prefix wharf_ and get Rust's spelling (wharf_strategy_sink: StrategySink), constants lose WHARF_. Functions
that may be null are options. What is written by hand is in helpers.rs, beside this file.
"""
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
INCLUDE = HERE.parent / "include" / "wharf"
PLAIN = {
    "double": "f64", "int32_t": "i32", "int64_t": "i64", "uint8_t": "u8", "uint16_t": "u16", "uint32_t": "u32",
    "uint64_t": "u64", "char": "c_char", "void": "c_void", "wharf_status": "Status",
}
KEYWORDS = {"type", "match", "ref", "move", "use", "loop", "in", "where"}


def camel(name):
    return "".join(word.capitalize() for word in name.removeprefix("wharf_").split("_"))


def rust_type(text):
    """The Rust spelling of a C type: const from the right, as C reads it."""
    stars = text.count("*")
    words = text.replace("*", " ").split()
    is_const = "const" in words
    base = [word for word in words if word not in ("const", "struct")][0]
    out = PLAIN.get(base) or camel(base)
    for level in range(stars):
        out = ("*const " if is_const and level == 0 else "*mut ") + out
    return out


def field_name(name):
    return name + "_" if name in KEYWORDS else name


def function_type(function):
    parameters = ", ".join(f"{field_name(p['name'])}: {rust_type(p['type'])}" for p in function["parameters"])
    returns = "" if function["returns"] == "void" else f" -> {rust_type(function['returns'])}"
    plain = f'unsafe extern "C" fn({parameters}){returns}'
    return f"Option<{plain}>" if function.get("optional") else plain


def constant_types(abi):
    """The type of each group of constants: that of a field or parameter which takes them."""
    found = {"abi_version": "u16", "status": "i32"}

    def see(item):
        if "values" in item and "type" in item:
            found.setdefault(item["values"], rust_type(item["type"]).removeprefix("*mut "))

    for struct in abi["structs"]:
        for field in struct["fields"]:
            see(field)
            for parameter in field.get("parameters", []):
                see(parameter)
    return found


def layout():
    """Size, alignment and fields with offset and size of each struct, from the snapshot."""
    structs, current = [], None
    for line in (INCLUDE / "layout.txt").read_text().splitlines():
        if match := re.match(r"struct (\w+)_v\d+ size (\d+) align (\d+)$", line):
            current = (match[1], int(match[2]), int(match[3]), [])
            structs.append(current)
        elif match := re.match(r"  (\d+) (\d+) (\w+) ", line):
            current[3].append((match[3], int(match[1]), int(match[2])))
    return structs


def main():
    abi = json.loads((INCLUDE / "abi.json").read_text())
    types = constant_types(abi)
    out = [
        "//! The Wharf plugin ABI for Rust 1.63 and later: generated from abi.json, do not edit.",
        "//!",
        "//! The C headers beside abi.json say what each thing means; fields and functions have their names.",
        "#![allow(dead_code)]",
        "",
        "use std::os::raw::{c_char, c_void};",
        "",
        "/// The outcome of a call; 0 is success.",
        "pub type Status = i32;",
    ]
    for group in abi["constants"]:
        kind = types.get(group["name"], "u32" if group["kind"] == "flags" else "i32")
        out.append("")
        for member in group["members"]:
            out.append(f"pub const {member['name'].removeprefix('WHARF_')}: {kind} = {member['value']};")
    for opaque in abi["opaque"]:
        out += ["", "/// Opaque.", "#[repr(C)]", f"pub struct {camel(opaque['name'])} {{", "    _private: [u8; 0],", "}"]
    for struct in abi["structs"]:
        tables = [table["id"] for table in abi["tables"] if table["struct"] == struct["tag"]]
        is_plain = struct["use"] != "table" and not any(f["role"] == "function" for f in struct["fields"])
        out += ["", f"/// `{tables[0]}`." if tables else f"/// `{struct['name']}` of `{struct['header']}`.", "#[repr(C)]"]
        out.append("#[derive(Clone, Copy)]")
        out.append(f"pub struct {camel(struct['name'])} {{")
        for field in struct["fields"]:
            kind = function_type(field) if field["role"] == "function" else rust_type(field["type"])
            out.append(f"    pub {field_name(field['name'])}: {kind},")
        out.append("}")
        if tables:
            out += ["", f"impl Table for {camel(struct['name'])} {{", f'    const ID: &\'static str = "{tables[0]}";', "}"]
        if is_plain:
            size = any(f["role"] == "struct_size" for f in struct["fields"])
            out += ["", f"impl {camel(struct['name'])} {{", "    /// All zero and null, with its size where it has one.",
                    "    pub fn zero() -> Self {"]
            # SAFETY: numbers and raw pointers only.
            if size:
                out += ["        let mut zero: Self = unsafe { std::mem::zeroed() };",
                        "        zero.struct_size = std::mem::size_of::<Self>() as u32;", "        zero"]
            else:
                out.append("        unsafe { std::mem::zeroed() }")
            out += ["    }", "}"]
    out += ["", (HERE / "helpers.rs").read_text().rstrip("\n")]
    out += ["", "#[cfg(test)]", "mod layout {", "    use super::*;", "    use std::mem::{align_of, size_of, MaybeUninit};",
            "    use std::ptr::addr_of;", "",
            "    macro_rules! place {", "        ($type:ty, $field:ident, $offset:expr, $size:expr) => {{",
            "            let value = MaybeUninit::<$type>::uninit();", "            let base = value.as_ptr();",
            "            let field = unsafe { addr_of!((*base).$field) };",
            "            assert_eq!(field as usize - base as usize, $offset, stringify!($type.$field));",
            "            assert_eq!(size_of_value(field), $size, stringify!($type.$field));", "        }};", "    }", "",
            "    fn size_of_value<T>(_: *const T) -> usize {", "        size_of::<T>()", "    }", "",
            "    #[test]", "    fn is_that_of_the_c_headers() {"]
    for name, size, align, fields in layout():
        out.append(f"        assert_eq!((size_of::<{camel(name)}>(), align_of::<{camel(name)}>()), ({size}, {align}));")
        for field, offset, width in fields:
            out.append(f"        place!({camel(name)}, {field_name(field)}, {offset}, {width});")
    out += ["    }", "}"]
    sys.stdout.write("\n".join(out) + "\n")


main()
