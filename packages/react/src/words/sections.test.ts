import { describe, expect, it } from 'vitest'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { english } from './english.ts'

const counts = [1, 2, 3, 11]

describe.each([
  ['English', english],
  ['German', de],
  ['Arabic', ar],
])('%s', (_, { avatar, crop, grid, picture, tray }) => {
  it('holds the verb of an avatar in the name of its button, as it is shown', () => {
    for (const does of ['add', 'change'] as const)
      for (const name of ['', 'Ada Lovelace'])
        expect(avatar.name(does, name)).toContain(avatar.verb[does])
    expect(avatar.undoName('Ada')).toContain(avatar.undo)
    expect(avatar.removeName('Ada')).toContain(avatar.remove)
  })

  it('tells each control of the cropper apart', () => {
    const { zoomValue, positionValue, ...labels } = crop
    expect(new Set(Object.values(labels)).size).toBe(Object.keys(labels).length)
    expect([zoomValue(1.5), positionValue(0.5)].map((words) => words.match(/\d+/)?.[0])).toEqual([
      '150',
      '50',
    ])
  })

  it('says of each reason why a gallery cannot be listed something else', () => {
    const lines = Object.values(grid.failed.lines)
    expect(new Set(lines).size).toBe(lines.length)
  })

  it('counts in the gallery and in the tray', () => {
    for (const tell of [grid.end, grid.arrived, tray.waiting, tray.confirmed, tray.discarded])
      expect(new Set(counts.map((count) => tell(count))).size).toBe(counts.length)
    expect(grid.selected(2, 9)).toMatch(/2.*9/)
  })

  it('tells a picture that is missing from one that is not ready', () => {
    expect(picture.missing).not.toBe(picture.unfinished)
  })
})
