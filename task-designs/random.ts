/** Random choices that are the same each time for one seed, so that the tasks on disk can be made again. */
export interface Random {
  /** An integer from `least` to `most`, both included. */
  between(min: number, max: number): number
  pick<Item>(items: readonly Item[]): Item
  /** Some of the items in random order. */
  pickSome<Item>(items: readonly Item[], count: number): Item[]
}

/** Mulberry32 by Tommy Ettinger: small, and random enough to place blocks. */
export function createRandom(seed: number): Random {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    between,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[between(0, items.length - 1)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    pickSome<Item>(items: readonly Item[], count: number): Item[] {
      return items
        .map((item) => ({ item, order: next() }))
        .sort((a, b) => a.order - b.order)
        .slice(0, count)
        .map(({ item }) => item)
    },
  }
}
