'use client'

import { createContext } from 'react'

/** What the trigger of a form field is told, so that the button says what is wrong. */
export interface FieldContextValue {
  /** The id of the words about the problem; undefined while there is none to be shown. */
  readonly errorId: string | undefined
}

export const FieldContext = createContext<FieldContextValue>({ errorId: undefined })
