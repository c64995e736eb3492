"""semibold.py REGULAR.ttf SEMIBOLD.ttf: widen each outline (the method of FreeType's FT_Outline_Embolden)."""
import math, sys
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

def unit(p, q):
    l = math.hypot(q[0]-p[0], q[1]-p[1])
    return ((q[0]-p[0])/l, (q[1]-p[1])/l, l) if l else (0, 0, 0)

def widen(pts, sx, sy, cw):
    out, k = [], len(pts)
    for i, p in enumerate(pts):
        a = next((unit(pts[i-d], p) for d in range(1, k) if pts[i-d] != p), (0, 0, 0))
        b = next((unit(p, pts[(i+d) % k]) for d in range(1, k) if pts[(i+d) % k] != p), (0, 0, 0))
        d = a[0]*b[0] + a[1]*b[1] + 1
        if d < 0.0625 or not a[2]:
            out.append(p); continue
        x, y = (-(a[1]+b[1]), a[0]+b[0]) if cw else (a[1]+b[1], -(a[0]+b[0]))
        q, l = abs(b[0]*a[1] - b[1]*a[0]), min(a[2], b[2])
        out.append((round(p[0] + (x*sx/d if sx*q <= l*d else x*l/q)), round(p[1] + (y*sy/d if sy*q <= l*d else y*l/q))))
    return out

f = TTFont(sys.argv[1]); em = f['head'].unitsPerEm; sx, sy = em/62, em/92
code = {v: k for k, v in f.getBestCmap().items()}
for name in f['glyf'].keys():
    g = f['glyf'][name]
    if g.numberOfContours <= 0: continue
    ends, pts = g.endPtsOfContours, [tuple(p) for p in g.coordinates]
    parts = [pts[s:e+1] for s, e in zip([0]+[e+1 for e in ends], ends)]
    cw = sum(c[i-1][0]*c[i][1] - c[i][0]*c[i-1][1] for c in parts for i in range(len(c))) < 0
    new = [p for c in parts for p in widen(c, sx, sy, cw)]
    wide = code.get(name, 0x4e00) < 0x2000                      # Latin grows a little wider, hanzi keep the square
    g.coordinates = GlyphCoordinates([(x + int(wide*sx*0.6), y) for x, y in new]); g.recalcBounds(f['glyf'])
    f['hmtx'][name] = (f['hmtx'][name][0] + int(wide*sx*1.2), g.xMin)
f.save(sys.argv[2])
