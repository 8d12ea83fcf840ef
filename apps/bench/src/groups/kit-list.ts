import { openPage } from '../kit/open-page.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import type { Bench } from '../timing/run-cases.ts'

/** A long list, and one that is as short as can be. */
const lengths = [500, 1]

/** What a tick of one file's progress costs in the whole upload area, in Chromium: one row, however long the list is. */
export async function kitList({ signal, onProgress }: Bench): Promise<Row[]> {
  const rows: Row[] = []
  for (const files of lengths) {
    onProgress(`a list of ${files}`)
    rows.push(...(await measureList(files, signal)))
  }
  return rows
}

async function measureList(files: number, signal: AbortSignal): Promise<Row[]> {
  const page = await openPage('list-page.tsx', signal)
  try {
    const found = await page.call('open', files)
    if (found !== files) throw new Error(`${found} rows are no list of ${files} files.`)
    const what = `one tick of progress, ${files} in the list`
    const drawn = await page.call('countRows')
    const ms = await page.call('timeTicks')
    return [
      toRow({
        group: 'kit-list',
        name: `${what}: drawn anew`,
        figure: drawn,
        unit: 'rows',
        goal: 1,
      }),
      toRow({ group: 'kit-list', name: `${what}: time`, figure: 1000 * ms, unit: 'µs' }),
    ]
  } finally {
    await page.close()
  }
}
