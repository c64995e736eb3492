"""characters.py: prints the characters of the program's font, one string.

8105 characters of the national standard (kTGH of Unihan), GB2312, level 1 of Big5,
Latin with its accents, Greek, Cyrillic, symbols and full-width forms.
"""
import bz2, re, sys

chars = set()
with bz2.open('/usr/share/unicode/Unihan_OtherMappings.txt.bz2', 'rt', encoding='utf-8') as f:
    for line in f:
        m = re.match(r'U\+([0-9A-F]+)\tkTGH\t', line)
        if m:
            chars.add(chr(int(m.group(1), 16)))
for codec, leads in (('gb2312', range(0xa1, 0xf8)), ('big5', range(0xa1, 0xc7))):
    for lead in leads:
        for trail in range(0x40, 0xff):
            try:
                chars.add(bytes((lead, trail)).decode(codec))
            except UnicodeDecodeError:
                pass
for first, last in ((0x20, 0x7e), (0xa0, 0x17f), (0x391, 0x3c9), (0x400, 0x45f), (0x2010, 0x2027), (0x2030, 0x205e),
                    (0x20a0, 0x20bf), (0x2100, 0x2122), (0x2190, 0x2199), (0x2200, 0x22ff), (0x2460, 0x2473),
                    (0x25a0, 0x25cf), (0x2605, 0x2606), (0x3000, 0x303f), (0xff01, 0xff5e), (0xffe0, 0xffe6)):
    chars.update(map(chr, range(first, last + 1)))
sys.stdout.write(''.join(sorted(c for c in chars if c.isprintable() or c == '\u3000')))
