"""From plain text to the blocks of a page."""

from engage.demo.prose import page_blocks, rich_text


def test_headings_start_blocks_of_their_own():
    found = page_blocks("First.\n\n## What next\n\nSecond\nline.\n\n- one\n- two")
    assert found == [
        ("text", "<p>First.</p>"),
        ("heading", "What next"),
        ("text", "<p>Second line.</p><ul><li>one</li><li>two</li></ul>"),
    ]


def test_emphasis_and_numbers():
    assert rich_text("1. **One**\n2. *two*") == "<ol><li><b>One</b></li><li><i>two</i></li></ol>"


def test_signs_of_html_are_shown_and_not_run():
    assert rich_text("a < b & <script>") == "<p>a &lt; b &amp; &lt;script&gt;</p>"


def test_a_table_becomes_a_table_block():
    (_heading, (kind, value)) = page_blocks("## Weather\n\n| If | Then |\n| --- | --- |\n| rain | soup |")
    assert kind == "table"
    assert value["caption"] == "Weather"
    assert [column["heading"] for column in value["columns"]] == ["If", "Then"]
    assert value["rows"] == [{"values": ["rain", "soup"]}]
