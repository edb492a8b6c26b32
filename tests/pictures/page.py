"""A page that looks like a Slack channel, a modal, or the Home tab, and its picture."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.fake_slack.workspace import Message
from tests.pictures.blocks import blocks_as_html
from tests.pictures.mrkdwn import as_html, plain_as_html

WIDTH = 720
_TALLEST = 6_000
_STYLE = """
body { font: 15px/1.47 Lato, "Noto Sans", "DejaVu Sans", sans-serif; color: #1d1c1d; margin: 0; padding: 16px 20px;
       width: 680px; background: #fff }
.message { display: flex; gap: 8px; margin: 0 0 14px } .reply { margin-left: 44px }
.face { flex: 0 0 36px; height: 36px; border-radius: 6px; background: #4a154b; color: #fff; text-align: center;
        line-height: 36px; font-weight: bold } .face.person { background: #1264a3 }
.who { font-weight: 900; margin-right: 6px } .app { font-size: 10px; background: #ddd; border-radius: 3px; padding: 1px 4px; color: #555 }
.private { font-size: 12px; color: #616061 } .block { margin: 6px 0 } h2 { font-size: 18px; margin: 4px 0 }
.context, .hint, .private { font-size: 13px; color: #616061 } .context > span { display: block }
hr { border: 0; border-top: 1px solid #ddd } .accessory { float: right; margin-left: 12px }
button { font: bold 14px/1 sans-serif; border: 1px solid #bbb; border-radius: 4px; background: #fff;
         padding: 8px 12px; margin: 2px 6px 2px 0 } button.primary { background: #007a5a; color: #fff; border: 0 }
button.danger { background: #e01e5a; color: #fff; border: 0 } .mention { background: #e8f5fa; color: #1264a3 }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 16px } a { color: #1264a3 }
blockquote { border-left: 4px solid #ddd; margin: 2px 0; padding-left: 10px } .choice { margin: 3px 0 }
label { font-weight: bold; display: block; margin: 10px 0 4px } .field { border: 1px solid #bbb; border-radius: 4px;
padding: 7px 10px; min-height: 20px } .tall { min-height: 70px } .menu { display: inline-block; min-width: 220px }
.arrow { float: right; margin-left: 12px } table { border-collapse: collapse } td { border: 1px solid #ddd; padding: 4px 8px }
.view { border: 1px solid #ddd; border-radius: 8px; padding: 12px 20px } .title { font-size: 20px; font-weight: 900 }
.foot { text-align: right; margin-top: 14px } .bar span { display: inline-block; width: 180px }
.bar i { display: inline-block; height: 12px; background: #4a154b } .tab { color: #616061; margin-bottom: 8px }
"""


def conversation(messages: Sequence[Message], names: Mapping[str, str]) -> str:
    """Return a conversation as HTML; replies in a thread are set in."""
    return "\n".join(_message(message, names) for message in messages)


def modal(view: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return a modal as HTML."""
    buttons = "".join(
        f'<button class="{style}">{plain_as_html(view[part]["text"])}</button>'
        for part, style in (("close", ""), ("submit", "primary"))
        if view.get(part)
    )
    title = plain_as_html(view["title"]["text"])
    body = blocks_as_html(view["blocks"], names)
    return f'<div class="view"><div class="title">{title}</div>{body}<div class="foot">{buttons}</div></div>'


def home(view: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the Home tab as HTML."""
    return f'<div class="tab"><b>Home</b> · Messages · About</div>{blocks_as_html(view["blocks"], names)}'


def _message(message: Message, names: Mapping[str, str]) -> str:
    name = names.get(message.user, message.user)
    app = ' <span class="app">APP</span>' if message.is_ours else ""
    only = '<div class="private">Only visible to you</div>' if message.only_for else ""
    body = blocks_as_html(message.blocks, names) if message.blocks else as_html(message.text, names)
    is_reply = message.thread_ts not in ("", message.ts)
    face = f'<div class="face{"" if message.is_ours else " person"}">{plain_as_html(name[:1].upper())}</div>'
    said = f'<div><span class="who">{plain_as_html(name)}</span>{app}{only}{body}</div>'
    return f'<div class="message{" reply" if is_reply else ""}">{face}{said}</div>'


def picture(body: str, to: Path, style: str = "") -> None:
    """Write a PNG that is as tall as what is on it; `style` adds CSS. Needs `chromium` on the PATH."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit(
            "make pictures needs chromium: install it (Debian: apt install chromium) and try again"
        )
    page = f"<!doctype html><meta charset=utf-8><style>{_STYLE}{style}</style><body>{body}</body>"
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "page.html"
        file.write_text(page, encoding="utf-8")
        height = _height_of(browser, file, Path(directory))
        _run(browser, file, Path(directory), f"--screenshot={to}", f"--window-size={WIDTH},{height}")


def _height_of(browser: str, file: Path, directory: Path) -> int:
    """Return how tall the page is: measured by the page itself, which writes it into its title."""
    measuring = directory / "measuring.html"
    script = "<script>document.title=document.body.scrollHeight</script>"
    measuring.write_text(file.read_text(encoding="utf-8") + script, encoding="utf-8")
    dumped = _run(browser, measuring, directory, "--dump-dom", f"--window-size={WIDTH},800")
    height = dumped.partition("<title>")[2].partition("</title>")[0]
    return min(int(height) + 8, _TALLEST)


def _run(browser: str, file: Path, directory: Path, *options: str) -> str:
    command = [
        browser,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
    ]
    command += [f"--user-data-dir={directory / 'profile'}", *options, file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own page
    return done.stdout
