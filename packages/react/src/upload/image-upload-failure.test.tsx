import { failures } from '@lightfast/core'
import { expect, it } from 'vitest'
import * as stories from './image-upload-failure.stories.tsx'

it('has a story for each row of the failure table', () => {
  const { default: _, ...named } = stories
  const shown = Object.values(named).flatMap(({ args }) => args?.upload?.items ?? [])
  const codes = shown.map(({ state }) => ('failure' in state ? state.failure.code : state.status))
  expect(codes.toSorted()).toEqual(Object.keys(failures).toSorted())
})
