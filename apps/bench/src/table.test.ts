import { expect, test } from 'vitest'
import { toRow } from './row.ts'
import { toTable } from './table.ts'

test('sets figures under one another, with ratio, goal and whether it holds', () => {
  const rows = [
    toRow({ group: 'stack', name: 'ours', figure: 1200.4, unit: 'ns' }),
    toRow({
      group: 'stack',
      name: 'theirs',
      figure: 6000,
      unit: 'ns',
      ratio: 0.2,
      ratioOf: 'ours / theirs',
      goal: 0.25,
    }),
    toRow({ group: 'sizes', name: 'ours', figure: 5120, unit: 'bytes', goal: 4096 }),
    toRow({ group: 'simulation', name: 'slot', figure: 0.108, unit: 'share', goal: 0.12 }),
  ]
  expect(toTable(rows)).toBe(
    [
      'group       what      figure  ratio  of                    goal  holds',
      'stack       ours    1,200 ns',
      'stack       theirs  6,000 ns  0.20x  ours / theirs     <= 0.25x  yes',
      'sizes       ours    5.00 KiB                        <= 4.00 KiB  NO',
      'simulation  slot      10.8 %                          <= 12.0 %  yes',
    ].join('\n'),
  )
})
