"""Kazakh letters are right as drawn: what reads as Қ looks like Қ.

Subset fonts under one family name drew wrong letters with no error, and all checks of the text were content.
So here the page is drawn, each letter is cut out of the picture, and compared with the font's own shapes.
"""

import re
import shutil
from functools import cache

from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps, ImageStat

from apps.documents.blocks import column, group, same, table, text
from apps.documents.renderers import fonts, render
from tests.documents.looking import LETTERS, picture, run
from tests.documents.samples import snapshot

RESOLUTION = 400
FAR = 25  # of 255, on the average of all dots
SIZE = 10 * RESOLUTION / 72  # of the table's letters, in dots
# Each letter among those with which it may be confused, in the font and by a hasty eye.
RIVALS = "ЭэГгКкНнОоУуЙйЦцЩщЪъLlVv" + LETTERS


def page_of_letters(letters=LETTERS):
    columns = [column("a", text("Әріп", "Буква"), 40), column("b", text("Сөз", "Слово"), 200)]
    rows = [[same(letter * 3), same("–")] for letter in letters]
    return snapshot(
        "list", orientation="landscape", title=text("Т", "П"), blocks=[table(columns, [group(rows)])]
    )


def shape(picture):
    """Cut off the empty margins and give the shape one size, keeping how wide it is to its height."""
    box = ImageOps.invert(picture).point(lambda dot: 255 if dot > 60 else 0).getbbox()
    cut = picture.crop(box)
    return cut.resize((96, 64)), cut.width / cut.height


@cache
def drawn(letter):
    """Draw three of a letter with the font itself."""
    font = ImageFont.truetype(str(fonts.font_path(fonts.REGULAR)), SIZE)
    picture = Image.new("L", (int(SIZE * 6), int(SIZE * 3)), 255)
    ImageDraw.Draw(picture).text((SIZE / 2, SIZE / 2), letter * 3, font=font, fill=0)
    return shape(picture)


def difference(one, other):
    (first, first_ratio), (second, second_ratio) = one, other
    dots = ImageStat.Stat(ImageChops.difference(first, second)).mean[0]
    return dots + 100 * abs(first_ratio - second_ratio) / first_ratio


def wrong_letters(content, letters=LETTERS):
    """List the letters that look more like another letter than like themselves."""
    page = picture(content, RESOLUTION)
    boxes = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</word>',
        run("pdftotext", "-bbox", "-l", "1", "-", "-", content=content).decode(),
    )
    found = {word: [float(edge) * RESOLUTION / 72 for edge in edges] for *edges, word in boxes}
    wrong = []
    for letter in letters:
        left, top, right, bottom = found[letter * 3]
        seen = shape(page.crop((int(left) - 2, int(top), int(right) + 3, int(bottom) + 1)))
        best = min(RIVALS, key=lambda rival, seen=seen: difference(seen, drawn(rival)))
        if best != letter or difference(seen, drawn(letter)) > FAR:
            wrong.append(letter)
    return wrong


def test_every_kazakh_letter_is_drawn_as_itself():
    assert wrong_letters(render(page_of_letters(), "kk", "pdf")) == []


def test_a_font_that_draws_other_letters_is_noticed(settings, tmp_path):
    """The negative control: the text still reads Қ and ү, only the shapes are those of Ң and ұ."""
    swapped = {"Қ": "Ң", "Ң": "Қ", "ү": "ұ", "ұ": "ү"}
    folder = tmp_path / "fonts"
    shutil.copytree(settings.PAPER_FONTS_DIR, folder)
    with TTFont(folder / fonts.REGULAR) as font:
        names = font.getBestCmap()
        other = {ord(letter): names[ord(drawn_as)] for letter, drawn_as in swapped.items()}
        for part in font["cmap"].tables:
            part.cmap = part.cmap | other
        font.save(tmp_path / "swapped.ttf")
    (tmp_path / "swapped.ttf").replace(folder / fonts.REGULAR)
    right, settings.PAPER_FONTS_DIR = settings.PAPER_FONTS_DIR, folder
    fonts.ruler.cache_clear()
    content = render(page_of_letters(), "kk", "pdf")
    settings.PAPER_FONTS_DIR = right
    fonts.ruler.cache_clear()
    assert "ҚҚҚ" in run("pdftotext", "-", "-", content=content).decode()
    assert sorted(wrong_letters(content)) == sorted(swapped)
