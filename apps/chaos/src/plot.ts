/** Draws numbers as rows of a text. */
export function plot(counts: readonly number[], unit: string): string {
  const highest = Math.max(1, ...counts)
  return counts
    .map((count, at) => {
      const bar = '#'.repeat(Math.ceil((count / highest) * WIDTH))
      return `  ${`${at}`.padStart(4)} ${unit}  ${`${count}`.padStart(4)}  ${bar}`.trimEnd()
    })
    .join('\n')
}

const WIDTH = 50
