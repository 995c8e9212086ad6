// Cached: within Jest's contexts a global costs more than the logarithm.
const { abs, atan2, cos, cosh, exp, log, max, min, PI, sin, sinh, sqrt } = Math

/** `factor` times a random number that follows the Gamma distribution with shape `shape` and scale 1. */
export interface GammaTerm {
  readonly shape: number
  readonly factor: number
}

/**
 * The probability that a sum of independent Gamma variables, each times its own factor, is below zero.
 *
 * The sum S has the cumulant function K(s) = −Σ shape · ln(1 − factor · s), and its tail is an integral over any vertical line of
 * the complex plane within K's domain: P(S > 0) = 1/(2πi) ∫ exp K(s) / s ds to the right of 0, and the same with the other sign
 * gives P(S < 0) to the left of it. Through the saddle point, where K′ = 0, the integrand does not oscillate and falls off like a
 * normal density, so the trapezoidal rule is accurate to some ten digits with a few dozen points (Rice 1980, SIAM J. Sci. Stat.
 * Comput. 1, 438). Stretching the line by sinh keeps that for the long tails of few variables.
 *
 * @returns from 0 to 1; 1 where no factor is above zero
 */
export function chanceSumIsNegative(terms: readonly GammaTerm[]): number {
  const effectiveTerms = terms.filter(({ shape, factor }) => shape > 0 && factor !== 0)
  const least = min(...effectiveTerms.map(({ factor }) => factor))
  const most = max(...effectiveTerms.map(({ factor }) => factor))
  if (!(most > 0)) return 1
  if (!(least < 0)) return 0
  const saddle = findSaddle(effectiveTerms, 1 / least, 1 / most)
  const near = 0.4 / sqrt(derive(effectiveTerms, saddle)[1])
  const isRight = saddle > 0
  // Too close to the pole at 0 the integrand has a spike: any other line on that side will do.
  const line = abs(saddle) > near ? saddle : isRight ? min(near, 0.5 / most) : max(-near, 0.5 / least)
  const tail = integrateAlong(effectiveTerms, line)
  return min(1, max(0, isRight ? 1 - tail : -tail))
}

/** The first two derivatives of K at a real `s`. */
function derive(terms: readonly GammaTerm[], s: number): [first: number, second: number] {
  let first = 0
  let second = 0
  for (const { shape, factor } of terms) {
    const ratio = factor / (1 - factor * s)
    first += shape * ratio
    second += shape * ratio * ratio
  }
  return [first, second]
}

/** The zero of K′. It grows from −∞ to ∞ between the two ends, so Newton's method within a bracket finds it. */
function findSaddle(terms: readonly GammaTerm[], from: number, to: number): number {
  let [low, high, s] = [from, to, 0]
  for (let step = 0; step < 100; step += 1) {
    const [first, second] = derive(terms, s)
    if (first > 0) high = s
    else low = s
    const newton = s - first / second
    const next = newton > low && newton < high ? newton : (low + high) / 2
    if (abs(next - s) * sqrt(second) < 1e-6) return next
    s = next
  }
  return s
}

/** 1/(2πi) ∫ exp K(s) / s ds upwards along the line with real part `line`: the halves are conjugates, so one is enough. */
function integrateAlong(terms: readonly GammaTerm[], line: number): number {
  const scale = 1 / sqrt(derive(terms, line)[1])
  const shapes = terms.reduce((sum, { shape }) => sum + shape, 0)
  // One long tail beside many short ones keeps oscillating while it falls off.
  const stepWidth = 0.08 * min(1, (100 / shapes) ** 0.3)
  let sum = 0
  let largest = 0
  for (let step = 0; step < 1_000; step += 1) {
    const y = scale * sinh(step * stepWidth)
    let logSize = 0
    let phase = 0
    for (const { shape, factor } of terms) {
      const real = 1 - factor * line
      const imaginary = -factor * y
      logSize -= (shape / 2) * log(real * real + imaginary * imaginary)
      phase -= shape * atan2(imaginary, real)
    }
    const weight = (exp(logSize) * scale * cosh(step * stepWidth)) / (line * line + y * y)
    const value = weight * (line * cos(phase) + y * sin(phase))
    sum += step === 0 ? value / 2 : value
    const size = weight * sqrt(line * line + y * y)
    largest = max(largest, size)
    if (size < 1e-12 * largest) break
  }
  return (stepWidth * sum) / PI
}
