import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

test('a person sees what is running, and nothing of it stays', () => {
  let written = ''
  const write = (text: string): void => void (written += text)
  const progress = createProgress({ isTTY: true, write })
  progress.show('token')
  expect(written).toBe('… token')
  progress.clear()
  expect(written).toBe('… token\r\u001B[K')
})

test('a file or a pipe gets none of it', () => {
  let written = ''
  const write = (text: string): void => void (written += text)
  const progress = createProgress({ write })
  progress.show('token')
  progress.clear()
  expect(written).toBe('')
})
