import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { codeTable } from '../codes.ts'
import { fidelity } from '../fidelity.ts'
import { defaultSettings } from '../settings.ts'

/** Writes the part of the README that is made of the code: behaviours, error numbers and settings. */
export function toFidelityTable(): string {
  return [
    toTable(['', 'like production', 'behaviour'], fidelity.map(toBehaviour)),
    fold(
      'Error numbers',
      toTable(['number', 'status', 'message'], Object.entries(codeTable).map(toCode)),
    ),
    fold('Settings', toTable(['setting', 'what it chooses', 'default'], readSettings())),
  ].join('\n\n')
}

type Row = readonly string[]

const toBehaviour = ({ area, likeness, behaviour, source }: (typeof fidelity)[number]): Row => [
  area,
  likeness,
  source === undefined ? behaviour : `${behaviour} ([source](${source}))`,
]

const toCode = ([code, facts]: [string, (typeof codeTable)[keyof typeof codeTable]]): Row => [
  `${code} (${facts.certainty})`,
  `${facts.status} (${facts.statusCertainty})`,
  facts.message,
]

/** The words stand beside each setting in its own file. */
function readSettings(): readonly Row[] {
  const path = fileURLToPath(new URL('../settings.ts', import.meta.url))
  const source = readFileSync(path, 'utf8')
  return Object.entries(defaultSettings).map(([name, value]) => {
    const before = source.slice(0, source.indexOf(`  readonly ${name}:`))
    const comment = before.slice(before.lastIndexOf('/**') + 3, before.lastIndexOf('*/'))
    const words = comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim()
    return [`\`${name}\``, words.replace(/\s*Default: .*$/, ''), toDefault(value)]
  })
}

function toDefault(value: unknown): string {
  if (typeof value === 'function') return `\`${String(value)}\``
  if (isRefusal(value)) return `${value.status}, ${value.code}`
  return `\`${JSON.stringify(value)}\``
}

const isRefusal = (value: unknown): value is { readonly status: number; readonly code: number } =>
  typeof value === 'object' && value !== null && 'status' in value && 'code' in value

const toTable = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map(toLine).join('\n')

const toLine = (cells: Row): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const fold = (title: string, table: string): string =>
  `<details><summary>${title}</summary>\n\n${table}\n\n</details>`
