'use client'

import { useState } from 'react'

/** Yields the same object as before, as long as each of its fields is the same. */
export function useUnchanged<Value extends object>(value: Value): Value {
  const [held, setHeld] = useState(value)
  if (isSame(held, value)) return held
  setHeld(value)
  return value
}

function isSame(before: object, after: object): boolean {
  return Object.entries(before).every(([key, value]) => Object.is(value, Reflect.get(after, key)))
}
