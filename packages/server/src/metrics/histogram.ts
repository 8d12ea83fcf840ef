import { toKey } from './counter.ts'
import { writeNumber } from './exposition.ts'
import type { Family, Labels, Sample } from './exposition.ts'

export interface Histogram {
  readonly observe: (labels: Labels, value: number) => void
  readonly toFamily: () => Family
}

interface Series {
  readonly labels: Labels
  /** One more than there are boundaries: the last has no end. Not cumulative yet. */
  readonly tallies: number[]
  sum: number
}

/** Makes a histogram with these boundaries, which must rise; a value that equals one is below it. */
export function createHistogram(
  name: string,
  help: string,
  boundaries: readonly number[],
): Histogram {
  const all = new Map<string, Series>()
  return {
    observe(labels, value) {
      const series = find(labels)
      const at = boundaries.findIndex((boundary) => value <= boundary)
      const place = at === -1 ? boundaries.length : at
      series.tallies[place] = (series.tallies[place] ?? 0) + 1
      series.sum += value
    },
    toFamily: () => ({
      name,
      help,
      type: 'histogram',
      samples: [...all.values()].flatMap((series) => toSamples(series, boundaries)),
    }),
  }

  function find(labels: Labels): Series {
    const known = all.get(toKey(labels))
    if (known) return known
    const series = { labels, tallies: Array(boundaries.length + 1).fill(0), sum: 0 }
    all.set(toKey(labels), series)
    return series
  }
}

/** Buckets are cumulative in this format: each counts what is in the smaller ones too. */
function toSamples({ labels, tallies, sum }: Series, boundaries: readonly number[]): Sample[] {
  let count = 0
  const buckets = tallies.map((tally, at) => {
    count += tally
    const le = writeNumber(boundaries[at] ?? Infinity)
    return { suffix: '_bucket', labels: { ...labels, le }, value: count }
  })
  return [
    ...buckets,
    { suffix: '_sum', labels, value: sum },
    { suffix: '_count', labels, value: count },
  ]
}
