import { expect, test } from 'vitest'
import { cases } from './ours.ts'

test.each(Object.entries(cases))('what is timed as %s ends as it should', async (_, one) => {
  const { call } = await one.prepare(0)
  const end = await Promise.resolve(call()).then(
    () => undefined,
    (error: unknown) => String(error),
  )
  if (one.rejectsWith === undefined) expect(end).toBeUndefined()
  else expect(end).toContain(one.rejectsWith)
})
