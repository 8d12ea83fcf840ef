'use client'

import type { ChangeEventHandler, FocusEventHandler, FormEventHandler, ReactNode, Ref } from 'react'
import { visuallyHidden } from '../visually-hidden.ts'

export interface FieldControlProps {
  readonly controlRef: Ref<HTMLSelectElement>
  readonly ids: readonly string[]
  readonly name?: string | undefined
  readonly required?: boolean | undefined
  /** The id of the words about the problem; undefined while none is shown. */
  readonly errorId: string | undefined
  readonly onChange?: ChangeEventHandler<HTMLSelectElement> | undefined
  readonly onBlur?: FocusEventHandler<HTMLSelectElement> | undefined
  readonly onInvalid: FormEventHandler<HTMLSelectElement>
  /** Takes the keyboard, which has no business here. */
  readonly onFocus: () => void
}

/**
 * Carries the ids through the form. A select with several options is the one control of HTML that sends a
 * list, can be required, is disabled by its fieldset and is understood by form libraries.
 */
export function FieldControl(props: FieldControlProps): ReactNode {
  const { controlRef, ids, errorId, onChange = nothing, ...others } = props
  return (
    <select
      {...others}
      ref={controlRef}
      multiple
      value={ids}
      onChange={onChange}
      tabIndex={-1}
      aria-hidden="true"
      aria-invalid={errorId !== undefined}
      aria-errormessage={errorId}
      style={visuallyHidden}
      data-slot="image-upload-value"
    >
      {ids.map((id) => (
        <option key={id} value={id}>
          {id}
        </option>
      ))}
    </select>
  )
}

/** Without a handler, React would take the select for a mistake. */
const nothing = (): void => undefined
