/** One line of what was measured. */
export interface Row {
  readonly group: string
  readonly name: string
  readonly figure: number
  readonly unit: Unit
  /** Of this figure and another one of the same run. */
  readonly ratio?: number
  /** What was divided by what. */
  readonly ratioOf?: string
  /** The most that the ratio may be, or the figure if there is no ratio. */
  readonly goal?: number
  readonly holds?: boolean
}

/** `share`: from 0 to 1. `times`: as often as something else. */
export type Unit =
  | 'ns'
  | 'µs'
  | 'ms'
  | 'jobs/s'
  | 'URLs/s'
  | 'bytes'
  | 'calls'
  | 'rows'
  | 'share'
  | 'times'

/** Judges a row by its goal, if it has one. */
export function toRow(measured: Omit<Row, 'holds'>): Row {
  const { figure, ratio, goal } = measured
  return goal === undefined ? measured : { ...measured, holds: (ratio ?? figure) <= goal }
}
