import { describe, expect, it } from 'vitest'
import { fromShare, roomOf, startView, toShare, turnView } from './crop-view.ts'
import type { CropView } from './crop-view.ts'

const stage = { media: { width: 400, height: 200 }, mask: { width: 200, height: 200 } }

describe('roomOf', () => {
  it('is what the picture has beyond the mask', () => {
    expect(roomOf(stage, startView)).toEqual({ x: 100, y: 0 })
    expect(roomOf(stage, { ...startView, zoom: 2 })).toEqual({ x: 300, y: 100 })
    expect(roomOf(stage, { ...startView, turn: 90 })).toEqual({ x: 0, y: 100 })
  })
})

describe('the share of the way', () => {
  it.each([
    [100, 0],
    [0, 0.5],
    [-100, 1],
    [-50, 0.75],
  ])('tells that a picture moved by %i shows %d', (offset, share) => {
    expect(toShare(offset, 100)).toBe(share)
    expect(fromShare(share, 100)).toBe(offset)
  })

  it('is the middle where there is no way', () => {
    expect([toShare(0, 0), fromShare(1, 0)]).toEqual([0.5, 0])
  })
})

describe('turnView', () => {
  const view: CropView = { crop: { x: 30, y: 10 }, zoom: 2, turn: 0 }

  it('carries the picture round the middle', () => {
    expect(turnView(view, 'right')).toEqual({ crop: { x: -10, y: 30 }, zoom: 2, turn: 90 })
  })

  it('comes back after a turn to each side', () => {
    expect(turnView(turnView(view, 'right'), 'left')).toEqual(view)
  })
})
