'use client'

import { useRef } from 'react'
import type { ReactNode } from 'react'
import type { FilePolicy } from '@lightfast/core'
import { visuallyHidden } from '../visually-hidden.ts'

export interface FilePickerOptions {
  readonly policy: FilePolicy
  readonly maxFiles: number
  /** Which camera to open instead of the picker, where there is one. */
  readonly capture?: 'user' | 'environment' | undefined
  readonly onPick: (files: FileList) => void
}

export interface FilePicker {
  /** Opens the picker. The same file can be picked twice in a row. */
  readonly open: () => void
  /** The input behind it, to be drawn beside the button. Keyboard and screen readers meet the button only. */
  readonly input: ReactNode
}

/** Binds a button to a real file input. */
export function useFilePicker(options: FilePickerOptions): FilePicker {
  const { policy, maxFiles, capture, onPick } = options
  const ref = useRef<HTMLInputElement>(null)
  return {
    open() {
      if (ref.current === null) return
      ref.current.value = ''
      ref.current.click()
    },
    input: (
      <input
        ref={ref}
        type="file"
        accept={policy.types.join(',')}
        multiple={maxFiles > 1}
        capture={capture}
        tabIndex={-1}
        aria-hidden="true"
        data-slot="image-upload-input"
        style={visuallyHidden}
        onClick={(event) => event.stopPropagation()}
        onChange={({ target }) => {
          if (target.files !== null && target.files.length > 0) onPick(target.files)
        }}
      />
    ),
  }
}
