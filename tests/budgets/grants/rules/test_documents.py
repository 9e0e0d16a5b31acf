"""Files: taken by what they are, refused for what they could do."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.grants.rules import documents, files
from budgets.grants.rules import packed as packed_rules
from budgets.grants.rules.documents import JPEG, PDF, PNG, TEXT, WORD, Looked, clean_name, look_at
from engage.kit.decisions import Denied
from tests.budgets.grants.files import RELS, open_text, packed, packed_objects, pdf, picture, word

LINK = '<Relationship Type="http://x/hyperlink" Target="https://example.org" TargetMode="External"/>'
TEMPLATE = (
    '<Relationship Type="http://x/attachedTemplate" Target="https://example.org/t" TargetMode="External"/>'
)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("rules.pdf", pdf(b"<< /Type /Page >>"), PDF),
        ("Rules v2.1.PDF", pdf(packed_objects(b"5 0 << /Type /Page >>")), PDF),
        ("opens.pdf", pdf(b"<< /OpenAction[3 0 R /XYZ null null 0] >>"), PDF),
        ("goes.pdf", pdf(b"<< /OpenAction << /S /GoTo /D [1] >> >>"), PDF),
        ("points.pdf", pdf(b"<< /OpenAction 3 0 R >>", b"[ 1 0 R /Fit ]"), PDF),
        ("rules.docx", word(), WORD),
        ("links.docx", word({"word/_rels/document.xml.rels": RELS.format(LINK)}), WORD),
        ("says.docx", word({"word/a.xml": "<w:t>DDE is a word, and macros are too</w:t>"}), WORD),
        ("rules.odt", open_text({"content.xml": "<office:scripts/>"}), TEXT),
        ("photo.png", picture(), PNG),
        ("photo.JPG", picture("JPEG"), JPEG),
    ],
)
def test_what_groups_send_every_day_is_taken(name, content, content_type) -> None:
    assert look_at(name, content) == Looked(content_type, name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (pdf(b"<< /S /JavaScript /JS (app.alert) >>"), "scripts"),
        (pdf(b"<< /S /J#61v#61Script >>"), "scripts"),
        (pdf(packed_objects(b"5 0 << /S /JavaScript >>")), "scripts"),
        (pdf(packed_objects(b"5 0 << /S /Java#53cript >>")), "scripts"),
        (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "starts programs"),
        (pdf(b"<< /Type /Filespec /EF << >> /EmbeddedFile 4 0 R >>"), "other files"),
        (pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), "other files"),
        (pdf(b"<< /S /SubmitForm >>"), "sends data"),
        (pdf(b"<< /XFA 3 0 R >>"), "a form that can run"),
        (pdf(b"<< /AA << /WC << /S /URI /URI (http://x) >> >> >>"), "happens by itself"),
        (pdf(b"<< /S /Rendition /JS (1) >>"), "films or sound"),
        (pdf(b"<< /JS(1) >>"), "scripts"),
        (pdf(b"<< /S /GoToR /F (//elsewhere/s) >>"), "opens other files"),
        (pdf(b"<< /OpenAction << /S /URI /URI (http://x) >> >>"), "when it is opened"),
        (pdf(b"<< /OpenAction 3 0 R >>", b"<< /S /URI >>"), "when it is opened"),
        (pdf(packed_objects(b"5 0 << /OpenAction 9 0 R >>")), "when it is opened"),
        (pdf(b"<< /Encrypt 5 0 R >>"), "password"),
        (pdf(packed_objects(b"5 0 <<>>", b"/Predictor 12 ")), "cannot look into"),
        (pdf(b"<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nabc\nendstream"), "cannot look into"),
        (pdf(b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nnot packed\nendstream"), "cannot look into"),
    ],
)
def test_a_pdf_that_could_act_is_refused(content, said) -> None:
    refused(look_at("rules.pdf", content), said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (word({"word/vbaProject.bin": b"x"}), "macros"),
        (word({"word/activeX/activeX1.xml": "<x/>"}), "macros"),
        (word({"word/embeddings/oleObject1.bin": b"x"}), "macros"),
        (word({"word/media/image1.bin": b"MZ\x90"}), "macros"),
        (word(content_types='<Override ContentType="application/vnd.x.macroEnabled.main+xml"/>'), "macros"),
        (word({"word/_rels/settings.xml.rels": RELS.format(TEMPLATE)}), "fetches"),
        (
            word({"word/_rels/a.xml.rels": RELS.format(TEMPLATE.replace("External", "&#69;xternal"))}),
            "fetches",
        ),
        (word({"word/_rels/a.xml.rels": ("\ufeff" + RELS.format(TEMPLATE)).encode("utf-16-le")}), "fetches"),
        (
            word({"word/x.xml": "<w:instrText>DD</w:instrText><w:instrText>EAUTO c:\\x</w:instrText>"}),
            "macros",
        ),
        (word({"word/x.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "cannot look into"),
        (word({"word/embeddings/sheet.xlsx": word({"xl/vbaProject.bin": b"x"})}), "macros"),
    ],
)
def test_a_document_that_could_act_is_refused(content, said) -> None:
    refused(look_at("rules.docx", content), said)


@pytest.mark.parametrize(
    "more",
    [
        {"Basic/Standard/Module1.xml": "<x/>"},
        {"Scripts/python/run.py": "x"},
        {"content.xml": '<script:event-listener xlink:href="vnd.sun.star.script:x"/>'},
        {"content.xml": '<a xlink:href="macro:///Standard.M"/>'},
    ],
)
def test_an_open_document_that_could_act_is_refused(more) -> None:
    refused(look_at("rules.odt", open_text(more)), "macros")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rules.pdf", b"", "empty"),
        ("rules.pdf", b"MZ\x90\x00", "program"),
        ("rules.pdf", b"#!/bin/sh\n", "program"),
        ("rules.pdf", b"<!doctype html><script>", "web page"),
        ("photo.png", b"\xef\xbb\xbf <svg onload=x>", "web page"),
        ("photo.svg", b"<?xml version='1.0'?><svg/>", "web page"),
        ("rules.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        ("notes.txt", b"hello", "cannot take"),
        ("all.zip", packed({"a.txt": "a"}), "cannot take"),
        ("rules.exe", pdf(), "ending that programs have"),
        ("rules.exe.pdf", pdf(), "ending that programs have"),
        ("rules.pdf.html", pdf(), "ending that programs have"),
        ("rules.docx", pdf(), "is a .pdf file"),
        ("rules", pdf(), "is a .pdf file"),
        ("rules.docx", b"PK\x03\x04 broken", "cannot look into"),
    ],
)
def test_what_is_no_document_is_refused(name, content, said) -> None:
    refused(look_at(name, content), said)


def test_what_is_too_much_is_refused_before_it_is_unpacked(monkeypatch) -> None:
    assert look_at("a.pdf", b"%PDF-" + b"x" * documents.MAX_BYTES).status == 413
    for module in (packed_rules, files):
        monkeypatch.setattr(module, "MAX_UNPACKED", 10_000)
    refused(look_at("rules.docx", word({"word/x.xml": "a" * 20_000})), "far more")
    monkeypatch.setattr("budgets.grants.rules.pdf.MAX_UNPACKED", 10_000)
    refused(look_at("rules.pdf", pdf(packed_objects(b"0" * 20_000))), "far more")


def test_sizes_that_a_packed_file_lies_about_do_not_help_it(monkeypatch) -> None:
    monkeypatch.setattr(packed_rules, "MAX_UNPACKED", 10_000)
    lying = bytearray(word({"word/x.xml": "a" * 20_000}))
    real = (20_000).to_bytes(4, "little")
    while (at := lying.find(real)) >= 0:
        lying[at : at + 4] = (5).to_bytes(4, "little")
    assert isinstance(look_at("rules.docx", bytes(lying)), Denied)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("C:\\Users\\me\\rules.pdf", "rules.pdf"),
        ("../../etc/rules.pdf", "rules.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        ('ru"les\r\nX: y.pdf', "ru-les--X- y.pdf"),
        ("\0.pdf", "-.pdf"),
        ("", "document"),
    ],
)
def test_names_are_made_harmless(typed, shown) -> None:
    assert clean_name(typed) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("a" * 300 + ".pdf") == "a" * 116 + ".pdf"


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff"]))
def test_any_bytes_get_an_answer(content, start) -> None:
    assert isinstance(look_at("rules.pdf", start + content), Looked | Denied)


def refused(answer: Looked | Denied, said: str) -> None:
    assert isinstance(answer, Denied), answer
    assert said in str(answer.reason)
    assert answer.field == "file"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("opens.pdf", pdf(b"/OpenAction 3 0 R " * 100_000, b"1 0 obj ["), "when it is opened"),
        ("opens.pdf", pdf(b"".join(b"/OpenAction %d 0 R " % n for n in range(20_000))), "when it is opened"),
        (
            "streams.pdf",
            pdf(b"stream\n" + zlib.compress(b"")) + (b"stream\n" + zlib.compress(b"")) * 100_000,
            "far more",
        ),
        (
            "relations.docx",
            word({"word/_rels/document.xml.rels": "<Relationship " * 300_000}),
            "cannot look into",
        ),
        ("fields.docx", word({"word/a.xml": "<w:instrText " * 300_000 + "<w:t>DDE</w:t>"}), None),
        (
            "quotes.docx",
            word({"word/_rels/document.xml.rels": RELS.format(TEMPLATE.replace("/t", "/t>"))}),
            "fetches",
        ),
    ],
)
def test_a_file_made_to_take_for_ever_is_looked_through_at_once(name, content, said) -> None:
    """Were any of these looked through in more than one go, this test would run for minutes."""
    found = look_at(name, content)
    assert said in str(found.reason) if said else isinstance(found, Looked)
