import { createRef } from 'react'
import { expect, test } from 'vitest'
import { mergeRefs } from './create-part.ts'

test('sets an object and calls a function, with null at the end', () => {
  const object = createRef<string>()
  const given: (string | null)[] = []
  const merged = mergeRefs<string>(object, (element) => void given.push(element))
  merged('element')
  expect([object.current, given]).toEqual(['element', ['element']])
  merged(null)
  expect([object.current, given]).toEqual([null, ['element', null]])
})

test('calls the clean-up that a callback ref returned, and not the ref again', () => {
  const said: string[] = []
  const merged = mergeRefs<string>((element) => {
    said.push(`set ${element}`)
    return () => void said.push('cleaned up')
  }, undefined)
  merged('element')
  merged(null)
  expect(said).toEqual(['set element', 'cleaned up'])
})
