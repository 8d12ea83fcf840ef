'use client'

import { useId } from 'react'
import type { ReactNode } from 'react'
import type { CropWords } from '../words/crop-words.ts'
import { MAX_ZOOM, fromShare, roomOf, startView, toShare, turnView } from './crop-view.ts'
import type { CropControl } from './use-crop.ts'

export interface CropControlsProps {
  readonly words: CropWords
  readonly crop: CropControl
}

/** Everything that can be done by dragging, by sliders and buttons. */
export function CropControls({ words, crop }: CropControlsProps): ReactNode {
  const { view, stage, setView } = crop
  const room = stage === null ? { x: 0, y: 0 } : roomOf(stage, view)
  const move = (axis: 'x' | 'y') => (share: number) =>
    setView((before) => ({
      ...before,
      crop: { ...before.crop, [axis]: fromShare(share, room[axis]) },
    }))
  const turn = (by: 'left' | 'right') => () => setView((before) => turnView(before, by))
  return (
    <div data-slot="crop-controls" data-status={crop.status}>
      <Slider
        label={words.zoom}
        value={view.zoom}
        min={1}
        max={MAX_ZOOM}
        text={words.zoomValue(view.zoom)}
        onMove={(zoom) => setView((before) => ({ ...before, zoom }))}
      />
      <Slider
        label={words.across}
        value={toShare(view.crop.x, room.x)}
        text={words.positionValue(toShare(view.crop.x, room.x))}
        disabled={room.x === 0}
        onMove={move('x')}
      />
      <Slider
        label={words.down}
        value={toShare(view.crop.y, room.y)}
        text={words.positionValue(toShare(view.crop.y, room.y))}
        disabled={room.y === 0}
        onMove={move('y')}
      />
      <div data-slot="crop-turns">
        <Button label={words.rotateLeft} onPress={turn('left')} />
        <Button label={words.rotateRight} onPress={turn('right')} />
        <Button label={words.reset} onPress={() => setView(() => startView)} />
      </div>
    </div>
  )
}

interface SliderProps {
  readonly label: string
  readonly value: number
  readonly text: string
  readonly min?: number
  readonly max?: number
  readonly disabled?: boolean
  readonly onMove: (value: number) => void
}

function Slider({
  label,
  value,
  text,
  min = 0,
  max = 1,
  disabled,
  onMove,
}: SliderProps): ReactNode {
  const id = useId()
  return (
    <div data-slot="crop-slider">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        // Left is left, whichever way the language runs.
        dir="ltr"
        min={min}
        max={max}
        step={0.01}
        value={value}
        aria-valuetext={text}
        disabled={disabled}
        onChange={({ target }) => onMove(target.valueAsNumber)}
      />
    </div>
  )
}

function Button({ label, onPress }: { label: string; onPress: () => void }): ReactNode {
  return (
    <button type="button" data-slot="crop-button" onClick={onPress}>
      {label}
    </button>
  )
}
