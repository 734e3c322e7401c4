//! Bytes to text: encodings, byte order marks, and what is no text at all.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ReadErrorKind;

/// Decoded text and what the reader of the article should know about how it was decoded.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded {
    pub text: String,
    pub note: Option<String>,
}

/// A file's text as every text-mode reader gives it: `\r\n` and a lone `\r` are one `\n`, so that
/// offsets agree with those of other tools.
pub(super) fn with_plain_line_ends(text: String) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    }
}

/// Decodes by byte order mark, else as `declared`, else as UTF-8, else as Windows-1252.
///
/// Line breaks and everything else stay as they are; only a byte order mark is left off.
pub(super) fn decode(
    bytes: Vec<u8>,
    declared: Option<&'static Encoding>,
) -> Result<Decoded, ReadErrorKind> {
    if let Some((encoding, _)) = Encoding::for_bom(&bytes) {
        let (text, broken) = encoding.decode_with_bom_removal(&bytes);
        let note = broken.then(|| {
            format!(
                "broken {}: unreadable parts were replaced by \u{FFFD}",
                encoding.name()
            )
        });
        return Ok(Decoded {
            text: text.into_owned(),
            note,
        });
    }
    if let Some(found) = binary_kind(&bytes) {
        return Err(ReadErrorKind::Binary { found });
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        let note = format!("read as {}, which its bytes look like", encoding.name());
        return Ok(Decoded {
            text: text.into_owned(),
            note: Some(note),
        });
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        return Ok(Decoded {
            text: text.into_owned(),
            note: None,
        });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(Decoded { text, note: None }),
        Err(error) => error.into_bytes(),
    };
    if control_share(&bytes) > 0.05 {
        return Err(ReadErrorKind::Binary {
            found: "control characters",
        });
    }
    Ok(decode_broken(&bytes))
}

/// Text that is not valid UTF-8: mostly UTF-8 with a fault in it, or Windows-1252.
fn decode_broken(bytes: &[u8]) -> Decoded {
    let (mut faults, mut sound, mut first_fault, mut at) = (0usize, 0usize, None, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            faults += 1;
            first_fault.get_or_insert(at);
            at += chunk.invalid().len();
        }
    }
    if sound > faults {
        let line = 1 + bytes[..first_fault.unwrap_or(0)]
            .iter()
            .filter(|b| **b == b'\n')
            .count();
        let times = if faults == 1 {
            String::new()
        } else {
            format!(" and {} more", faults - 1)
        };
        return Decoded {
            text: String::from_utf8_lossy(bytes).into_owned(),
            note: Some(format!(
                "broken UTF-8 in line {line}{times}: replaced by \u{FFFD}"
            )),
        };
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        note: Some("not UTF-8: read as Windows-1252".to_owned()),
    }
}

/// What kind of binary file this is, if it is one.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"\xfd7zXZ\x00", "an xz archive"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"\x7fELF", "a program"),
        (b"\xd0\xcf\x11\xe0", "an office document"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"{\\rtf", "an RTF document"),
    ];
    let known = MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, name)| *name);
    // Letters alone could open an article ("GIF8…" could not, "BZh" hardly).
    if known.is_some() {
        return known;
    }
    let head = &bytes[..bytes.len().min(8192)];
    if memchr::memchr(0, head).is_some() && !is_utf16(bytes) {
        return Some("binary data");
    }
    None
}

/// Whether a file that begins so is UTF-16.
pub(super) fn is_utf16(head: &[u8]) -> bool {
    match Encoding::for_bom(head) {
        Some((encoding, _)) => encoding == UTF_16LE || encoding == UTF_16BE,
        None => utf16_without_mark(head).is_some(),
    }
}

/// UTF-16 of mostly Latin text has a zero in every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |parity: usize| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|b| **b == 0)
            .count() as f64
            / (head.len() / 2) as f64
    };
    match (zeros(0), zeros(1)) {
        (even, odd) if even < 0.02 && odd > 0.6 => Some(UTF_16LE),
        (even, odd) if odd < 0.02 && even > 0.6 => Some(UTF_16BE),
        _ => None,
    }
}

fn control_share(bytes: &[u8]) -> f64 {
    let head = &bytes[..bytes.len().min(8192)];
    let controls = head
        .iter()
        .filter(|b| b.is_ascii_control() && !matches!(b, b'\n' | b'\r' | b'\t' | 0x0C | 0x1B))
        .count();
    controls as f64 / head.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(bytes: &[u8]) -> Decoded {
        decode(bytes.to_vec(), None).expect("these bytes are text")
    }

    #[test]
    fn a_byte_order_mark_is_left_off_and_decides() {
        assert_eq!(text_of(b"\xef\xbb\xbfCaf\xc3\xa9").text, "Café");
        assert_eq!(text_of(b"\xff\xfeH\x00i\x00\xe9\x00").text, "Hié");
        assert_eq!(text_of(b"\xfe\xff\x00H\x00i").text, "Hi");
    }

    #[test]
    fn line_ends_stay() {
        assert_eq!(text_of(b"a\r\nb\rc\n").text, "a\r\nb\rc\n");
    }

    #[test]
    fn windows_1252_is_a_fallback_that_is_reported() {
        let decoded = text_of(b"\x93Good,\x94 the caf\xe9 owner said.");
        assert_eq!(decoded.text, "“Good,” the café owner said.");
        assert!(decoded.note.is_some_and(|n| n.contains("Windows-1252")));
    }

    #[test]
    fn a_fault_in_utf8_is_replaced_and_its_line_named() {
        let mut bytes = "“Good,” he said.\n“So be it,” she ".as_bytes().to_vec();
        bytes.push(0xC3);
        bytes.extend(b"said.");
        let decoded = text_of(&bytes);
        assert!(
            decoded.text.ends_with("she \u{FFFD}said."),
            "{}",
            decoded.text
        );
        assert!(decoded.note.is_some_and(|n| n.contains("line 2")));
    }

    #[test]
    fn binaries_are_named() {
        let found = |bytes: &[u8]| match decode(bytes.to_vec(), None) {
            Err(ReadErrorKind::Binary { found }) => found,
            other => panic!("expected binary, found {other:?}"),
        };
        assert_eq!(found(b"%PDF-1.7 ..."), "a PDF file");
        assert_eq!(found(b"abc\x00\x01\x02def"), "binary data");
        assert_eq!(found(b"\x80\x01\x02\x03\x04\x05\x06"), "control characters");
    }

    #[test]
    fn utf16_without_a_mark_is_seen() {
        let bytes: Vec<u8> = "Ministers met in Oslo."
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(text_of(&bytes).text, "Ministers met in Oslo.");
    }
}
