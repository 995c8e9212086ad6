import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'

type Triple = readonly [number, number, number]

/**
 * How colours look to people who lack one kind of cone, on linear RGB. G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A
 * Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15 (2009), severity 1.0.
 */
const visions: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  'all three kinds of cone': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

function multiply(rows: readonly Triple[], [x, y, z]: Triple): Triple {
  const [a, b, c] = rows.map((row) => row[0] * x + row[1] * y + row[2] * z)
  return [a ?? 0, b ?? 0, c ?? 0]
}

/** sRGB as `#rrggbb` to linear RGB. */
function parseColour(hex: string): Triple {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return [r, g, b]
}

/** CIELAB under D65. */
function toLab(rgb: Triple): Triple {
  const [r = 0, g = 0, b = 0] = rgb.map((value) => Math.min(1, Math.max(0, value)))
  const toXyz: readonly Triple[] = [
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ]
  const [x, y, z] = multiply(toXyz, [r, g, b])
  const [fx = 0, fy = 0, fz = 0] = [x / 0.95047, y, z / 1.08883].map((value) =>
    value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116,
  )
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)]
}

const radians = (degrees: number) => (degrees * Math.PI) / 180
const hueOf = (b: number, a: number) => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360

/** CIEDE2000, as in G. Sharma, W. Wu, E. N. Dalal: Color Research & Application 30 (2005). */
function measureDistance([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const chroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const stretch = 1 + 0.5 * (1 - Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7)))
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)]
  const [h1, h2] = [hueOf(b1, a1 * stretch), hueOf(b2, a2 * stretch)]
  const isGrey = c1 * c2 === 0
  const isFar = Math.abs(h2 - h1) > 180
  const turn = isGrey ? 0 : h2 - h1 - (isFar ? 360 * Math.sign(h2 - h1) : 0)
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const half = (h1 + h2) / 2
  const h = isGrey ? h1 + h2 : isFar ? half + (half < 180 ? 180 : -180) : half
  const t =
    1 -
    0.17 * Math.cos(radians(h - 30)) +
    0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) -
    0.2 * Math.cos(radians(4 * h - 63))
  const lightness = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2))
  const colourfulness = (c2 - c1) / (1 + 0.045 * c)
  const hue = (2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2))) / (1 + 0.015 * c * t)
  const rotation =
    -Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7))
  return Math.sqrt(lightness ** 2 + colourfulness ** 2 + hue ** 2 + rotation * colourfulness * hue)
}

async function readPalette(name: string): Promise<string[]> {
  const css = await readFile(new URL('palettes.css', import.meta.url), 'utf8')
  const block = css.slice(css.indexOf(`[data-palette='${name}']`)).split('}', 1)[0] ?? ''
  return [...block.matchAll(/--s\d: (#[0-9a-f]{6});/g)].map(([, colour = '']) => colour)
}

describe('the distance of colours', () => {
  // From the table of test data in the paper.
  test.each<[Triple, Triple, number]>([
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 2.5, 0], [58, 24, 15], 19.4535],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
    [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  ])('of %j and %j is %d', (one, other, expected) => {
    expect(measureDistance(one, other)).toBeCloseTo(expected, 4)
  })

  test.each(Object.entries(visions))(
    'of any two symbols in the safe palette is at least 20 with %s',
    async (_, vision) => {
      const labs = (await readPalette('muted')).map((colour) => toLab(multiply(vision, parseColour(colour))))
      expect(labs).toHaveLength(10)
      const close = labs.flatMap((one, symbol) =>
        labs.slice(0, symbol).flatMap((other, before) => {
          const distance = measureDistance(one, other)
          return distance < 20 ? [`${before} and ${symbol}: ${distance.toFixed(1)}`] : []
        }),
      )
      expect(close).toEqual([])
    },
  )
})
