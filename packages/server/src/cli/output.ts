import type { ReportStyle } from '../doctor/format-report.ts'
import { createProgress } from './progress.ts'

/** Writes to whoever reads, and resolves when it is written. */
export async function print(text: string): Promise<void> {
  await new Promise<void>((resolve) => void process.stdout.write(text, () => resolve()))
}

/** Writes everything for machines. */
export function printJson(value: object): Promise<void> {
  return print(`${JSON.stringify(value, null, 2)}\n`)
}

/** @see https://no-color.org */
export function toStyle(): ReportStyle {
  const { isTTY, columns } = process.stdout
  return {
    colours: isTTY && !process.env['NO_COLOR'],
    width: columns > 0 ? Math.min(columns, 120) : 100,
  }
}

/** Tells a person how far it is; what is printed meanwhile takes the line away first. */
export function createStatus() {
  const progress = createProgress(process.stderr)
  return {
    show(text: string): void {
      progress.clear()
      progress.show(text)
    },
    clear: progress.clear,
  }
}

/** Makes a text harmless to a terminal: a name from afar must not steer it. */
export function toPrintable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '�')
}

/** Counts things in words, such as `3 images`. */
export function count(number: number, one: string, many: string = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}
