import type { Family, Labels, Sample } from './exposition.ts'

/** What counts, and then writes itself down. */
export interface Counter {
  readonly add: (labels: Labels) => void
  readonly toFamily: () => Family
}

/** Makes a counter. Its name ends in `_total`, as Prometheus asks. */
export function createCounter(name: string, help: string): Counter {
  const series = new Map<string, { readonly labels: Labels; value: number }>()
  return {
    add(labels) {
      const one = series.get(toKey(labels))
      if (one) one.value += 1
      else series.set(toKey(labels), { labels, value: 1 })
    },
    toFamily: () => ({ name, help, type: 'counter', samples: [...series.values()].map(copy) }),
  }
}

/** Names a series: the same labels in the same order are the same one. */
export function toKey(labels: Labels): string {
  return JSON.stringify(Object.values(labels))
}

function copy({ labels, value }: Sample): Sample {
  return { labels, value }
}
