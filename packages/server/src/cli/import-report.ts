import { emptyTally } from '../import/import-result.ts'
import type { ImportResult, ImportTally } from '../import/import-result.ts'
import type { ImportOptions } from './command-options.ts'
import { formatBar } from './format-bar.ts'
import { createStatus, print, printJson, toPrintable, toStyle } from './output.ts'

export interface ImportReport {
  readonly tell: (result: ImportResult) => void
  readonly end: (tally: ImportTally) => Promise<void>
}

type Told = Extract<ImportResult, { readonly outcome: 'failed' | 'skipped' }>

/** Tells of an import as it goes: a bar on a terminal, a line for each failure, a tally at the end. */
export function createImportReport(
  { output, mode }: ImportOptions,
  countSources: () => Promise<number>,
): ImportReport {
  const status = createStatus()
  const told: Told[] = []
  let [done, failed, total] = [0, 0, 0]
  if (process.stderr.isTTY) void countSources().then((found) => (total = found), ignore)
  return { tell, end }

  function tell(result: ImportResult): void {
    done += 1
    const { outcome } = result
    if (outcome === 'failed') failed += 1
    if (outcome === 'failed' || outcome === 'skipped') note(result)
    status.show(formatBar({ done, failed, total: Math.max(done, total) }))
  }

  function note(result: Told): void {
    status.clear()
    if (output === 'text') process.stdout.write(formatLine(result))
    else told.push(result)
  }

  async function end(tally: ImportTally): Promise<void> {
    status.clear()
    const ok = tally.failed === 0
    if (output === 'text') return print(formatTally(tally))
    await printJson({ ok, dryRun: mode === 'look', tally, sources: told })
  }
}

/** Without a total there is a bar all the same: whoever imports sees each failure. */
function ignore(): void {}

function formatLine(result: Told): string {
  const { colours } = toStyle()
  const [word, colour] = result.outcome === 'failed' ? ['✗ failed', 31] : ['- skipped', 90]
  const mark = colours ? `\u001B[${colour}m${word}\u001B[39m` : word
  const code = result.outcome === 'failed' ? ` (${result.code})` : ''
  return `${mark}  ${toPrintable(result.name)}: ${toPrintable(result.reason)}${code}\n`
}

const words: Readonly<Record<ImportResult['outcome'], string>> = {
  imported: 'imported',
  known: 'there already',
  kept: 'kept, and sent on by the app',
  remembered: 'done by an earlier run',
  new: 'would be imported',
  skipped: 'skipped',
  failed: 'failed',
}

function formatTally(tally: ImportTally): string {
  const outcomes = Object.keys(emptyTally).filter(isOutcome)
  const total = outcomes.reduce((sum, outcome) => sum + tally[outcome], 0)
  const parts = outcomes
    .filter((outcome) => tally[outcome] > 0 || outcome === 'failed')
    .map((outcome) => `${tally[outcome]} ${words[outcome]}`)
  return `${total} looked at: ${parts.join(', ')}\n`
}

function isOutcome(key: string): key is ImportResult['outcome'] {
  return Object.hasOwn(words, key)
}
